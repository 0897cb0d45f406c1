// Recovery codes: one is used, few are left, and a new sheet takes the place of the old one.

import { AuthenticatorApp, NEXT_CODE } from '../authenticator_app.js';
import { Mailbox } from '../mailbox.js';
import { openStage, story } from '../stage.js';

const stage = openStage(async (stage) => {
  stage.mailbox = await Mailbox.open(stage.shop);
}, ({ mailbox }) => mailbox?.close(), { asksForFactors: true });

async function signIn(visitor, { username, password }) {
  await visitor.signInPage.open();
  await visitor.signInPage.signIn(username, password);
  await visitor.appCodePage.isShown();
}

/** In with a recovery code, and what the first page says of those that are left. */
async function comeInWith(visitor, person, code, left) {
  const { appCodePage, recoveryCodePage, homePage, page } = visitor;
  await signIn(visitor, person);
  await appCodePage.useRecoveryCode();
  await recoveryCodePage.type(code);
  await homePage.welcomes(person);
  const told = visitor.say('second_factor-codes_left', { count: left });
  await page.getByRole('status').filter({ hasText: told }).waitFor();
}

/** A new sheet, by one's own page. */
async function renew(visitor, { password }) {
  const { ownSecondFactorsPage, sheetPage } = visitor;
  await ownSecondFactorsPage.follow('second_factor-own_codes_renew');
  await ownSecondFactorsPage.change('second_factor-own_codes_submit', password);
  const codes = await sheetPage.codes();
  await visitor.look('recovery_codes-renewed');
  await sheetPage.areKept();
  await visitor.confirmCodesPage.type(codes[9]);
  await ownSecondFactorsPage.tells('second_factor-own_codes_renewed');
  await ownSecondFactorsPage.lists('second_factor-own_codes_left', { count: 10 });
  return codes;
}

story(stage, 'A code is used once, and a new sheet makes the old codes worthless', async (visitor, { shop }) => {
  const ann = await shop.hire(`ann-${visitor.words.language}`);
  const app = await AuthenticatorApp.givenTo(ann, shop);
  const { appCodePage, recoveryCodePage, homePage, ownSecondFactorsPage } = visitor;
  await signIn(visitor, ann);
  await appCodePage.type(await app.code(shop));
  await homePage.welcomes(ann);
  await ownSecondFactorsPage.goThere();
  await ownSecondFactorsPage.follow('second_factor-own_codes_renew');
  await visitor.look('recovery_codes-renew');
  await ownSecondFactorsPage.change('second_factor-own_codes_submit', 'not this one');
  await ownSecondFactorsPage.refuses('identity-wrong');
  await visitor.look('recovery_codes-renew-refused');
  await ownSecondFactorsPage.open();
  const first = await renew(visitor, ann);
  await homePage.open();
  await homePage.signOut();

  await comeInWith(visitor, ann, first[0].toLowerCase().replaceAll('-', ' '), 9);
  await visitor.look('home-came_with_recovery_code');
  await homePage.signOut();
  await signIn(visitor, ann);
  await appCodePage.useRecoveryCode();
  await visitor.look('recovery_code');
  await recoveryCodePage.type(first[0]);
  await recoveryCodePage.refuses('second_factor-wrong_recovery_code');
  await visitor.look('recovery_code-refused');
  await visitor.leaving(() => visitor.link('second_factor-use_app').click());
  await shop.later(NEXT_CODE);
  await appCodePage.type(await app.code(shop));
  await homePage.welcomes(ann);
  await ownSecondFactorsPage.open();
  const second = await renew(visitor, ann);
  await homePage.open();
  await homePage.signOut();

  await signIn(visitor, ann);
  await appCodePage.useRecoveryCode();
  for (const old of first.slice(1, 3)) {
    await recoveryCodePage.type(old);
    await recoveryCodePage.refuses('second_factor-wrong_recovery_code');
  }
  await recoveryCodePage.type(second[0]);
  await homePage.welcomes(ann);
});
