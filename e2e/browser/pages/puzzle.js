import assert from 'node:assert/strict';

/** The sum that the browser does by itself for a form, whatever page that is on. */
export class Puzzle {
  constructor(visitor) {
    this.visitor = visitor;
    this.status = visitor.page.locator('[data-working]');
  }

  async isSolved() {
    await this.visitor.page.locator('input[name="solution"]:not([value=""])').waitFor({ state: 'attached' });
  }

  /** Nobody is kept waiting, so nothing is said. */
  async saysNothing() {
    assert.equal(await this.status.textContent(), '');
    assert(await this.status.isHidden());
  }

  async tells(key) {
    await this.status.filter({ hasText: this.visitor.say(key) }).waitFor();
  }
}
