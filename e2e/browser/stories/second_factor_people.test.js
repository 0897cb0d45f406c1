// Somebody lost the phone, and somebody else has the right to help.

import assert from 'node:assert/strict';
import { Authenticator } from '../authenticator.js';
import { AuthenticatorApp } from '../authenticator_app.js';
import { Mailbox, firstLink } from '../mailbox.js';
import { openStage, story } from '../stage.js';
import { Visitor } from '../visitor.js';

const stage = openStage(async (stage) => {
  stage.mailbox = await Mailbox.open(stage.shop);
}, ({ mailbox }) => mailbox?.close(), { asksForFactors: true });

async function comeIn(visitor, shop, person) {
  const app = await AuthenticatorApp.givenTo(person, shop);
  await visitor.signInPage.open();
  await visitor.signInPage.signIn(person.username, person.password);
  await visitor.appCodePage.type(await app.code(shop));
  await visitor.homePage.welcomes(person);
}

story(stage, 'What was lost is reset, the sessions end, and something new is set up', async (visitor, { shop, browser, mailbox }) => {
  const { language } = visitor.words;
  const ann = await shop.hire(`ann-${language}`);
  const bob = await shop.hire(`bob-${language}`, { firstName: 'Bob', lastName: `Bell ${language}` });
  const his = await Visitor.arrive(browser, shop, visitor.words);
  await comeIn(his, shop, bob);
  await comeIn(visitor, shop, ann);
  const { peoplePage } = visitor;
  await peoplePage.goThere();
  await visitor.look('people');
  await peoplePage.find(bob.fullName);
  await peoplePage.finds(1);
  await visitor.look('people-found');
  await peoplePage.manage(bob);
  await visitor.look('people-person');
  await peoplePage.reset('not this one');
  await peoplePage.refuses('identity-wrong');
  await visitor.look('people-person-refused');
  await peoplePage.reset(ann.password);
  await peoplePage.tells('second_factor-people_reset_done');
  await visitor.look('people-person-reset');

  await his.open();
  await his.signInPage.tells('session_ended-second_factor_changed');
  await peoplePage.sendLink();
  await peoplePage.tells('second_factor-people_link_sent');
  await visitor.look('people-person-link_sent');
  await his.open(await linkOf(bob, mailbox));
  await his.signInPage.signIn(bob.username, bob.password);
  await his.choicePage.isShown();
  await his.choicePage.chooseApp();
  const app = await his.setUpAppPage.typeIntoApp();
  await his.setUpAppPage.type(await app.code(shop));
  await his.sheetPage.goOn();
  await his.homePage.welcomes(bob);
  await his.leave();
});

/** The link among the mails that tell of what was done. */
async function linkOf({ email }, mailbox) {
  for (;;) {
    const mail = await mailbox.next(email);
    if (mail.text.includes('tfat=')) return firstLink(mail);
  }
}

story(stage, 'Of an app and a key the app alone is reset', async (visitor, { shop, browser }) => {
  const { language } = visitor.words;
  const cas = await shop.hire(`cas-${language}`, { firstName: 'Cas' });
  const dan = await shop.hire(`dan-${language}`, { firstName: 'Dan', lastName: `Dale ${language}` });
  const his = await Visitor.arrive(browser, shop, visitor.words);
  await Authenticator.key(his);
  await his.securityKeySetUpPage.onTheWayIn(await shop.enrolmentLink(dan), dan, 'Blue');
  await AuthenticatorApp.givenTo(dan, shop);
  await comeIn(visitor, shop, cas);
  const { peoplePage } = visitor;
  await peoplePage.goThere();
  await peoplePage.find(dan.username);
  await peoplePage.manage(dan);
  await visitor.look('people-person-parts');
  const app = peoplePage.part('second_factor-set_up_title');
  assert(await peoplePage.part('second_factor-people_reset_all').isChecked());
  await app.check();
  await peoplePage.reset('not this one');
  await peoplePage.refuses('identity-wrong');
  assert(await app.isChecked(), 'what was chosen is kept');
  await peoplePage.reset(cas.password);
  await peoplePage.tells('second_factor-people_reset_done');
  await his.signInPage.open();
  await his.signInPage.signIn(dan.username, dan.password);
  await his.securityKeyPage.use();
  await his.homePage.welcomes(dan);
  await his.leave();
});

story(stage, 'Who has not the right sees nothing of it', async (visitor, { shop }) => {
  const eve = await shop.hire(`eve-${visitor.words.language}`, { firstName: 'Eve' });
  await shop.limitRights(eve);
  await comeIn(visitor, shop, eve);
  assert.equal(await visitor.link('second_factor-people_link').count(), 0);
  await visitor.open('/tfa/people/');
  await visitor.deniedPage.isShown();
});
