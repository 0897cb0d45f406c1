// Where one is signed in: seen, and ended from another browser, while accounts may be shared.

import { openStage, story } from '../stage.js';
import { Visitor } from '../visitor.js';

const stage = openStage(({ shop }) => shop.configure({ 'admin/security/admin_account_sharing': 1 }));

async function signIn(visitor, person) {
  await visitor.signInPage.open();
  await visitor.signInPage.signIn(person.username, person.password);
  await visitor.homePage.welcomes(person);
}

story(stage, 'Sessions are ended from another browser', async (visitor, { shop, browser }) => {
  const ann = await shop.hire(`ann-${visitor.words.language}`);
  const others = [];
  for (let other = 0; other < 3; other += 1) {
    others.push(await Visitor.arrive(browser, shop, visitor.words));
  }
  const { sessionsPage } = visitor;
  for (const each of [...others, visitor]) await signIn(each, ann);
  await visitor.leaving(() => visitor.link('sessions-title').click());
  await sessionsPage.lists(4);
  await visitor.look('sessions');
  await sessionsPage.endAnother();
  await sessionsPage.tells('sessions-ended');
  await sessionsPage.lists(3);
  await visitor.look('sessions-ended');
  await sessionsPage.endOthers();
  await sessionsPage.tells('home-others_ended');
  await sessionsPage.lists(1);
  await visitor.look('sessions-alone');

  for (const each of others) {
    await each.open();
    await each.signInPage.tells('session_ended-by_owner');
  }
  await others[0].look('sign_in-ended_by_owner');
  for (const each of others) await each.leave();
});
