// Security keys after the password, and passkeys in its place, with keys that Chromium simulates.

import assert from 'node:assert/strict';
import { Authenticator } from '../authenticator.js';
import { isAt, tabTo } from '../keyboard.js';
import { Mailbox } from '../mailbox.js';
import { ENGLISH, openStage, story } from '../stage.js';
import { Visitor } from '../visitor.js';

const stage = openStage(async (stage) => {
  stage.mailbox = await Mailbox.open(stage.shop);
}, ({ mailbox }) => mailbox?.close(), { asksForFactors: true });

/** As far as the password leads. */
async function typePassword({ signInPage }, person) {
  await signInPage.open();
  await signInPage.signIn(person.username, person.password);
}

story(stage, 'A link sets a key up, which is asked for from then on', async (visitor, { shop }) => {
  const ann = await shop.hire(`ann-${visitor.words.language}`);
  const { homePage, securityKeyPage, securityKeySetUpPage } = visitor;
  const key = await Authenticator.key(visitor);
  await visitor.open(await shop.enrolmentLink(ann));
  await visitor.signInPage.signIn(ann.username, ann.password);
  await visitor.leaving(() => visitor.link('second_factor-choose_key').click());
  await securityKeySetUpPage.isShown();
  await visitor.look('key_set_up');
  await securityKeySetUpPage.setUp('Blue');
  await visitor.heading('second_factor-codes_heading').waitFor();
  await visitor.leaving(() => visitor.link('second_factor-codes_later').click());
  await homePage.welcomes(ann);
  await homePage.signOut();

  await typePassword(visitor, ann);
  await securityKeyPage.isShown();
  await visitor.look('key');
  await key.pullOut();
  const stranger = await Authenticator.key(visitor);
  await securityKeyPage.fails('key-cancelled');
  await visitor.look('key-cancelled');
  await stranger.pullOut();
  await key.plugIn();
  await securityKeyPage.use();
  await homePage.welcomes(ann);
});

story(stage, 'Of two keys either works, and one that is taken away does not', async (visitor, { shop }) => {
  const ben = await shop.hire(`ben-${visitor.words.language}`, { firstName: 'Ben' });
  const { homePage, securityKeyPage, securityKeySetUpPage } = visitor;
  const blue = await Authenticator.key(visitor);
  await securityKeySetUpPage.onTheWayIn(await shop.enrolmentLink(ben), ben, 'Blue');
  await visitor.open('/tfa/account/key/');
  await securityKeySetUpPage.isShown();
  await visitor.look('key_add');
  await securityKeySetUpPage.fails('Red', ben.password, 'key-known');
  await blue.pullOut();
  const red = await Authenticator.key(visitor);
  await securityKeySetUpPage.setUp('Red', 'not this one');
  await securityKeySetUpPage.refuses('identity-wrong');
  await visitor.look('key_add-identity_refused');
  await red.pullOut(); // It is not needed again.
  await securityKeySetUpPage.showIdentity(ben.password);
  await securityKeySetUpPage.isDone();
  await red.plugIn();
  await visitor.look('key_added');
  await homePage.signOut();

  await typePassword(visitor, ben);
  await securityKeyPage.use();
  await homePage.welcomes(ben);
  await homePage.signOut();
  await red.pullOut();
  await blue.plugIn();
  await typePassword(visitor, ben);
  await securityKeyPage.use();
  await homePage.welcomes(ben);

  await securityKeySetUpPage.takeAway('Red', ben.password);
  await homePage.signOut();
  await blue.pullOut();
  await red.plugIn();
  await typePassword(visitor, ben);
  await securityKeyPage.isShown();
  await securityKeyPage.fails('key-cancelled');
  await red.pullOut();
  await blue.plugIn();
  await securityKeyPage.use();
  await homePage.welcomes(ben);
});

story(stage, 'A copy of a key is refused, and the other key lets its owner in', async (visitor, { shop }) => {
  const cem = await shop.hire(`cem-${visitor.words.language}`, { firstName: 'Cem' });
  const { homePage, securityKeyPage, securityKeySetUpPage } = visitor;
  const copied = await Authenticator.key(visitor);
  await securityKeySetUpPage.onTheWayIn(await shop.enrolmentLink(cem), cem, 'Copied');
  await copied.pullOut();
  const other = await Authenticator.key(visitor);
  await securityKeySetUpPage.beside('Other', cem.password);
  await homePage.signOut();
  await other.pullOut();
  await copied.plugIn();
  await typePassword(visitor, cem);
  await securityKeyPage.use();
  await homePage.signOut();

  await copied.rewind();
  await typePassword(visitor, cem);
  await securityKeyPage.use();
  await securityKeyPage.refuses('key-cloned');
  await visitor.look('key-cloned');
  await copied.pullOut();
  await other.plugIn();
  await securityKeyPage.use();
  await homePage.welcomes(cem);
});

story(stage, 'A passkey is filled in where the user name is typed', async (visitor, { shop }) => {
  const dea = await shop.hire(`dea-${visitor.words.language}`, { firstName: 'Dea' });
  const { homePage, securityKeySetUpPage, signInPage } = visitor;
  const device = await Authenticator.device(visitor);
  await securityKeySetUpPage.onTheWayIn(await shop.enrolmentLink(dea), dea, 'This computer');
  await device.isTouched(false);
  await homePage.signOut();
  await signInPage.tells('sign_out-done');
  await visitor.look('sign_in-passkey');
  await device.isTouched(true);
  await visitor.leaving(() => visitor.page.reload());
  await homePage.welcomes(dea);
});

story(stage, 'Who types a password instead is not kept waiting by autofill', async (visitor, { shop }) => {
  const fay = await shop.hire('fay', { firstName: 'Fay' });
  const { homePage, securityKeyPage, securityKeySetUpPage } = visitor;
  const device = await Authenticator.device(visitor);
  await securityKeySetUpPage.onTheWayIn(await shop.enrolmentLink(fay), fay, 'This computer');
  await device.isTouched(false);
  await homePage.signOut();
  await typePassword(visitor, fay);
  await securityKeyPage.isShown();
  await device.isTouched(true);
  await securityKeyPage.use();
  await homePage.welcomes(fay);
}, { words: ENGLISH });

story(stage, 'A passkey that is taken away is forgotten by the browser', async (visitor, { shop }) => {
  const gus = await shop.hire(`gus-${visitor.words.language}`, { firstName: 'Gus' });
  const { homePage, securityKeySetUpPage, signInPage } = visitor;
  const device = await Authenticator.device(visitor);
  await securityKeySetUpPage.onTheWayIn(await shop.enrolmentLink(gus), gus, 'This computer');
  const [passkey] = await device.credentials();
  await device.pullOut();
  const key = await Authenticator.key(visitor);
  await securityKeySetUpPage.beside('Green', gus.password);
  await key.pullOut();
  await device.plugIn();
  await device.forgets(() => securityKeySetUpPage.takeAway('This computer', gus.password));

  await device.pullOut();
  const copy = await Authenticator.key(visitor); // Only the button asks it, never autofill.
  await copy.takes(passkey);
  await homePage.signOut();
  await signInPage.isShown();
  await copy.forgets(() => visitor.press('passkey-submit'));
  await signInPage.refuses('passkey-unknown');
  await visitor.look('sign_in-passkey_unknown');
});

story(stage, 'Somebody without a mouse shows a key', async (visitor, { shop }) => {
  const hal = await shop.hire('hal', { firstName: 'Hal' });
  const { homePage, page, securityKeyPage, securityKeySetUpPage } = visitor;
  const key = await Authenticator.key(visitor);
  await securityKeySetUpPage.onTheWayIn(await shop.enrolmentLink(hal), hal, 'Blue');
  await homePage.signOut();
  await typePassword(visitor, hal);
  await isAt(page, securityKeyPage.button);
  await key.pullOut();
  const stranger = await Authenticator.key(visitor);
  await page.keyboard.press('Enter');
  await securityKeyPage.says('key-cancelled');
  await stranger.pullOut();
  await key.plugIn();
  await tabTo(page, securityKeyPage.button);
  await visitor.leaving(() => page.keyboard.press('Enter'));
  await homePage.welcomes(hal);
}, { words: ENGLISH });

story(stage, 'Where no scripts run, the page says that keys need them', async (visitor, { browser, shop }) => {
  const ida = await shop.hire('ida', { firstName: 'Ida' });
  const { securityKeySetUpPage } = visitor;
  await Authenticator.key(visitor);
  await securityKeySetUpPage.onTheWayIn(await shop.enrolmentLink(ida), ida, 'Blue');
  const other = await Visitor.arrive(browser, shop, visitor.words, { javaScriptEnabled: false });
  await other.signInPage.open();
  assert.equal(await other.button('passkey-submit').count(), 0);
  await other.signInPage.signIn(ida.username, ida.password);
  await other.securityKeyPage.isShown();
  assert.equal(await other.securityKeyPage.button.count(), 0, 'no button that does nothing');
  await other.page.getByText(other.say('key-unsupported')).waitFor();
  await other.link('second_factor-use_recovery_code').waitFor();
  await other.leave();
}, { words: ENGLISH });

story(stage, 'Without autofill a button asks for the passkey', async (visitor, { shop }) => {
  const eli = await shop.hire(`eli-${visitor.words.language}`, { firstName: 'Eli' });
  const { homePage, page, securityKeySetUpPage, signInPage } = visitor;
  const key = await Authenticator.key(visitor);
  await securityKeySetUpPage.onTheWayIn(await shop.enrolmentLink(eli), eli, 'Green');
  await homePage.signOut();
  await signInPage.isShown();
  assert.equal(await page.evaluate(() => PublicKeyCredential.isConditionalMediationAvailable()), false);
  await visitor.press('passkey-submit');
  await homePage.welcomes(eli);
  await homePage.signOut();
  await key.pullOut();
  await Authenticator.key(visitor);
  await visitor.button('passkey-submit').click();
  await signInPage.saysOfPasskey('key-cancelled');
  await visitor.look('sign_in-passkey_cancelled');
});
