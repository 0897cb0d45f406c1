// Glewlwyd's pages, as somebody finds them who is sent there.

import { ProviderProcess } from './process.js';

/** What it asks everybody who could go on. */
const GOING_ON = 'What do you wish for?';

export class Glewlwyd {
  static title = 'glewlwyd';

  /** Who brings no ID token along sees an empty page, and stays signed in there. */
  static options = ['--id-token-hint'];

  static async open(task) {
    const provider = new Glewlwyd();
    provider.process = await ProviderProcess.open('glewlwyd', task);
    return provider;
  }

  /** Types name and password, and agrees to what is asked for, which is once. */
  async signIn(page, { login, password }) {
    await page.locator('#username').fill(login);
    await page.locator('#password').fill(password);
    const known = answer(page, 'GET');
    await page.getByRole('button', { name: 'OK' }).click();
    const { scope } = await (await known).json();
    await this.#agree(page, scope.filter(({ granted }) => !granted));
    await this.comeBack(page);
  }

  async #agree(page, scopes) {
    if (scopes.length === 0) return;
    for (const { name } of scopes) {
      const box = page.locator(`#grant-${name}`);
      if (name !== 'openid') await box.check();
    }
    const granted = answer(page, 'PUT');
    await page.getByRole('button', { name: 'Grant access' }).click();
    await granted;
  }

  /** Types the password once more, and the name where it is asked for. */
  async signInAnew(page, { login, password }) {
    await page.locator('#password').waitFor();
    const name = page.locator('#username');
    if (await name.isVisible()) await name.fill(login);
    await page.locator('#password').fill(password);
    await page.getByRole('button', { name: 'OK' }).click();
    await this.comeBack(page);
  }

  /** Says yes where it asks whether to close the session there, too. */
  async confirmSignOut(page) {
    // Before it knows which clients there are, the button fails.
    await page.waitForLoadState('networkidle');
    await page.getByRole('button', { name: 'Logout' }).click();
  }

  /** Says who is signed in there already that they want to be where they came from. */
  async comeBack(page) {
    await page.getByText(GOING_ON).waitFor();
    await page.getByRole('button', { name: 'Continue' }).click();
  }
}

/** What its page is told of, or says about, what somebody has agreed to. */
function answer(page, method) {
  return page.waitForResponse((response) =>
    response.url().includes('/api/auth/grant/') && response.request().method() === method);
}
