/** Where one is told that one is signed out, and whether at the provider as well. */
export class SignedOutPage {
  constructor(visitor) {
    this.visitor = visitor;
  }

  async tells(key, provider) {
    await this.visitor.page.getByText(this.visitor.say(key, { provider })).waitFor();
  }

  async signInAgain() {
    await this.visitor.leaving(() => this.visitor.link('signed_out-again').click());
  }
}
