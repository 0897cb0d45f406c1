import assert from 'node:assert/strict';

/** One's own second factors, and the pages on which they are changed. */
export class OwnSecondFactorsPage {
  constructor(visitor) {
    this.visitor = visitor;
    this.identity = visitor.field('identity-password');
    this.endsOthers = visitor.page.getByLabel(visitor.say('second_factor-own_ends_others'));
    this.rows = visitor.page.getByRole('main').getByRole('listitem');
  }

  async open() {
    await this.visitor.open('/tfa/account/');
    await this.isShown();
  }

  /** By the account page. */
  async goThere() {
    await this.visitor.leaving(() => this.visitor.link('account-title').click());
    await this.visitor.leaving(() => this.visitor.link('second_factor-own_link').click());
    await this.isShown();
  }

  async isShown() {
    await this.visitor.heading('second_factor-own_heading').waitFor();
  }

  /** On to the page of a change. */
  async follow(key, values) {
    await this.visitor.leaving(() => this.visitor.link(key, values).click());
  }

  /** Sends a change, showing who one is; not twice to who has shown it. */
  async change(submit, password) {
    if (password) await this.identity.fill(password);
    await this.visitor.press(submit);
  }

  async refuses(key, values) {
    const notice = this.visitor.page.getByRole('alert');
    assert.equal(await notice.innerText(), this.visitor.say(key, values));
    await this.visitor.page.locator('[role=alert]:focus').waitFor();
  }

  async tells(key) {
    await this.isShown();
    const notice = this.visitor.page.getByRole('status').filter({ hasText: this.visitor.say(key) });
    await notice.waitFor();
  }

  async lists(key, values) {
    await this.isShown();
    await this.rows.filter({ hasText: this.visitor.say(key, values) }).waitFor();
  }
}
