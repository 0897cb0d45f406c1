import assert from 'node:assert/strict';

/** What the sign-in page is while the integration is on: a way to the provider, and no field. */
export class AdobeSignInPage {
  constructor(visitor) {
    this.visitor = visitor;
  }

  /** Of Adobe, or of a provider that is named by its host. */
  async isShown(provider) {
    await this.#way(provider).waitFor();
    const fields = this.visitor.page.locator('input:not([type=hidden])');
    assert.equal(await fields.count(), 0, 'nobody is asked for a password');
  }

  async open(provider) {
    await this.visitor.open();
    await this.isShown(provider);
  }

  /** Goes there. */
  async press(provider) {
    await this.#way(provider).click();
  }

  /** What went wrong there is told. */
  async refuses(key) {
    await this.visitor.page.getByRole('alert').getByText(this.visitor.say(key)).waitFor();
  }

  /** Something else has happened, and this sentence says so. */
  async tells(key) {
    await this.visitor.page.getByRole('status').filter({ hasText: this.visitor.say(key) }).waitFor();
  }

  #way(provider) {
    return provider
      ? this.visitor.link('adobe_sign_in-submit_at', { provider })
      : this.visitor.link('adobe_sign_in-submit');
  }
}
