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
  const { signInPage, homePage, puzzle } = visitor;
  await failThreeTimes(visitor, ann);
  await puzzle.isSolved();
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

/** Runs in the page: digests wait until the story lets them go. */
function holdDigests() {
  const digest = crypto.subtle.digest.bind(crypto.subtle);
  const released = new Promise((release) => { globalThis.releaseDigests = release; });
  SubtleCrypto.prototype.digest = (...all) => released.then(() => digest(...all));
}

story(stage, 'Only who has to wait is told why, and when it is over', async (visitor) => {
  const { forgotPasswordPage, puzzle, page } = visitor;
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000); // It would go on by itself.
  await forgotPasswordPage.open();
  await puzzle.isSolved();
  await puzzle.saysNothing();
  await page.addInitScript(holdDigests);
  await forgotPasswordPage.open();
  await puzzle.saysNothing();
  await page.clock.runFor(2000);
  await puzzle.tells('puzzle-working');
  await page.evaluate(() => globalThis.releaseDigests());
  await puzzle.tells('puzzle-solved');
}, { words: ENGLISH });

async function comeInByWaiting(visitor, shop, person, look) {
  const { signInPage, homePage } = visitor;
  await failThreeTimes(visitor, person);
  await signInPage.tells('puzzle-wait');
  await look('sign_in-puzzle_waits');
  await signInPage.open(); // To look takes long, and may have been wait enough for that puzzle.
  for (let early = 0; early < 2; early += 1) { // Without a puzzle, and with one that is too new.
    await signInPage.signIn(person.username, person.password);
    await signInPage.refuses('puzzle-needed');
  }
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
  await comeInByWaiting(visitor, shop, noa, (state) => visitor.look(`${state}-no_scripts`));
}, { words: ENGLISH, javaScriptEnabled: false });
