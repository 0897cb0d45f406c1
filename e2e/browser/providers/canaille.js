// Canaille's pages, as somebody finds them who is sent there.

import { ProviderProcess } from './process.js';

export class Canaille {
  static title = 'canaille';

  /** Who is led there to sign out is signed out there, and comes back. */
  static signsOut = true;

  static async open(task) {
    const provider = new Canaille();
    provider.process = await ProviderProcess.open('canaille', task);
    return provider;
  }

  /** Types name and password, on a page each, and agrees to what is asked for, which is once. */
  async signIn(page, person) {
    await page.locator('input[name=login]').fill(person.login);
    await page.getByRole('button', { name: 'Continue' }).click();
    await this.#typePassword(page, person);
    await this.process.pressIfAsked(page, page.getByRole('button', { name: 'Accept' }));
  }

  /** Types the password once more, where the name is known already. */
  async signInAnew(page, person) {
    await this.#typePassword(page, person);
  }

  /** Says yes where it asks whether to sign out there, too. */
  async confirmSignOut(page) {
    await page.getByRole('button', { name: 'Logout' }).click();
  }

  /** Nothing: who is signed in there already and has agreed is sent back at once. */
  async comeBack() {}

  async #typePassword(page, { password }) {
    await page.locator('input[name=password]').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }
}
