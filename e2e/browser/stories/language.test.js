// Which language a page speaks.

import { isAt, tabTo } from '../keyboard.js';
import { openStage, story } from '../stage.js';
import { EVERY_LANGUAGE } from '../words.js';

const stage = openStage();

story(stage, 'Pages speak the language of the browser until another is chosen', async (visitor, { shop }) => {
  const { signInPage, languageSwitch, page } = visitor;
  await signInPage.open();
  for (const words of EVERY_LANGUAGE.filter((words) => words !== visitor.words)) {
    await languageSwitch.choose(words);
    await page.getByRole('heading', { name: words.say('sign_in-heading'), exact: true }).waitFor();
    await languageSwitch.choose(visitor.words);
    await signInPage.isShown();
  }
}, { hasChosen: false });

story(stage, 'The choice lasts after signing in, and is made by keyboard too', async (visitor, { shop }) => {
  const [words] = EVERY_LANGUAGE.filter((words) => words !== visitor.words);
  const lia = await shop.hire(`lia-${visitor.words.language}`, { firstName: 'Lia' });
  const { signInPage, languageSwitch, page } = visitor;
  await signInPage.open();
  await isAt(page, signInPage.username);
  await tabTo(page, languageSwitch.button(words));
  await visitor.leaving(() => page.keyboard.press('Enter'));
  await page.getByLabel(words.say('sign_in-username'), { exact: true }).fill(lia.username);
  await page.getByLabel(words.say('sign_in-password'), { exact: true }).fill(lia.password);
  await visitor.leaving(() => page.keyboard.press('Enter'));
  await page.getByRole('heading', { name: words.say('home-heading') }).waitFor();
}, { hasChosen: false });
