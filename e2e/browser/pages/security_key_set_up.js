import assert from 'node:assert/strict';

/** Where a security key or passkey is set up: on the way in, or beside what there is. */
export class SecurityKeySetUpPage {
  constructor(visitor) {
    this.visitor = visitor;
    this.name = visitor.field('key-set_up_name');
    this.identity = visitor.field('identity-password');
  }

  async isShown() {
    await this.visitor.heading('key-set_up_heading').waitFor();
  }

  /** Comes in with a link, chooses a key, and leaves the recovery codes for later. */
  async onTheWayIn(link, person, name) {
    const { visitor } = this;
    await visitor.open(link);
    await visitor.signInPage.signIn(person.username, person.password);
    await visitor.leaving(() => visitor.link('second_factor-choose_key').click());
    await this.setUp(name);
    await visitor.heading('second_factor-codes_heading').waitFor();
    await visitor.leaving(() => visitor.link('second_factor-codes_later').click());
    await visitor.homePage.welcomes(person);
  }

  /** One more, for who is signed in. */
  async beside(name, password) {
    const { visitor } = this;
    await visitor.open('/tfa/account/');
    await visitor.leaving(() => visitor.link('second_factor-choose_key').click());
    await this.setUp(name, password);
    await this.isDone();
  }

  /** A key is not to work any more. */
  async takeAway(name, password) {
    const { visitor } = this;
    await visitor.open('/tfa/account/');
    const which = visitor.link('second_factor-own_key_remove_which', { name });
    await visitor.leaving(() => which.click());
    await this.identity.fill(password);
    await visitor.press('second_factor-own_remove');
    await visitor.heading('second_factor-own_heading').waitFor();
  }

  async setUp(name, password) {
    await this.#fillIn(name, password);
    await this.visitor.press('key-set_up_submit');
  }

  /** The browser does not take the key, and says so. */
  async fails(name, password, key) {
    await this.#fillIn(name, password);
    await this.visitor.button('key-set_up_submit').click();
    await this.#says(key);
  }

  /** It was refused with this sentence. */
  async refuses(key) {
    await this.isShown();
    await this.#says(key);
  }

  /** The password was wrong; the key has answered, and is not asked again. */
  async showIdentity(password) {
    await this.visitor.page.getByText(this.visitor.say('key-set_up_kept')).waitFor();
    await this.identity.fill(password);
    await this.visitor.press('key-set_up_submit');
  }

  /** One more is there. */
  async isDone() {
    const { page } = this.visitor;
    await page.getByRole('status').filter({ hasText: this.visitor.say('key-added') }).waitFor();
  }

  async #fillIn(name, password) {
    await this.isShown();
    await this.name.fill(name);
    if (password) await this.identity.fill(password);
  }

  async #says(key) {
    const notice = this.visitor.page.locator('[role=alert]:focus');
    await notice.waitFor();
    assert.equal(await notice.innerText(), this.visitor.say(key));
  }
}
