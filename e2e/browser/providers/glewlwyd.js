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
    await page.waitForTimeout(1500); console.log(await page.content()); await page.screenshot({ path: '/tmp/glw0.png' });
    await page.locator('#username').fill(login);
    await page.locator('#password').fill(password);
    await page.getByRole('button', { name: 'Login' }).click();
    await page.screenshot({ path: '/tmp/glw1.png' });
    await page.getByRole('button', { name: 'Grant' }).click();
    await page.screenshot({ path: '/tmp/glw2.png' });
  }
}
