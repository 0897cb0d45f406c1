import assert from 'node:assert/strict';

/** The switch between languages at the foot of every page. */
export class LanguageSwitch {
  constructor(visitor) {
    this.visitor = visitor;
  }

  /** Goes over to other words. */
  async choose(words) {
    await this.visitor.leaving(() => this.button(words).click());
    const { language } = words;
    assert.equal(await this.visitor.page.locator('html').getAttribute('lang'), language);
  }

  button(words) {
    return this.visitor.page.getByRole('button', { name: words.say('language-name'), exact: true });
  }
}
