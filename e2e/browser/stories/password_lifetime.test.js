// A password that has grown old: nothing else goes on until it is changed, or there is a reminder.

import { openStage, story } from '../stage.js';

const NEW_PASSWORD = 'four 4 unrelated words';

const stage = openStage();

story(stage, 'An old password has to be changed first', async (visitor, { shop }) => {
  const ann = await shop.hire(`ann-${visitor.words.language}`);
  const { signInPage, accountPage, homePage, sessionsPage } = visitor;
  await shop.later({ days: 91 });
  await signInPage.open();
  await signInPage.signIn(ann.username, ann.password);
  await accountPage.tells('password-old_first');
  await visitor.look('account-password_old');
  await visitor.leaving(() => visitor.link('sessions-title').click());
  await accountPage.tells('password-old_first');

  await accountPage.choosePassword(ann.password);
  await accountPage.save(ann.password);
  await accountPage.refuses('password_rules-used');
  await accountPage.choosePassword(NEW_PASSWORD);
  await accountPage.save();
  await accountPage.tells('account-saved');
  await visitor.leaving(() => visitor.link('home-title').click());
  await homePage.welcomes(ann);
  await sessionsPage.open();
});

story(stage, 'Where it is only recommended, a reminder leads there', async (visitor, { shop }) => {
  const ben = await shop.hire(`ben-${visitor.words.language}`, { firstName: 'Ben' });
  const { signInPage, accountPage, homePage } = visitor;
  await shop.configure({ 'admin/security/password_is_forced': 0 });
  await shop.later({ days: 91 });
  await signInPage.open();
  await signInPage.signIn(ben.username, ben.password);
  await homePage.welcomes(ben);
  await visitor.page.getByRole('status').getByText(visitor.say('password-old')).waitFor();
  await visitor.look('home-password_old');
  await visitor.leaving(() => visitor.link('password-change').click());
  await accountPage.isShown();
  await shop.configure({ 'admin/security/password_is_forced': 1 });
});
