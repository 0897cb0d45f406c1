// One's own account: what is wrong is said, showing who one is comes first, and the language follows.

import { EVERY_LANGUAGE } from '../words.js';
import { ENGLISH, openStage, story } from '../stage.js';

const NEW_PASSWORD = 'four 4 unrelated words';

const stage = openStage();

story(stage, 'Somebody changes the own account', async (visitor, { shop }) => {
  const ann = await shop.hire(`ann-${visitor.words.language}`);
  const { signInPage, accountPage, homePage } = visitor;
  await signInPage.open();
  await signInPage.signIn(ann.username, ann.password);
  await visitor.leaving(() => visitor.link('account-title').click());
  await accountPage.isShown();
  await visitor.look('account');

  await accountPage.firstName.fill('Anna');
  await accountPage.save('not this one');
  await accountPage.refuses('identity-wrong');
  await visitor.look('account-identity_refused');
  await accountPage.choosePassword('a1');
  await accountPage.save(ann.password);
  await accountPage.refuses('password_rules-too_short', { minimum: 7 });
  await visitor.look('account-refused');
  await accountPage.choosePassword(NEW_PASSWORD);
  await accountPage.save();
  await accountPage.tells('account-saved');
  await visitor.look('account-saved');

  await homePage.signOut();
  await signInPage.signIn(ann.username, NEW_PASSWORD);
  await homePage.welcomes({ fullName: 'Anna Archer' });
});

story(stage, 'The pages follow the language of the account', async (visitor, { shop }) => {
  const lia = await shop.hire('lia', { firstName: 'Lia' });
  const { signInPage, accountPage, page } = visitor;
  const words = EVERY_LANGUAGE.at(-1);
  await signInPage.open();
  await signInPage.signIn(lia.username, lia.password);
  await accountPage.open();
  await visitor.field('account-language').selectOption({ label: words.say('language-name') });
  await accountPage.save(lia.password);
  await page.getByRole('heading', { name: words.say('account-heading'), exact: true }).waitFor();
  await page.getByRole('status').filter({ hasText: words.say('account-saved') }).waitFor();
}, { words: ENGLISH, hasChosen: false });
