// Somebody at a browser that has never been here, reading one language. Whatever the browser
// complains about meanwhile (a script's error, a resource that the policy forbids) fails the story.

import assert from 'node:assert/strict';
import { look } from './look.js';
import { AccountPage } from './pages/account.js';
import { AdobeSignInPage } from './pages/adobe_sign_in.js';
import { ConfigurationPage } from './pages/configuration.js';
import { DeniedPage } from './pages/denied.js';
import { ExpiryDialog } from './pages/expiry_dialog.js';
import { ForgotPasswordPage } from './pages/forgot_password.js';
import { HomePage } from './pages/home.js';
import { LanguageSwitch } from './pages/language.js';
import { LeavePage } from './pages/leave.js';
import { NoPermissionPage } from './pages/no_permission.js';
import { OwnSecondFactorsPage } from './pages/own_second_factors.js';
import { PeoplePage } from './pages/people.js';
import { Puzzle } from './pages/puzzle.js';
import { ResetPasswordPage } from './pages/reset_password.js';
import {
  AppCodePage, ChoicePage, ConfirmCodesPage, RecoveryCodePage, RequestPage, SetUpAppPage, SheetPage,
} from './pages/second_factor.js';
import { SecurityKeyPage } from './pages/security_key.js';
import { SecurityKeySetUpPage } from './pages/security_key_set_up.js';
import { SessionsPage } from './pages/sessions.js';
import { SignedOutPage } from './pages/signed_out.js';
import { SignInPage } from './pages/sign_in.js';
import { SignOutPage } from './pages/sign_out.js';
import { PATIENCE_MS } from './patience.js';
import { EVERY_LANGUAGE } from './words.js';

/** The language switch was used before: else an account's own language holds once signed in. */
function chosen(shop, words) {
  return { name: 'postern-language', value: words.language, url: shop.origin };
}

export class Visitor {
  #complaints = [];
  #context;
  #runsScripts = true;

  static async arrive(browser, shop, words, visit = {}) {
    const { javaScriptEnabled = true, hasChosen = true } = visit;
    const context = await browser.newContext({ locale: words.language, javaScriptEnabled });
    context.setDefaultTimeout(PATIENCE_MS);
    if (hasChosen) await context.addCookies([chosen(shop, words)]);
    const visitor = await Visitor.#at(context, shop, words);
    visitor.#runsScripts = javaScriptEnabled;
    return visitor;
  }

  /** The same person in one more tab of the same browser, who leaves with the first. */
  async inAnotherTab() {
    const tab = await Visitor.#at(this.#context, this.shop, this.words);
    tab.#complaints = this.#complaints;
    return tab;
  }

  static async #at(context, shop, words) {
    const visitor = new Visitor();
    visitor.#context = context;
    visitor.shop = shop;
    visitor.words = words;
    visitor.page = await context.newPage();
    visitor.#listen(visitor.page);
    visitor.signInPage = new SignInPage(visitor);
    visitor.adobeSignInPage = new AdobeSignInPage(visitor);
    visitor.homePage = new HomePage(visitor);
    visitor.signOutPage = new SignOutPage(visitor);
    visitor.signedOutPage = new SignedOutPage(visitor);
    visitor.forgotPasswordPage = new ForgotPasswordPage(visitor);
    visitor.resetPasswordPage = new ResetPasswordPage(visitor);
    visitor.accountPage = new AccountPage(visitor);
    visitor.sessionsPage = new SessionsPage(visitor);
    visitor.securityKeyPage = new SecurityKeyPage(visitor);
    visitor.securityKeySetUpPage = new SecurityKeySetUpPage(visitor);
    visitor.leavePage = new LeavePage(visitor);
    visitor.deniedPage = new DeniedPage(visitor);
    visitor.noPermissionPage = new NoPermissionPage(visitor);
    visitor.configurationPage = new ConfigurationPage(visitor);
    visitor.requestPage = new RequestPage(visitor);
    visitor.choicePage = new ChoicePage(visitor);
    visitor.setUpAppPage = new SetUpAppPage(visitor);
    visitor.appCodePage = new AppCodePage(visitor);
    visitor.recoveryCodePage = new RecoveryCodePage(visitor);
    visitor.sheetPage = new SheetPage(visitor);
    visitor.confirmCodesPage = new ConfirmCodesPage(visitor);
    visitor.ownSecondFactorsPage = new OwnSecondFactorsPage(visitor);
    visitor.peoplePage = new PeoplePage(visitor);
    visitor.puzzle = new Puzzle(visitor);
    visitor.expiryDialog = new ExpiryDialog(visitor);
    visitor.languageSwitch = new LanguageSwitch(visitor);
    return visitor;
  }

  /** Looks closely at what is on the screen now. */
  async look(state) {
    const isTranslation = this.words !== EVERY_LANGUAGE[0];
    const name = `${state}-${this.words.language}`;
    if (this.#runsScripts) return look(this.page, name, { isTranslation });
    const copy = await this.#copyWithScripts();
    await look(copy, name, { isTranslation });
    return copy.context().close();
  }

  /** The page as it is without scripts, where axe-core can run: what stands in for them is shown. */
  async #copyWithScripts() {
    const context = await this.#context.browser().newContext({ locale: this.words.language });
    const copy = await context.newPage();
    const html = await this.page.content();
    const body = html.replaceAll(/<script[^]*?<\/script>/g, '').replaceAll(/(<\/?)noscript/g, '$1div');
    await copy.route(this.page.url(), (route) => route.fulfill({ body, contentType: 'text/html' }));
    await copy.goto(this.page.url());
    return copy;
  }

  say(key, values) {
    return this.words.say(key, values);
  }

  /** Opens an address below the front name, or a whole one. */
  open(address = '') {
    return this.page.goto(address.startsWith('http') ? address : `${this.shop.address}${address}`);
  }

  button(key) {
    return this.page.getByRole('button', { name: this.say(key), exact: true });
  }

  field(key) {
    return this.page.getByLabel(this.say(key), { exact: true });
  }

  heading(key) {
    return this.page.getByRole('heading', { level: 1, name: this.say(key), exact: true });
  }

  link(key, values) {
    return this.page.getByRole('link', { name: this.say(key, values), exact: true });
  }

  /** Presses a button that leads to another page, and waits for that. */
  async press(key) {
    await this.leaving(() => this.button(key).click());
  }

  /** Does what leads to another page, and waits for that. */
  async leaving(act) {
    await this.page.waitForLoadState(); // What still loads is not what is waited for.
    await Promise.all([this.page.waitForEvent('load'), act()]);
  }

  /** A story went wrong: adds what is on the screen. */
  async saysWhere(error) {
    const text = await this.page.locator('body').innerText();
    throw new Error(`${error.message}\nat ${this.page.url()}\n${text}`, { cause: error });
  }

  async leave() {
    await this.#context.close();
    assert.deepEqual(this.#complaints, [], 'what the browser complained about');
  }

  /** Takes down what goes wrong on our pages; those of a provider are its own. */
  #listen(page) {
    page.on('pageerror', ({ stack }) => {
      const origins = stack.match(/https?:\/\/[^/\s]+/g) ?? [this.shop.origin];
      if (origins.includes(this.shop.origin)) this.#complaints.push(stack);
    });
    page.on('console', (message) => {
      // A page that is a refusal has a status that says so, which the browser reports as well.
      const { url } = message.location();
      if (url && !url.startsWith(this.shop.origin)) return;
      const isThePage = url === page.url();
      if (isThePage && message.text().startsWith('Failed to load resource')) return;
      // The one kind that PHP Commerce can read is asked for, and no other.
      if (message.text().startsWith('publicKey.pubKeyCredParams is missing')) return;
      if (['error', 'warning'].includes(message.type())) this.#complaints.push(message.text());
    });
  }
}
