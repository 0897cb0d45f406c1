/** The question before signing out, for who followed a link or a bookmark. */
export class SignOutPage {
  constructor(visitor) {
    this.visitor = visitor;
  }

  async open() {
    await this.visitor.open('/admin/auth/logout');
    await this.visitor.heading('sign_out-heading').waitFor();
  }

  async stay() {
    const link = this.visitor.page.getByRole('link', { name: this.visitor.say('sign_out-stay') });
    await this.visitor.leaving(() => link.click());
  }

  async signOut() {
    const main = this.visitor.page.getByRole('main');
    const button = main.getByRole('button', { name: this.visitor.say('sign_out-submit') });
    await this.visitor.leaving(() => button.click());
  }
}
