import assert from 'node:assert/strict';

/** What the sign-in page is while the integration is on: one button, and no field. */
export class AdobeSignInPage {
  constructor(visitor) {
    this.visitor = visitor;
  }

  async isShown() {
    await this.visitor.button('adobe_sign_in-submit').waitFor();
    const fields = this.visitor.page.locator('input:not([type=hidden])');
    assert.equal(await fields.count(), 0, 'nobody is asked for a password');
  }

  async press() {
    await this.visitor.press('adobe_sign_in-submit');
  }

  async pointsElsewhere() {
    await this.visitor.heading('adobe_sign_in-elsewhere').waitFor();
    await this.visitor.page.getByText('admin:adobe-ims:disable').waitFor();
  }
}
