// The same pages where another OpenID provider stands in for Adobe: it is called by its host, it
// makes accounts for newcomers, and it says when somebody signs out there.

import assert from 'node:assert/strict';
import { Adobe, ORGANIZATION_ID } from '../adobe.js';
import { openStage, story } from '../stage.js';
import { Steering } from '../steering.js';
import { EVERY_LANGUAGE } from '../words.js';

const NAMES = ['ann', 'ben', 'new'];
const PEOPLE = NAMES.flatMap((name) => EVERY_LANGUAGE.map(({ language }) =>
  `${name}-${language}@example.com,first=Nell,last=Newman,group=${ORGANIZATION_ID}`));

const END_SESSION = '**/oidc/end_session**';

/** As long as names of providers come. */
const LONG = 'https://single-sign-on.identity-and-access-management.department.example.com';

const stage = openStage(async (stage) => {
  const { shop } = stage;
  stage.adobe = await Adobe.open(shop, PEOPLE);
  stage.steering = await Steering.of(shop);
  stage.host = new URL(stage.steering.issuer).host;
  await stage.adobe.enable(shop, `--issuer=${stage.steering.issuer}`,
    '--organization-claim=groups', '--provision');
}, ({ adobe }) => adobe?.close());

async function comeIn(visitor, { adobe, host }, person) {
  await visitor.adobeSignInPage.open(host);
  await visitor.adobeSignInPage.press(host);
  await visitor.page.getByRole('button', { name: person.email }).click();
}

story(stage, 'Somebody comes in, reads how people sign in, and is signed out at the provider as well', async (visitor, { shop, host }) => {
  const ann = await shop.hire(`ann-${visitor.words.language}`);
  const { adobeSignInPage, configurationPage, homePage, leavePage, signedOutPage } = visitor;
  await adobeSignInPage.open(host);
  await visitor.look('sign_in-openid');
  await comeIn(visitor, stage, ann);
  await homePage.welcomes(ann);
  await visitor.page.locator('dd', { hasText: host }).waitFor();
  await visitor.look('home-openid');
  await configurationPage.open();
  await configurationPage.tells('configuration-is_on_at', 'admin:adobe-ims:disable', { provider: host });
  await visitor.look('configuration-openid');
  await leavePage.holds(END_SESSION);
  await homePage.signOut();
  await leavePage.isShown();
  await visitor.look('leave-sign_out');
  await leavePage.goOn(END_SESSION);
  await signedOutPage.tells('signed_out-both', host);
  await visitor.look('signed_out-openid');
});

story(stage, 'Who signs out at the provider is signed out here', async (visitor, { shop, steering, host }) => {
  const ben = await shop.hire(`ben-${visitor.words.language}`, { firstName: 'Ben' });
  const { adobeSignInPage, homePage } = visitor;
  await comeIn(visitor, stage, ben);
  await homePage.welcomes(ben);
  await steering.signsOut(ben, shop);
  await visitor.leaving(() => visitor.link('account-title').click());
  await adobeSignInPage.isShown(host);
  await adobeSignInPage.tells('session_ended-signed_out_at_provider');
  await visitor.look('sign_in-openid-signed_out_there');
});

story(stage, 'A newcomer may look after the own account and leave', async (visitor, { host }) => {
  const { accountPage, deniedPage, homePage, sessionsPage, signedOutPage } = visitor;
  await comeIn(visitor, stage, { email: `new-${visitor.words.language}@example.com` });
  await deniedPage.isShown();
  assert.equal(await deniedPage.back.count(), 0, 'there is no overview to go back to');
  await visitor.look('denied-first_page');
  await visitor.leaving(() => visitor.link('account-title').click());
  await accountPage.isShown();
  await visitor.look('account-openid');
  await visitor.leaving(() => visitor.link('sessions-title').click());
  await sessionsPage.isShown();
  await homePage.signOut();
  await signedOutPage.tells('signed_out-both', host);
});

story(stage, 'A provider with a long name fits into the button', async (visitor, { shop, steering }) => {
  const { adobeSignInPage } = visitor;
  await shop.renameProvider(LONG);
  const { host } = new URL(LONG);
  // The server reads its configuration anew after a second.
  do {
    await visitor.open();
  } while (!await visitor.page.getByText(host).isVisible());
  await adobeSignInPage.isShown(host);
  await visitor.look('sign_in-openid-long');
  await shop.renameProvider(steering.issuer);
});
