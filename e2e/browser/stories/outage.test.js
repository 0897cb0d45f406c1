// Adobe gives no answer any more, or a different one: people go on for a while, are told so, and
// then it is over; whoever operates the shop brings the passwords back.

import assert from 'node:assert/strict';
import { Adobe } from '../adobe.js';
import { PATIENCE_MS } from '../patience.js';
import { openStage, story } from '../stage.js';
import { EVERY_LANGUAGE } from '../words.js';

const ADDRESSES = ['ann', 'ben'].flatMap((name) =>
  EVERY_LANGUAGE.map(({ language }) => `${name}-${language}@example.com`));

const stage = openStage(async (stage) => {
  stage.adobe = await Adobe.open(stage.shop, ADDRESSES);
}, ({ adobe }) => adobe?.close());

async function comeIn(visitor, { shop, adobe }, firstName) {
  const person = await shop.hire(`${firstName.toLowerCase()}-${visitor.words.language}`, { firstName });
  const { adobeSignInPage, homePage } = visitor;
  await adobe.enable(shop);
  await adobeSignInPage.open();
  await adobeSignInPage.press();
  await adobe.signIn(visitor, person);
  await homePage.welcomes(person);
  return person;
}

/** Clicks on until a sentence is there: Adobe is asked beside what people do. */
async function clickUntil(visitor, key) {
  const sentence = visitor.page.getByText(visitor.say(key, { until: '' }).slice(0, 50));
  const deadline = Date.now() + PATIENCE_MS;
  do {
    assert(Date.now() < deadline, `${key} did not come`);
    await visitor.open('/security/session/activity/');
  } while (!await sentence.isVisible());
}

story(stage, 'Who is signed out everywhere at Adobe is signed out here at the next check', async (visitor, { shop, adobe }) => {
  const ann = await comeIn(visitor, stage, 'Ann');
  await adobe.signOutEverywhere(ann);
  await shop.later({ minutes: 11 });
  await clickUntil(visitor, 'session_ended-revoked_by_provider');
  await visitor.look('sign_in-adobe-revoked');
  await shop.run('admin:adobe-ims:disable');
});

story(stage, 'While Adobe gives no answer people go on for a while, and then passwords are brought back', async (visitor, { shop, adobe }) => {
  const { signInPage, homePage } = visitor;
  const ben = await comeIn(visitor, stage, 'Ben');
  await adobe.isDown(true);
  await shop.later({ minutes: 11 });
  await clickUntil(visitor, 'page-grace');
  await visitor.look('sessions-grace');
  await shop.later({ minutes: 11 });
  await clickUntil(visitor, 'session_ended-provider_unreachable');
  await visitor.look('sign_in-adobe-unreachable');

  await shop.run('admin:adobe-ims:disable');
  await signInPage.open();
  await signInPage.signIn(ben.username, ben.password);
  await homePage.welcomes(ben);
  await adobe.isDown(false);
});
