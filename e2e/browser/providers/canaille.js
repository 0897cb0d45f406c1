// Canaille's pages, as somebody finds them who is sent there.

import { ProviderProcess } from './process.js';

export class Canaille {
  static title = 'canaille';

  /** What it needs beyond what every provider needs. */
  static options = [];

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

  /** Nothing: who is signed in there already and has agreed is sent back at once. */
  async comeBack() {}

  /** Says yes where it asks whether to sign out there, too. */
  async confirmSignOut(page) {
    await page.getByRole('button', { name: 'Logout' }).click();
  }

  async #typePassword(page, { password }) {
    await page.locator('input[name=password]').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }
}
