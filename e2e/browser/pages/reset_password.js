import assert from 'node:assert/strict';

/** Where a mailed link leads. */
export class ResetPasswordPage {
  constructor(visitor) {
    this.visitor = visitor;
  }

  async open(address) {
    await this.visitor.open(address);
    await this.visitor.heading('reset_password-heading').waitFor();
  }

  async set(password, confirmation = password) {
    await this.visitor.field('reset_password-new').fill(password);
    await this.visitor.field('reset_password-confirm').fill(confirmation);
    await this.visitor.press('reset_password-submit');
  }

  async refuses(key, values) {
    const notice = this.visitor.page.getByRole('alert');
    assert.equal(await notice.innerText(), this.visitor.say(key, values));
  }
}
