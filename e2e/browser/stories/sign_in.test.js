// Coming in with a password, and going out.

import assert from 'node:assert/strict';
import { openStage, story } from '../stage.js';

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
