// One account, two browsers: the last that comes in stays, and the first is told why it does not.

import { openStage, story } from '../stage.js';
import { Visitor } from '../visitor.js';

const stage = openStage();

story(stage, 'An account signs in a second time', async (visitor, { shop, browser }) => {
  const ann = await shop.hire(`ann-${visitor.words.language}`);
  const { signInPage, homePage } = visitor;
  await signInPage.open();
  await signInPage.signIn(ann.username, ann.password);
  await homePage.welcomes(ann);

  const second = await Visitor.arrive(browser, shop, visitor.words);
  await second.signInPage.open();
  await second.signInPage.signIn(ann.username, ann.password);
  await second.homePage.welcomes(ann);
  await second.page.getByRole('status').getByText(second.say('home-others_ended')).waitFor();
  await second.look('home-others_ended');

  await visitor.leaving(() => visitor.link('account-title').click());
  await signInPage.tells('session_ended-signed_in_elsewhere');
  await visitor.look('sign_in-elsewhere');
  await second.open();
  await second.homePage.welcomes(ann);
  await second.leave();
});
