import assert from 'node:assert/strict';

/** Where a mailed link is asked for. */
export class ForgotPasswordPage {
  constructor(visitor) {
    this.visitor = visitor;
    this.email = visitor.field('forgot_password-email');
  }

  async open() {
    await this.visitor.open('/admin/auth/forgotpassword');
    await this.visitor.heading('forgot_password-heading').waitFor();
  }

  /** The browser has done its work. */
  isReady() {
    return this.visitor.puzzle.isSolved();
  }

  async ask(email) {
    await this.email.fill(email);
    await this.visitor.press('forgot_password-submit');
  }

  async refuses(key) {
    assert.equal(await this.visitor.page.getByRole('alert').innerText(), this.visitor.say(key));
  }
}
