import assert from 'node:assert/strict';

/** Where a user name and a password are asked for. */
export class SignInPage {
  constructor(visitor) {
    this.visitor = visitor;
    this.username = visitor.field('sign_in-username');
    this.password = visitor.field('sign_in-password');
  }

  /** The button that shows the password, or hides it again. */
  reveal(key) {
    const { page } = this.visitor;
    const name = `${this.visitor.say(key)}: ${this.visitor.say('sign_in-password')}`;
    return page.getByRole('button', { name, exact: true });
  }

  async open() {
    await this.visitor.open();
    await this.isShown();
  }

  async isShown() {
    await this.visitor.heading('sign_in-heading').waitFor();
  }

  async signIn(username, password) {
    await this.username.fill(username);
    await this.password.fill(password);
    await this.visitor.press('sign_in-submit');
  }

  /** It was refused with this sentence, which also has the focus. */
  async refuses(key) {
    await this.isShown();
    const notice = this.visitor.page.getByRole('alert');
    assert.equal(await notice.innerText(), this.visitor.say(key));
    await this.visitor.page.locator('[role=alert]:focus').waitFor();
    assert.equal(await this.password.inputValue(), '', 'no password is shown again');
  }

  /** The browser shows no passkey, and this sentence says why. */
  async saysOfPasskey(key) {
    const notice = this.visitor.page.locator('[role=alert]:focus');
    await notice.waitFor();
    assert.equal(await notice.innerText(), this.visitor.say(key));
  }

  /** Something else has happened, and this sentence says so. */
  async tells(key) {
    await this.isShown();
    const notice = this.visitor.page.getByRole('status').filter({ hasText: this.visitor.say(key) });
    await notice.waitFor();
  }
}
