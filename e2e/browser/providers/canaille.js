// Canaille's pages, as somebody finds them who is sent there.

import { ProviderProcess } from './process.js';

export class Canaille {
  static title = 'canaille';

  static async open(task) {
    const provider = new Canaille();
    provider.process = await ProviderProcess.open('canaille', task);
    return provider;
  }

  /** Types name and password, on a page each, and agrees to what is asked for. */
  async signIn(page, { login, password }) {
    await page.locator('input[name=login]').fill(login);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.locator('input[name=password]').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Accept' }).click();
  }

  /** Nothing: who is signed in there already and has agreed is sent back at once. */
  async goOn() {}
}
