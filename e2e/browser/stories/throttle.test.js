// After several wrong passwords the browser solves a puzzle; where it runs no scripts, waiting does.

import { ENGLISH, openStage, story } from '../stage.js';

const stage = openStage();

async function failThreeTimes(visitor, person) {
  const { signInPage } = visitor;
  await signInPage.open();
  for (let attempt = 0; attempt < 3; attempt += 1) {
    await signInPage.signIn(person.username, 'not this one');
    await signInPage.refuses('sign_in-bad_credentials');
  }
}

story(stage, 'The browser solves a puzzle by itself', async (visitor, { shop }) => {
  const ann = await shop.hire(`ann-${visitor.words.language}`);
  const { signInPage, homePage } = visitor;
  await failThreeTimes(visitor, ann);
  await signInPage.tells('puzzle-solved');
  await visitor.look('sign_in-puzzle');
  await signInPage.signIn(ann.username, ann.password);
  await homePage.welcomes(ann);
});

story(stage, 'Whoever is faster than the puzzle does not notice it', async (visitor, { shop }) => {
  const ida = await shop.hire('ida', { firstName: 'Ida' });
  await failThreeTimes(visitor, ida);
  await visitor.signInPage.signIn(ida.username, ida.password);
  await visitor.homePage.welcomes(ida);
}, { words: ENGLISH });

async function comeInByWaiting(visitor, shop, person, look) {
  const { signInPage, homePage } = visitor;
  await failThreeTimes(visitor, person);
  await signInPage.tells('puzzle-wait');
  await look('sign_in-puzzle_waits');
  await signInPage.signIn(person.username, person.password);
  await signInPage.refuses('puzzle-needed');
  await look('sign_in-puzzle_needed');
  await shop.later({ minutes: 1 });
  await signInPage.signIn(person.username, person.password);
  await homePage.welcomes(person);
}

story(stage, 'Where the browser has no cryptography, waiting does', async (visitor, { shop }) => {
  const una = await shop.hire(`una-${visitor.words.language}`, { firstName: 'Una' });
  await visitor.page.addInitScript(() => { delete Crypto.prototype.subtle; });
  await comeInByWaiting(visitor, shop, una, (state) => visitor.look(state));
});

story(stage, 'Without scripts, waiting does', async (visitor, { shop }) => {
  const noa = await shop.hire('noa', { firstName: 'Noa' });
  await comeInByWaiting(visitor, shop, noa, () => {});
}, { words: ENGLISH, javaScriptEnabled: false });
