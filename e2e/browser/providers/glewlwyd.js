// Glewlwyd's pages, as somebody finds them who is sent there.

import { ProviderProcess } from './process.js';

export class Glewlwyd {
  static title = 'glewlwyd';

  static async open(task) {
    const provider = new Glewlwyd();
    provider.process = await ProviderProcess.open('glewlwyd', task);
    return provider;
  }

  /** Types name and password, and agrees to what is asked for. */
  async signIn(page, { login, password }) {
    await page.locator('#username').fill(login);
    await page.locator('#password').fill(password);
    await page.getByRole('button', { name: 'OK' }).click();
    await page.getByRole('button', { name: 'Grant access' }).waitFor();
    for (const box of await page.getByRole('checkbox', { disabled: false }).all()) await box.check();
    await page.getByRole('button', { name: 'Grant access' }).click();
    await this.goOn(page);
  }

  /** Says who is signed in there already that they want to be where they came from. */
  async goOn(page) {
    await page.getByText('What do you wish for?').waitFor();
    await page.getByRole('button', { name: 'Continue' }).click();
  }
}
