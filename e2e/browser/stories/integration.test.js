// The evening on which Adobe's sign-in is down: a command in a second terminal, and the next click
// asks for a password again. And the days before it, when people come in with their Adobe ID.

import assert from 'node:assert/strict';
import { Adobe } from '../adobe.js';
import { ENGLISH, openStage, story } from '../stage.js';
import { EVERY_LANGUAGE } from '../words.js';

const NAMES = ['ann', 'ben', 'cas', 'dan'];
const ADDRESSES = NAMES.flatMap((name) =>
  EVERY_LANGUAGE.map(({ language }) => `${name}-${language}@example.com`));

const stage = openStage(async (stage) => {
  stage.adobe = await Adobe.open(stage.shop, ADDRESSES);
}, ({ adobe }) => adobe?.close());

story(stage, 'On, in with an Adobe ID, off in a second terminal, in with the old password, and on again', async (visitor, { shop, adobe }) => {
  const ann = await shop.hire(`ann-${visitor.words.language}`);
  await shop.forgetLastName(ann);
  const { signInPage, adobeSignInPage, homePage, accountPage } = visitor;
  await adobe.enable(shop);
  await adobeSignInPage.open();
  await visitor.look('sign_in-adobe');
  await adobeSignInPage.press();
  await adobe.signIn(visitor, ann);
  await homePage.welcomes({ fullName: 'Ann' });
  await visitor.look('home-adobe');

  await visitor.leaving(() => visitor.link('account-title').click());
  await accountPage.isShown();
  await visitor.look('account-adobe');
  await accountPage.lastName.fill('Archer');
  await accountPage.confirmIdentity();
  await adobe.signIn(visitor, ann);
  await accountPage.isConfirmed();
  await visitor.look('account-adobe-confirmed');
  assert.equal(await accountPage.lastName.inputValue(), 'Archer', 'what was typed came along');
  await accountPage.save();
  await accountPage.tells('account-saved');

  await shop.run('admin:adobe-ims:disable');
  await visitor.leaving(() => visitor.link('sessions-title').click());
  await signInPage.isShown();
  await signInPage.signIn(ann.username, ann.password);
  await visitor.open();
  await homePage.welcomes(ann);

  await adobe.enable(shop);
  await visitor.leaving(() => visitor.link('account-title').click());
  await adobeSignInPage.isShown();
  await shop.run('admin:adobe-ims:disable');
});

story(stage, 'The integration is switched off while somebody stands at the door', async (visitor, { shop, adobe }) => {
  const ben = await shop.hire(`ben-${visitor.words.language}`, { firstName: 'Ben' });
  const { signInPage, adobeSignInPage, homePage } = visitor;
  await adobe.enable(shop);
  await adobeSignInPage.open();
  await adobeSignInPage.press();
  await visitor.page.getByRole('heading', { name: 'Sign in with Adobe ID' }).waitFor();
  await shop.run('admin:adobe-ims:disable');
  await adobe.signIn(visitor, ben);
  await signInPage.isShown();
  await signInPage.signIn(ben.username, ben.password);
  await homePage.welcomes(ben);
}, { words: ENGLISH });

story(stage, 'Who says no at Adobe can use another account', async (visitor, { shop, adobe }) => {
  const cas = await shop.hire(`cas-${visitor.words.language}`, { firstName: 'Cas' });
  const { adobeSignInPage, homePage, signedOutPage } = visitor;
  await adobe.enable(shop);
  await adobeSignInPage.open();
  await adobeSignInPage.press();
  await adobe.deny(visitor);
  await adobeSignInPage.refuses('trouble-denied');
  await visitor.look('sign_in-adobe-denied');
  await visitor.link('adobe_sign_in-other_account').click();
  await adobe.signIn(visitor, cas);
  await homePage.welcomes(cas);
  await homePage.signOut();
  await signedOutPage.tells('signed_out-both', 'Adobe');
  await visitor.look('signed_out-adobe');
  await signedOutPage.signInAgain();
  await adobeSignInPage.isShown();
  await shop.run('admin:adobe-ims:disable');
});

story(stage, 'A form that is open while the integration is switched on takes no password', async (visitor, { shop, adobe }) => {
  const dan = await shop.hire(`dan-${visitor.words.language}`, { firstName: 'Dan' });
  const { signInPage, adobeSignInPage } = visitor;
  await signInPage.open();
  await adobe.enable(shop);
  await signInPage.signIn(dan.username, dan.password);
  await adobeSignInPage.isShown();
  await adobeSignInPage.refuses('adobe_sign_in-use');
  await visitor.look('sign_in-adobe-refused');
  await shop.run('admin:adobe-ims:disable');
});
