// What people see who came in with an Adobe ID: their own account, which is Adobe's to change, a
// provider that is not there for a while, and where they are signed out when they leave.

import assert from 'node:assert/strict';
import { Adobe } from '../adobe.js';
import { isAt, tabTo } from '../keyboard.js';
import { PATIENCE_MS } from '../patience.js';
import { ENGLISH, openStage, story } from '../stage.js';
import { Steering } from '../steering.js';
import { EVERY_LANGUAGE } from '../words.js';

const NAMES = ['ann', 'ben', 'cas', 'dan', 'eli', 'fay'];
const OTHER = { email: 'zoe@example.com' };
const PEOPLE = [...NAMES.flatMap((name) =>
  EVERY_LANGUAGE.map(({ language }) => `${name}-${language}@example.com`)), OTHER.email];

const AUTHORIZE = '**/ims/authorize/**';
const stage = openStage(async (stage) => {
  stage.adobe = await Adobe.open(stage.shop, PEOPLE);
  stage.steering = await Steering.of(stage.shop);
  await stage.adobe.enable(stage.shop);
}, ({ adobe }) => adobe?.close());

async function hire(visitor, { shop }, firstName) {
  return shop.hire(`${firstName.toLowerCase()}-${visitor.words.language}`, { firstName });
}

async function comeIn(visitor, { adobe }, person) {
  await visitor.adobeSignInPage.open();
  await visitor.adobeSignInPage.press();
  await adobe.signIn(visitor, person);
  await visitor.heading('home-heading').waitFor();
}

story(stage, 'An account that Adobe has filled is to be read', async (visitor) => {
  const ann = await hire(visitor, stage, 'Ann');
  const { accountPage, page } = visitor;
  await comeIn(visitor, stage, ann);
  await accountPage.open();
  const fields = page.getByRole('main').locator('input:not([type=hidden])');
  assert.equal(await fields.count(), await fields.and(page.locator('[readonly]')).count());
  assert.equal(await page.getByRole('main').getByRole('button').count(), 0, 'nothing to send');
  await visitor.look('account-adobe-read_only');
});

story(stage, 'Somebody else shows who they are, and nothing is changed', async (visitor, { shop, adobe }) => {
  const ben = await hire(visitor, stage, 'Ben');
  await shop.forgetLastName(ben);
  const { accountPage, leavePage } = visitor;
  await comeIn(visitor, stage, ben);
  await accountPage.open();
  await accountPage.lastName.fill('Baker');
  await leavePage.holds(AUTHORIZE);
  await accountPage.confirmIdentity();
  await leavePage.isShown();
  await visitor.look('leave-adobe');
  await leavePage.goOn(AUTHORIZE);
  await adobe.signIn(visitor, OTHER);
  await accountPage.refuses('trouble-other_person');
  await visitor.look('account-adobe-other_person');
});

story(stage, 'Adobe is not there for a while, and every page says until when one can go on', async (visitor, { shop, steering }) => {
  const cas = await hire(visitor, stage, 'Cas');
  const { homePage, accountPage, page } = visitor;
  await comeIn(visitor, stage, cas);
  await steering.breaks('*');
  await shop.later({ minutes: 11 });
  await untilAdobeWasAsked(visitor);
  await visitor.look('home-adobe-grace');
  await accountPage.open();
  await visitor.look('account-adobe-grace');
  await homePage.signOut();
  await page.getByText(visitor.say('signed_out-outage', { provider: 'Adobe' })).waitFor();
  await visitor.look('signed_out-outage');
  await steering.mends();
});

/** Clicks on until the sentence is there: Adobe is asked beside what people do. */
async function untilAdobeWasAsked(visitor) {
  const [beginning] = visitor.say('page-grace', { until: '|' }).split('|');
  const sentence = visitor.page.getByText(beginning);
  const deadline = Date.now() + PATIENCE_MS;
  do {
    assert(Date.now() < deadline, 'Adobe was not asked');
    await visitor.homePage.open();
  } while (!await sentence.isVisible());
}

story(stage, 'Who leaves is signed out here and at Adobe', async (visitor) => {
  const dan = await hire(visitor, stage, 'Dan');
  const { adobeSignInPage, homePage, signedOutPage } = visitor;
  await comeIn(visitor, stage, dan);
  await homePage.signOut();
  await signedOutPage.tells('signed_out-both', 'Adobe');
  await visitor.look('signed_out-both');
  await signedOutPage.signInAgain();
  await adobeSignInPage.isShown();
});

story(stage, 'Somebody whose browser runs no scripts comes in, fills in a name and leaves', async (visitor, { shop, adobe }) => {
  const eli = await hire(visitor, stage, 'Eli');
  await shop.forgetLastName(eli);
  const { accountPage, homePage, signedOutPage } = visitor;
  await comeIn(visitor, stage, eli);
  await accountPage.open();
  await accountPage.lastName.fill('Ekman');
  await accountPage.confirmIdentity();
  await adobe.signIn(visitor, eli);
  await accountPage.isConfirmed();
  await accountPage.save();
  await accountPage.tells('account-saved');
  await homePage.signOut();
  await signedOutPage.tells('signed_out-both', 'Adobe');
}, { words: ENGLISH, javaScriptEnabled: false });

story(stage, 'Somebody without a mouse comes in, fills in a name and leaves', async (visitor, { shop }) => {
  const fay = await hire(visitor, stage, 'Fay');
  await shop.forgetLastName(fay);
  const { adobeSignInPage, accountPage, page } = visitor;
  const atAdobe = page.getByRole('button', { name: fay.email });
  const enter = () => page.keyboard.press('Enter');
  await adobeSignInPage.open();
  await tabTo(page, visitor.link('adobe_sign_in-submit'));
  await enter();
  await atAdobe.press('Enter');
  await visitor.heading('home-heading').waitFor();
  await tabTo(page, visitor.link('account-title'));
  await visitor.leaving(enter);
  await tabTo(page, accountPage.lastName);
  await page.keyboard.type('Forsberg');
  await tabTo(page, visitor.button('identity-go'));
  await enter();
  await atAdobe.press('Enter');
  await accountPage.isConfirmed();
  await tabTo(page, visitor.button('account-submit'));
  await visitor.leaving(enter);
  await accountPage.tells('account-saved');
  await tabTo(page, visitor.button('sign_out-submit'));
  await visitor.leaving(enter);
  await tabTo(page, visitor.link('signed_out-again'));
  await visitor.leaving(enter);
  await adobeSignInPage.isShown();
  await isAt(page, page.locator('body'));
}, { words: ENGLISH });
