// From "Forgot your password?" to a new one, by a link that is really mailed.

import assert from 'node:assert/strict';
import { Mailbox, firstLink } from '../mailbox.js';
import { ENGLISH, openStage, story } from '../stage.js';

const NEW_PASSWORD = 'four 4 unrelated words';

const stage = openStage(async (stage) => {
  stage.mailbox = await Mailbox.open(stage.shop);
  // Every story here comes from one address within a minute.
  await stage.shop.configure({ 'admin/security/password_reset_protection_type': 0 });
}, ({ mailbox }) => mailbox?.close());

story(stage, 'Somebody who forgot the password sets another', async (visitor, { shop, mailbox }) => {
  const finn = await shop.hire(`finn-${visitor.words.language}`, { firstName: 'Finn' });
  const { signInPage, forgotPasswordPage, resetPasswordPage, homePage } = visitor;
  await signInPage.open();
  await visitor.leaving(() => visitor.link('sign_in-forgot_password').click());
  await forgotPasswordPage.isReady();
  await visitor.look('forgot_password');
  await forgotPasswordPage.ask(finn.email);
  await signInPage.tells('forgot_password-done');
  await visitor.look('sign_in-link_mailed');

  const mail = await mailbox.next(finn.email);
  await resetPasswordPage.open(firstLink(mail));
  await visitor.look('reset_password');
  await resetPasswordPage.set('a1', 'a1');
  await resetPasswordPage.refuses('password_rules-too_short', { minimum: 7 });
  await visitor.look('reset_password-refused');
  await resetPasswordPage.set(NEW_PASSWORD, 'something 3 else');
  await resetPasswordPage.refuses('password_rules-confirmation_differs');
  await resetPasswordPage.set(NEW_PASSWORD);
  await signInPage.tells('reset_password-done');
  await visitor.look('sign_in-password_set');
  await signInPage.signIn(finn.username, NEW_PASSWORD);
  await homePage.welcomes(finn);
});

story(stage, 'A link works once', async (visitor, { shop, mailbox }) => {
  const uma = await shop.hire(`uma-${visitor.words.language}`, { firstName: 'Uma' });
  const { signInPage, forgotPasswordPage, resetPasswordPage } = visitor;
  await forgotPasswordPage.open();
  await forgotPasswordPage.ask(uma.email);
  const address = firstLink(await mailbox.next(uma.email));
  await resetPasswordPage.open(address);
  await resetPasswordPage.set(NEW_PASSWORD);
  await signInPage.tells('reset_password-done');
  await visitor.open(address);
  await visitor.page.getByText(visitor.say('reset_password-expired')).waitFor();
  await visitor.look('reset_password-expired');
});

story(stage, 'An address that nobody has is told the same', async (visitor) => {
  const { signInPage, forgotPasswordPage } = visitor;
  await forgotPasswordPage.open();
  await forgotPasswordPage.ask('nobody@example.com');
  await signInPage.tells('forgot_password-done');
}, { words: ENGLISH });

story(stage, 'Without scripts it is the same, after a wait', async (visitor, { shop, mailbox }) => {
  const noa = await shop.hire('noa', { firstName: 'Noa' });
  const { signInPage, forgotPasswordPage, resetPasswordPage, homePage } = visitor;
  await forgotPasswordPage.open();
  await forgotPasswordPage.ask(noa.email);
  await forgotPasswordPage.refuses('puzzle-needed');
  await visitor.look('forgot_password-no_scripts');
  await shop.later({ minutes: 1 });
  await forgotPasswordPage.ask(noa.email);
  await resetPasswordPage.open(firstLink(await mailbox.next(noa.email)));
  await visitor.look('reset_password-no_scripts');
  await resetPasswordPage.set('a1', 'a1');
  await resetPasswordPage.refuses('password_rules-too_short', { minimum: 7 });
  await resetPasswordPage.set(NEW_PASSWORD);
  await signInPage.signIn(noa.username, NEW_PASSWORD);
  await homePage.welcomes(noa);
  assert(!visitor.page.url().includes('token'), 'no link stays in the address');
}, { words: ENGLISH, javaScriptEnabled: false });
