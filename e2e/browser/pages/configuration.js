/** How people sign in and which policies hold, to be read. */
export class ConfigurationPage {
  constructor(visitor) {
    this.visitor = visitor;
  }

  /** From the overview, as people come here. */
  async open() {
    await this.visitor.leaving(() => this.visitor.link('configuration-link').click());
    await this.visitor.heading('configuration-heading').waitFor();
  }

  /** It says how people sign in, and names the command that would change it. */
  async tells(key, command, values) {
    const { page } = this.visitor;
    await page.getByText(this.visitor.say(key, values)).waitFor();
    await page.getByText(`bin/magento ${command}`).waitFor();
  }
}
