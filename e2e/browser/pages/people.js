import assert from 'node:assert/strict';

/** Other people's second factors: everybody, and one person. */
export class PeoplePage {
  constructor(visitor) {
    this.visitor = visitor;
    this.search = visitor.field('second_factor-people_search');
    this.onlyWithout = visitor.field('second_factor-people_only_without');
    this.rows = visitor.page.getByRole('main').getByRole('listitem');
    this.identity = visitor.field('identity-password');
  }

  /** By the overview. */
  async goThere() {
    await this.visitor.leaving(() => this.visitor.link('second_factor-people_link').click());
    await this.isShown();
  }

  async isShown() {
    await this.visitor.heading('second_factor-people_heading').waitFor();
  }

  async find(name) {
    await this.search.fill(name);
    await this.visitor.press('second_factor-people_search_submit');
    await this.isShown();
    assert.equal(await this.search.inputValue(), name, 'what was typed is kept');
  }

  async finds(count) {
    assert.equal(await this.rows.filter({ has: this.visitor.page.getByRole('link') }).count(), count);
  }

  async manage({ username, fullName }) {
    const link = this.visitor.link('second_factor-people_see_which', { name: username });
    await this.visitor.leaving(() => link.click());
    const { page } = this.visitor;
    await page.getByRole('heading', { level: 1, name: fullName, exact: true }).waitFor();
  }

  async reset(password) {
    await this.identity.fill(password);
    await this.visitor.press('second_factor-people_reset_submit');
  }

  /** The choice to reset this alone. */
  part(key) {
    return this.visitor.page.getByRole('radio', { name: this.visitor.say(key), exact: true });
  }

  async sendLink() {
    await this.visitor.press('second_factor-people_link_submit');
  }

  async refuses(key) {
    assert.equal(await this.visitor.page.getByRole('alert').innerText(), this.visitor.say(key));
    await this.visitor.page.locator('[role=alert]:focus').waitFor();
  }

  async tells(key) {
    const notice = this.visitor.page.getByRole('status').filter({ hasText: this.visitor.say(key) });
    await notice.waitFor();
  }
}
