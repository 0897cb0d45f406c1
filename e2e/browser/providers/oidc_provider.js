// The pages of the npm package oidc-provider, as somebody finds them who is sent there.

import { ProviderProcess } from './process.js';

export class OidcProvider {
  static title = 'oidc-provider';

  /** What it needs beyond what every provider needs. */
  static options = [];

  static async open(task) {
    const provider = new OidcProvider();
    provider.process = await ProviderProcess.open('oidc-provider', task);
    return provider;
  }

  /** Types name and password, and agrees to what is asked for, which is once. */
  async signIn(page, { login, password }) {
    await page.getByPlaceholder('Enter any login').fill(login);
    await page.getByPlaceholder('and password').fill(password);
    await page.getByRole('button', { name: 'Sign-in' }).click();
    await this.process.pressIfAsked(page, page.getByRole('button', { name: 'Continue' }));
  }

  /** The same once more. */
  async signInAnew(page, person) {
    await this.signIn(page, person);
  }

  /** Nothing: who is signed in there already is sent back at once. */
  async comeBack() {}

  /** Says yes where it asks whether to sign out there, too. */
  async confirmSignOut(page) {
    await page.getByRole('button', { name: 'Yes, sign me out' }).click();
  }
}
