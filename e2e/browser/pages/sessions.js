import assert from 'node:assert/strict';

/** Where one is signed in. */
export class SessionsPage {
  constructor(visitor) {
    this.visitor = visitor;
    this.rows = visitor.page.getByRole('main').getByRole('listitem');
    this.others = this.rows.filter({ hasNotText: visitor.say('sessions-this') });
  }

  async open() {
    await this.visitor.open('/security/session/activity/');
    await this.isShown();
  }

  async isShown() {
    await this.visitor.heading('sessions-heading').waitFor();
  }

  /** So many are listed, one of them this. */
  async lists(count) {
    await this.isShown();
    assert.equal(await this.rows.count(), count);
    assert.equal(await this.others.count(), count - 1);
  }

  /** Ends the first that is listed of the others, by a button whose name says which it ends. */
  async endAnother() {
    const another = this.others.first();
    const button = another.getByRole('button');
    const name = await button.getAttribute('aria-label');
    assert(name.includes(await another.locator('strong').innerText()), name);
    assert(name.includes(await another.locator('time').first().innerText()), name);
    await this.visitor.leaving(() => button.click());
  }

  async endOthers() {
    await this.visitor.press('sessions-end_others');
  }

  async tells(key) {
    await this.isShown();
    const notice = this.visitor.page.getByRole('status').filter({ hasText: this.visitor.say(key) });
    await notice.waitFor();
  }
}
