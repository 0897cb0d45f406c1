import assert from 'node:assert/strict';
import { AuthenticatorApp } from '../authenticator_app.js';

/** A page on which a code is typed. */
class CodePage {
  constructor(visitor, { heading, field, submit }) {
    this.visitor = visitor;
    this.heading = heading;
    this.submit = submit;
    this.code = visitor.field(field);
  }

  async isShown() {
    await this.visitor.heading(this.heading).waitFor();
  }

  async type(code) {
    await this.code.fill(code);
    await this.visitor.press(this.submit);
  }

  /** It was refused with this sentence, which also has the focus. */
  async refuses(key, values) {
    await this.isShown();
    const notice = this.visitor.page.getByRole('alert');
    assert.equal(await notice.innerText(), this.visitor.say(key, values));
    await this.visitor.page.locator('[role=alert]:focus').waitFor();
    assert.equal(await this.code.inputValue(), '', 'no code is shown again');
  }
}

/** Where the code of an app is asked for. */
export class AppCodePage extends CodePage {
  constructor(visitor) {
    super(visitor, {
      heading: 'second_factor-app_heading',
      field: 'second_factor-app_code',
      submit: 'second_factor-submit',
    });
  }

  async useRecoveryCode() {
    await this.visitor.leaving(() => this.visitor.link('second_factor-use_recovery_code').click());
  }

  async giveUp() {
    await this.visitor.press('second_factor-give_up');
  }
}

/** Where a recovery code is asked for. */
export class RecoveryCodePage extends CodePage {
  constructor(visitor) {
    super(visitor, {
      heading: 'second_factor-recovery_heading',
      field: 'second_factor-recovery_code',
      submit: 'second_factor-submit',
    });
  }
}

/** Where one shows that the recovery codes are kept. */
export class ConfirmCodesPage extends CodePage {
  constructor(visitor) {
    super(visitor, {
      heading: 'second_factor-confirm_heading',
      field: 'second_factor-recovery_code',
      submit: 'second_factor-submit',
    });
  }
}

/** Where an app is set up, on the way in or on one's own page. */
export class SetUpAppPage extends CodePage {
  constructor(visitor) {
    super(visitor, {
      heading: 'second_factor-set_up_heading',
      field: 'second_factor-set_up_code',
      submit: 'second_factor-set_up_submit',
    });
  }

  /** Types the key that stands there into an app. */
  async typeIntoApp() {
    await this.isShown();
    return new AuthenticatorApp(await this.visitor.page.locator('.secret').innerText());
  }
}

/** For who has no second factor yet. */
export class RequestPage {
  constructor(visitor) {
    this.visitor = visitor;
  }

  async isShown() {
    await this.visitor.heading('second_factor-request_heading').waitFor();
  }

  async refuses(key) {
    await this.isShown();
    assert.equal(await this.visitor.page.getByRole('alert').innerText(), this.visitor.say(key));
  }
}

/** Which second factor one wants. */
export class ChoicePage {
  constructor(visitor) {
    this.visitor = visitor;
  }

  async isShown() {
    await this.visitor.heading('second_factor-choose_heading').waitFor();
  }

  async chooseApp() {
    await this.visitor.leaving(() => this.visitor.link('second_factor-choose_app').click());
  }
}

/** The recovery codes, which are shown once. */
export class SheetPage {
  constructor(visitor) {
    this.visitor = visitor;
  }

  async isShown() {
    await this.visitor.heading('second_factor-codes_heading').waitFor();
  }

  async codes() {
    await this.isShown();
    const text = await this.visitor.page.locator('.codes').innerText();
    const codes = text.split('\n').filter((line) => line !== '');
    assert.equal(codes.length, 10);
    return codes;
  }

  async areKept() {
    await this.visitor.leaving(() => this.visitor.link('second_factor-codes_kept').click());
  }

  async goOn() {
    await this.visitor.leaving(() => this.visitor.link('second_factor-codes_later').click());
  }
}
