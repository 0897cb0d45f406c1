/** In place of a page that one's role does not open. */
export class DeniedPage {
  constructor(visitor) {
    this.visitor = visitor;
    this.back = visitor.link('denied-back');
  }

  async isShown() {
    await this.visitor.heading('denied-heading').waitFor();
  }
}
