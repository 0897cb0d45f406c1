// A session that runs out: there is a warning in time, and nothing that was typed is lost. The clock
// of the browser is put forward together with the shop's.

import assert from 'node:assert/strict';
import { ENGLISH, openStage, story } from '../stage.js';

const stage = openStage();

async function later(visitor, shop, minutes) {
  await shop.later({ minutes });
  await visitor.page.evaluate(putForward, minutes * 60_000);
}

/** Runs in the page, whose script goes by this clock alone. */
function putForward(milliseconds) {
  const now = performance.now.bind(performance);
  performance.now = () => now() + milliseconds;
}

async function signIn(visitor, person) {
  await visitor.signInPage.open();
  await visitor.signInPage.signIn(person.username, person.password);
  await visitor.homePage.welcomes(person);
}

story(stage, 'Somebody is warned in time and stays', async (visitor, { shop }) => {
  const ann = await shop.hire(`ann-${visitor.words.language}`);
  const { accountPage, expiryDialog } = visitor;
  await signIn(visitor, ann);
  await accountPage.open();
  await accountPage.firstName.fill('Anna');
  await later(visitor, shop, 13);
  await expiryDialog.countsDown();
  await visitor.look('expiry');
  await expiryDialog.extend();
  await later(visitor, shop, 12);
  await accountPage.save(ann.password);
  await accountPage.tells('account-saved');
  assert.equal(await accountPage.firstName.inputValue(), 'Anna');
});

story(stage, 'A tab goes on as long as another one of the same person', async (visitor, { shop }) => {
  const mia = await shop.hire(`mia-${visitor.words.language}`, { firstName: 'Mia' });
  const { accountPage, expiryDialog } = visitor;
  await signIn(visitor, mia);
  await accountPage.open();
  await accountPage.firstName.fill('Maria');
  await later(visitor, shop, 13);
  await expiryDialog.countsDown();
  const tab = await visitor.inAnotherTab();
  await tab.homePage.open();
  await expiryDialog.isGone();

  await shop.later({ minutes: 16 });
  await tab.leaving(() => tab.link('home-title').click());
  await tab.signInPage.signIn(mia.username, mia.password);
  await tab.homePage.welcomes(mia);
  await visitor.page.evaluate(putForward, 12 * 60_000);
  assert(await expiryDialog.dialog.isHidden(), 'it is not over');
  await accountPage.save(mia.password);
  await accountPage.tells('account-saved');
  assert.equal(await accountPage.firstName.inputValue(), 'Maria');
});

story(stage, 'What was typed survives signing in again', async (visitor, { shop }) => {
  const eve = await shop.hire(`eve-${visitor.words.language}`, { firstName: 'Eve' });
  const { signInPage, accountPage, expiryDialog } = visitor;
  await signIn(visitor, eve);
  await accountPage.open();
  await accountPage.firstName.fill('Evelyn');
  await later(visitor, shop, 13);
  await expiryDialog.countsDown();
  await expiryDialog.dismiss();
  await later(visitor, shop, 3);
  await expiryDialog.saysItIsOver();
  await visitor.look('expiry-over');
  await expiryDialog.close();
  await accountPage.save(eve.password);
  await signInPage.tells('sign_in-kept');
  await visitor.look('sign_in-kept');
  await signInPage.signIn(eve.username, eve.password);
  await accountPage.tells('account-kept');
  assert.equal(await accountPage.firstName.inputValue(), 'Evelyn');
  await visitor.look('account-kept');
  await accountPage.save(eve.password);
  await accountPage.tells('account-saved');
});

story(stage, 'Without scripts, what was typed is kept as well', async (visitor, { shop }) => {
  const noa = await shop.hire('noa', { firstName: 'Noa' });
  const { signInPage, accountPage } = visitor;
  await signIn(visitor, noa);
  await accountPage.open();
  await accountPage.firstName.fill('Noah');
  await shop.later({ minutes: 16 });
  await accountPage.save(noa.password);
  await signInPage.signIn(noa.username, 'not this one');
  await signInPage.refuses('sign_in-bad_credentials');
  await signInPage.signIn(noa.username, noa.password);
  await accountPage.tells('account-kept');
  await visitor.look('account-no_scripts');
  assert.equal(await accountPage.firstName.inputValue(), 'Noah');
}, { words: ENGLISH, javaScriptEnabled: false });

story(stage, 'Who comes back too late is told why', async (visitor, { shop }) => {
  const ben = await shop.hire(`ben-${visitor.words.language}`, { firstName: 'Ben' });
  const { signInPage, sessionsPage } = visitor;
  await signIn(visitor, ben);
  await shop.later({ minutes: 16 });
  await visitor.leaving(() => visitor.link('sessions-title').click());
  await signInPage.tells('session_ended-expired');
  await visitor.look('sign_in-expired');
  await signInPage.signIn(ben.username, ben.password);
  await sessionsPage.lists(1);
});
