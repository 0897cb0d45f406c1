/** For who has proved who they are, and may do nothing. */
export class NoPermissionPage {
  constructor(visitor) {
    this.visitor = visitor;
  }

  async isShownTo(person) {
    const { page } = this.visitor;
    await this.visitor.heading('no_permission-title').waitFor();
    await page.getByRole('alert').getByText(this.visitor.say('sign_in-no_role')).waitFor();
    const { username } = person;
    await page.getByText(this.visitor.say('no_permission-what', { username })).waitFor();
  }
}
