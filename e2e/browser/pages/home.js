/** The first page of who is signed in. */
export class HomePage {
  constructor(visitor) {
    this.visitor = visitor;
  }

  async open() {
    await this.visitor.open();
    await this.visitor.heading('home-heading').waitFor();
  }

  async welcomes(person) {
    await this.visitor.heading('home-heading').waitFor();
    await this.visitor.page.locator('dd', { hasText: new RegExp(`^${person.fullName}$`) }).waitFor();
  }

  async signOut() {
    await this.visitor.press('sign_out-submit');
  }
}
