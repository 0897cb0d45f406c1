// Coming in with a password, and going out.

import assert from 'node:assert/strict';
import { isAt, tabTo } from '../keyboard.js';
import { ENGLISH, openStage, story } from '../stage.js';

const stage = openStage();

story(stage, 'Somebody mistypes, comes in, looks around and leaves', async (visitor, { shop }) => {
  const ann = await shop.hire(`ann-${visitor.words.language}`);
  const { signInPage, homePage } = visitor;
  await signInPage.open();
  await visitor.look('sign_in');
  await signInPage.signIn(ann.username, 'not this one');
  await signInPage.refuses('sign_in-bad_credentials');
  assert.equal(await signInPage.username.inputValue(), ann.username, 'the name is kept');
  await visitor.look('sign_in-refused');
  await signInPage.signIn(ann.username, ann.password);
  await homePage.welcomes(ann);
  await visitor.look('home');
  await homePage.signOut();
  await signInPage.tells('sign_out-done');
  await visitor.look('sign_in-signed_out');
});

story(stage, 'Who follows a link to the sign-out is asked first', async (visitor, { shop }) => {
  const bea = await shop.hire(`bea-${visitor.words.language}`, { firstName: 'Bea' });
  const { signInPage, homePage, signOutPage } = visitor;
  await signInPage.open();
  await signInPage.signIn(bea.username, bea.password);
  await signOutPage.open();
  await visitor.look('sign_out');
  await signOutPage.stay();
  await homePage.welcomes(bea);
  await signOutPage.open();
  await signOutPage.signOut();
  await signInPage.tells('sign_out-done');
});

story(stage, 'An empty field is not sent', async (visitor) => {
  const { signInPage, page } = visitor;
  await signInPage.open();
  await visitor.button('sign_in-submit').click();
  await isAt(page, signInPage.username);
  assert(await signInPage.username.evaluate((field) => field.validity.valueMissing));
  await signInPage.username.fill('ann');
  await visitor.button('sign_in-submit').click();
  await isAt(page, signInPage.password);
  assert(page.url().endsWith('/backstage'), 'nothing was sent');
}, { words: ENGLISH });

story(stage, 'A password can be looked at, and is hidden again when it is sent', async (visitor, { shop }) => {
  const eve = await shop.hire('eve', { firstName: 'Eve' });
  const { signInPage, homePage } = visitor;
  await signInPage.open();
  await signInPage.password.fill(eve.password);
  await signInPage.reveal('password-show').click();
  assert.equal(await signInPage.password.getAttribute('type'), 'text');
  await visitor.look('sign_in-shown');
  await signInPage.reveal('password-hide').click();
  assert.equal(await signInPage.password.getAttribute('type'), 'password');
  await signInPage.signIn(eve.username, eve.password);
  await homePage.welcomes(eve);
}, { words: ENGLISH });

story(stage, 'Somebody without a mouse comes in and leaves', async (visitor, { shop }) => {
  const kim = await shop.hire('kim', { firstName: 'Kim' });
  const { signInPage, homePage, page } = visitor;
  await signInPage.open();
  await isAt(page, signInPage.username);
  await page.keyboard.type(kim.username);
  await tabTo(page, signInPage.password);
  await page.keyboard.type('not this one');
  await visitor.leaving(() => page.keyboard.press('Enter'));
  await signInPage.refuses('sign_in-bad_credentials');
  await tabTo(page, signInPage.password);
  await page.keyboard.type(kim.password);
  await tabTo(page, visitor.button('sign_in-submit'));
  await visitor.leaving(() => page.keyboard.press('Space'));
  await homePage.welcomes(kim);
  await tabTo(page, visitor.button('sign_out-submit'));
  await visitor.leaving(() => page.keyboard.press('Enter'));
  await signInPage.tells('sign_out-done');
}, { words: ENGLISH });

story(stage, 'Somebody whose browser runs no scripts comes in and leaves', async (visitor, { shop }) => {
  const noa = await shop.hire('noa', { firstName: 'Noa' });
  const { signInPage, homePage, page } = visitor;
  await signInPage.open();
  assert.equal(await page.getByRole('main').getByRole('button').count(), 1, 'no button that does nothing');
  await visitor.look('sign_in-no_scripts');
  await signInPage.signIn(noa.username, 'not this one');
  await signInPage.refuses('sign_in-bad_credentials');
  await signInPage.signIn(noa.username, noa.password);
  await homePage.welcomes(noa);
  await homePage.signOut();
  await signInPage.tells('sign_out-done');
}, { words: ENGLISH, javaScriptEnabled: false });
