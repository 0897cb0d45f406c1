// A second factor: set up with a link that is really mailed, asked for after the password, with the
// codes of a real program, and never skipped.

import assert from 'node:assert/strict';
import { Adobe } from '../adobe.js';
import { Authenticator } from '../authenticator.js';
import { AuthenticatorApp, NEXT_CODE } from '../authenticator_app.js';
import { isAt, tabTo } from '../keyboard.js';
import { Mailbox, firstLink } from '../mailbox.js';
import { ENGLISH, openStage, story } from '../stage.js';
import { EVERY_LANGUAGE } from '../words.js';

const NEW_PASSWORD = 'four 4 unrelated words';

const stage = openStage(async (stage) => {
  stage.mailbox = await Mailbox.open(stage.shop);
  stage.adobe = await Adobe.open(stage.shop,
    EVERY_LANGUAGE.map(({ language }) => `ida-${language}@example.com`));
}, async ({ mailbox, adobe }) => {
  adobe?.close();
  await mailbox?.close();
}, { asksForFactors: true });

/** As far as the password leads. */
async function signIn(visitor, { username, password }) {
  await visitor.signInPage.open();
  await visitor.signInPage.signIn(username, password);
}

story(stage, 'Nobody gets in before a second factor is set up, and then with a code alone', async (visitor, { shop, mailbox }) => {
  const ann = await shop.hire(`ann-${visitor.words.language}`);
  const { requestPage, choicePage, setUpAppPage, sheetPage, confirmCodesPage, homePage } = visitor;
  await signIn(visitor, ann);
  await requestPage.isShown();
  await visitor.look('second_factor-request');
  await visitor.open('/security/session/activity/');
  await visitor.signInPage.isShown();

  await visitor.open(firstLink(await mailbox.next(ann.email)));
  await choicePage.isShown();
  await visitor.look('second_factor-choice');
  await choicePage.chooseApp();
  const app = await setUpAppPage.typeIntoApp();
  await visitor.look('second_factor-set_up');
  await setUpAppPage.type('000000');
  await setUpAppPage.refuses('second_factor-wrong_first_code');
  await visitor.look('second_factor-set_up-refused');
  await setUpAppPage.type(await app.code(shop));
  const [first] = await sheetPage.codes();
  await visitor.look('second_factor-sheet');
  await sheetPage.areKept();
  await confirmCodesPage.isShown();
  await visitor.look('second_factor-confirm_codes');
  await confirmCodesPage.type('not one of them');
  await confirmCodesPage.refuses('second_factor-wrong_recovery_code');
  await confirmCodesPage.type(first);
  await homePage.welcomes(ann);
  await visitor.look('home-codes_kept');
  const { subject } = await mailbox.next(ann.email);
  const [english] = EVERY_LANGUAGE;
  assert.equal(subject, english.say('mail_second_factor-subject', { username: ann.username }));
  await homePage.signOut();
  await comesInWithCodes(visitor, shop, ann, app);
});

/** Wrong, of another time, right, and used up. */
async function comesInWithCodes(visitor, shop, person, app) {
  const { appCodePage, homePage } = visitor;
  await shop.later(NEXT_CODE);
  await signIn(visitor, person);
  await appCodePage.isShown();
  await visitor.look('second_factor-code');
  await appCodePage.type('000000');
  await appCodePage.refuses('second_factor-wrong_code');
  await visitor.look('second_factor-code-refused');
  await appCodePage.type(await app.code(shop, { minutesAhead: 10 }));
  const time = visitor.say('minutes', { count: 10 });
  await appCodePage.refuses('second_factor-clock_ahead', { time });
  // It is told in whole minutes, and another half may begin before it is judged.
  await appCodePage.type(await app.code(shop, { minutesAhead: -9.5 }));
  await appCodePage.refuses('second_factor-clock_behind', { time });
  await visitor.look('second_factor-code-clock');
  const code = await app.code(shop);
  await appCodePage.type(`${code.slice(0, 3)} ${code.slice(3)}`);
  await homePage.welcomes(person);
  await homePage.signOut();
  await signIn(visitor, person);
  await appCodePage.type(code);
  await appCodePage.refuses('second_factor-used_code');
  await appCodePage.giveUp();
  await visitor.signInPage.isShown();
}

story(stage, 'A link that is too old leads to another one', async (visitor, { shop, mailbox }) => {
  const lea = await shop.hire(`lea-${visitor.words.language}`, { firstName: 'Lea' });
  await signIn(visitor, lea);
  const link = firstLink(await mailbox.next(lea.email));
  await shop.later({ minutes: 61 });
  await signIn(visitor, lea);
  await visitor.open(link);
  await visitor.requestPage.refuses('second_factor-link_void');
  await visitor.look('second_factor-link_void');
  await visitor.open(firstLink(await mailbox.next(lea.email)));
  await visitor.choicePage.isShown();
});

story(stage, 'One looks after one\'s own, and another app takes the place of the first', async (visitor, { shop }) => {
  const mia = await shop.hire(`mia-${visitor.words.language}`, { firstName: 'Mia' });
  const first = await AuthenticatorApp.givenTo(mia, shop);
  const { appCodePage, setUpAppPage, sheetPage, homePage, ownSecondFactorsPage } = visitor;
  await signIn(visitor, mia);
  await appCodePage.type(await first.code(shop));
  await homePage.welcomes(mia);
  await visitor.look('home-few_codes');
  await ownSecondFactorsPage.goThere();
  await visitor.look('own_second_factors');
  await ownSecondFactorsPage.follow('second_factor-own_app_replace');
  const second = await setUpAppPage.typeIntoApp();
  await visitor.look('own_second_factors-app');
  await setUpAppPage.code.fill(await second.code(shop));
  await ownSecondFactorsPage.change('second_factor-set_up_submit', 'not this one');
  await ownSecondFactorsPage.refuses('identity-wrong');
  await visitor.look('own_second_factors-app-refused');
  await setUpAppPage.code.fill('000000');
  await ownSecondFactorsPage.change('second_factor-set_up_submit', mia.password);
  await setUpAppPage.refuses('second_factor-wrong_first_code');
  await setUpAppPage.type(await second.code(shop));
  await sheetPage.isShown();
  await sheetPage.goOn();
  await ownSecondFactorsPage.tells('second_factor-own_app_set');
  await visitor.look('own_second_factors-app_set');
  await visitor.open();
  await homePage.signOut();
  await shop.later(NEXT_CODE);
  await signIn(visitor, mia);
  await appCodePage.type(await first.code(shop));
  await appCodePage.refuses('second_factor-wrong_code');
  await appCodePage.type(await second.code(shop));
  await homePage.welcomes(mia);
});

story(stage, 'A key gets another name, and the app goes where a key is left', async (visitor, { shop }) => {
  const ole = await shop.hire(`ole-${visitor.words.language}`, { firstName: 'Ole' });
  const { ownSecondFactorsPage, securityKeyPage, homePage } = visitor;
  await Authenticator.key(visitor);
  await visitor.securityKeySetUpPage.onTheWayIn(await shop.enrolmentLink(ole), ole, 'Blue');
  const app = await AuthenticatorApp.givenTo(ole, shop);
  await signIn(visitor, ole);
  await visitor.appCodePage.type(await app.code(shop));
  await ownSecondFactorsPage.goThere();
  await visitor.look('own_second_factors-key');
  await ownSecondFactorsPage.follow('second_factor-own_key_rename_which', { name: 'Blue' });
  const name = visitor.field('second_factor-own_key_name');
  assert.equal(await name.inputValue(), 'Blue');
  await name.fill('Green');
  await visitor.look('own_second_factors-rename');
  await ownSecondFactorsPage.change('second_factor-own_key_rename', 'not this one');
  await ownSecondFactorsPage.refuses('identity-wrong');
  assert.equal(await name.inputValue(), 'Green', 'what was typed is kept');
  await visitor.look('own_second_factors-rename-refused');
  await ownSecondFactorsPage.change('second_factor-own_key_rename', ole.password);
  await ownSecondFactorsPage.tells('second_factor-own_key_renamed');
  await ownSecondFactorsPage.follow('second_factor-own_app_remove');
  await visitor.look('own_second_factors-remove_app');
  await ownSecondFactorsPage.change('second_factor-own_remove', ole.password);
  await ownSecondFactorsPage.tells('second_factor-own_app_removed');
  const remove = visitor.link('second_factor-own_key_remove_which', { name: 'Green' });
  assert.equal(await remove.count(), 0, 'it is all there is');
  await visitor.look('own_second_factors-app_removed');
  await homePage.open();
  await homePage.signOut();
  await signIn(visitor, ole);
  await securityKeyPage.use();
  await homePage.welcomes(ole);
});

story(stage, 'The integration suspends it, and afterwards the same app is asked for', async (visitor, { shop, adobe }) => {
  const ida = await shop.hire(`ida-${visitor.words.language}`, { firstName: 'Ida' });
  const app = await AuthenticatorApp.givenTo(ida, shop);
  const { adobeSignInPage, appCodePage, homePage } = visitor;
  await adobe.enable(shop);
  await adobeSignInPage.open();
  await adobeSignInPage.press();
  await adobe.signIn(visitor, ida);
  await homePage.welcomes(ida);
  await visitor.open('/tfa/account/');
  await visitor.page.getByText(visitor.say('second_factor-own_not_asked')).waitFor();
  await visitor.look('own_second_factors-not_asked');
  await shop.run('admin:adobe-ims:disable');
  await signIn(visitor, ida);
  await appCodePage.isShown();
  await appCodePage.type(await app.code(shop));
  await homePage.welcomes(ida);
});

story(stage, 'A new password does not skip it', async (visitor, { shop, mailbox }) => {
  const pia = await shop.hire('pia', { firstName: 'Pia' });
  const app = await AuthenticatorApp.givenTo(pia, shop);
  await mailbox.next(pia.email);
  const { forgotPasswordPage, resetPasswordPage, appCodePage, signInPage, homePage } = visitor;
  await forgotPasswordPage.open();
  await forgotPasswordPage.ask(pia.email);
  await resetPasswordPage.open(firstLink(await mailbox.next(pia.email)));
  await resetPasswordPage.set(NEW_PASSWORD);
  await signInPage.tells('reset_password-done');
  await signInPage.signIn(pia.username, NEW_PASSWORD);
  await appCodePage.isShown();
  await visitor.open('/admin/system_account/');
  await signInPage.isShown();
  await visitor.open('/tfa/google/auth/');
  await appCodePage.type(await app.code(shop));
  await homePage.welcomes(pia);
}, { words: ENGLISH });

story(stage, 'Somebody without a mouse shows it', async (visitor, { shop }) => {
  const kim = await shop.hire('kim', { firstName: 'Kim' });
  const app = await AuthenticatorApp.givenTo(kim, shop);
  const { page, appCodePage, homePage, ownSecondFactorsPage } = visitor;
  await signIn(visitor, kim);
  await isAt(page, appCodePage.code);
  await page.keyboard.type('000000');
  await visitor.leaving(() => page.keyboard.press('Enter'));
  await appCodePage.refuses('second_factor-wrong_code');
  await tabTo(page, appCodePage.code);
  await page.keyboard.type(await app.code(shop));
  await visitor.leaving(() => page.keyboard.press('Enter'));
  await homePage.welcomes(kim);
  await ownSecondFactorsPage.open();
  const renew = visitor.link('second_factor-own_codes_renew');
  await tabTo(page, renew);
  await visitor.leaving(() => page.keyboard.press('Enter'));
  await tabTo(page, ownSecondFactorsPage.endsOthers);
  await page.keyboard.press('Space');
  assert(await ownSecondFactorsPage.endsOthers.isChecked());
  await tabTo(page, ownSecondFactorsPage.identity);
  await page.keyboard.type(kim.password);
  await visitor.leaving(() => page.keyboard.press('Enter'));
  await visitor.sheetPage.isShown();
}, { words: ENGLISH });

story(stage, 'Somebody whose browser runs no scripts sets it up and shows it', async (visitor, { shop, mailbox }) => {
  const noa = await shop.hire('noa', { firstName: 'Noa' });
  const { choicePage, setUpAppPage, sheetPage, appCodePage, homePage } = visitor;
  await signIn(visitor, noa);
  await visitor.open(firstLink(await mailbox.next(noa.email)));
  await choicePage.chooseApp();
  const app = await setUpAppPage.typeIntoApp();
  await setUpAppPage.type(await app.code(shop));
  await sheetPage.goOn();
  await homePage.welcomes(noa);
  await homePage.signOut();
  await shop.later(NEXT_CODE);
  await signIn(visitor, noa);
  await appCodePage.type(await app.code(shop));
  await homePage.welcomes(noa);
}, { words: ENGLISH, javaScriptEnabled: false });
