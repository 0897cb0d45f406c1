import assert from 'node:assert/strict';

/** Where a security key is asked for after the password. */
export class SecurityKeyPage {
  constructor(visitor) {
    this.visitor = visitor;
    this.button = visitor.button('key-submit');
  }

  async isShown() {
    await this.visitor.heading('key-heading').waitFor();
  }

  /** Uses the key that is there, which leads on. */
  async use() {
    await this.isShown();
    await this.visitor.press('key-submit');
  }

  /** Asks for a key that does not come; the page stays and says so. */
  async fails(key) {
    await this.button.click();
    await this.says(key);
  }

  /** The key was refused with this sentence. */
  async refuses(key) {
    await this.isShown();
    await this.says(key);
  }

  /** What the page says has the focus. */
  async says(key) {
    const notice = this.visitor.page.locator('[role=alert]:focus');
    await notice.waitFor();
    assert.equal(await notice.innerText(), this.visitor.say(key));
  }
}
