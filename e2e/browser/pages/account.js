import assert from 'node:assert/strict';

/** One's own account. */
export class AccountPage {
  constructor(visitor) {
    this.visitor = visitor;
    this.firstName = visitor.field('account-first_name');
    this.lastName = visitor.field('account-last_name');
    this.identity = visitor.field('identity-password');
  }

  async open() {
    await this.visitor.open('/admin/system_account/');
    await this.isShown();
  }

  async isShown() {
    await this.visitor.heading('account-heading').waitFor();
  }

  async choosePassword(password, confirmation = password) {
    await this.visitor.field('reset_password-new').fill(password);
    await this.visitor.field('reset_password-confirm').fill(confirmation);
  }

  /** Sends what was typed, showing who one is; not twice to who has shown it. */
  async save(password) {
    if (password) await this.identity.fill(password);
    await this.visitor.press('account-submit');
  }

  /** Goes to the provider to show who one is; what was typed comes along. */
  async confirmIdentity() {
    await this.visitor.button('identity-go').click();
  }

  /** They are back, and have shown who they are. */
  async isConfirmed() {
    await this.isShown();
    await this.visitor.page.getByText(this.visitor.say('identity-confirmed_at_provider')).waitFor();
  }

  async refuses(key, values) {
    await this.isShown();
    const notice = this.visitor.page.getByRole('alert');
    assert.equal(await notice.innerText(), this.visitor.say(key, values));
    await this.visitor.page.locator('[role=alert]:focus').waitFor();
  }

  async tells(key) {
    await this.isShown();
    const notice = this.visitor.page.getByRole('status').filter({ hasText: this.visitor.say(key) });
    await notice.waitFor();
  }
}
