import assert from 'node:assert/strict';

/** What leads on to the provider by itself, and has a link for who is not led. */
export class LeavePage {
  constructor(visitor) {
    this.visitor = visitor;
    this.way = visitor.link('leave-go');
  }

  /** Stays here: a provider that answers with nothing leaves the page where it is. */
  async holds(provider) {
    await this.visitor.page.route(provider, (route) => route.fulfill({ status: 204 }));
  }

  async isShown() {
    await this.visitor.heading('leave-heading').waitFor();
    assert.equal(await this.visitor.page.locator('meta[http-equiv="refresh"]').count(), 1);
  }

  /** Goes on as the page would have. */
  async goOn(provider) {
    await this.visitor.page.unroute(provider);
    await this.way.click();
  }
}
