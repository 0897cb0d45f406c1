import assert from 'node:assert/strict';

/** What comes up before a session ends, and when it has. */
export class ExpiryDialog {
  constructor(visitor) {
    this.visitor = visitor;
    const { page } = visitor;
    const named = (key) => page.getByRole('dialog', { name: visitor.say(key), exact: true });
    this.dialog = page.getByRole('dialog');
    this.asking = named('expiry-heading');
    this.over = named('expiry-over_heading');
    this.clock = this.dialog.locator('[data-clock]');
  }

  /** It says how long there is left, and the time runs. */
  async countsDown() {
    await this.asking.getByText(this.visitor.say('expiry-soon')).waitFor();
    const first = await this.clock.innerText();
    assert.match(first, /^[0-2]:[0-5][0-9]$/);
    await this.clock.filter({ hasNotText: first }).waitFor();
  }

  async extend() {
    await this.visitor.button('sign_out-stay').click();
    await this.isGone();
  }

  async saysItIsOver() {
    await this.over.getByText(this.visitor.say('expiry-over')).waitFor();
    assert(await this.clock.isHidden(), 'there is nothing to count any more');
  }

  async close() {
    await this.visitor.button('expiry-close').click();
    await this.isGone();
  }

  /** The Escape key sends it away, and it stays away: the page's clock ticks every second. */
  async dismiss() {
    const { page } = this.visitor;
    await page.keyboard.press('Escape');
    await this.isGone();
    await page.evaluate(() => new Promise((done) => { setTimeout(done, 1500); }));
    assert(await this.dialog.isHidden(), 'it does not come again');
  }

  async isGone() {
    await this.dialog.waitFor({ state: 'hidden' });
  }
}
