// What is told of every OpenID provider alike: in on its own pages, showing there once more who one
// is, a new signing key, and who does not belong to the organization.

import assert from 'node:assert/strict';
import { ENGLISH, openStage, story } from '../stage.js';
import { CLIENT } from './relying_party.js';

export const KIM = somebody('kim', 'Kim Keeper', ['staff', 'shop-admins']);
const EVE = somebody('eve', 'Eve Elsewhere', ['staff']);

function somebody(login, name, groups) {
  const email = `${login}@example.com`;
  return { login, username: login, name, password: `the password of ${login}`, email, emailVerified: true, groups };
}

/** A shop where the provider is the way in for the group shop-admins. */
function openStageWith(Provider) {
  return openStage(async (stage) => {
    const { shop } = stage;
    const oauth = `${shop.address}/adobe_ims_auth/oauth`;
    stage.provider = await Provider.open({
      ...CLIENT,
      redirectUris: [`${oauth}/imscallback/`, `${oauth}/imsreauthcallback/`],
      postLogoutRedirectUris: [`${shop.address}/admin/auth/loggedout`],
      backchannelLogoutUri: `${oauth}/backchannellogout/`,
      people: [KIM, EVE],
    });
    await shop.hire(KIM.login, { firstName: 'Kim', lastName: 'Keeper' });
    await shop.hire(EVE.login, { firstName: 'Eve', lastName: 'Elsewhere' });
    await shop.run('admin:adobe-ims:enable', `--issuer=${stage.provider.process.issuer}`,
      '--organization-claim=groups', '--organization-id=shop-admins',
      '--scope=openid', '--scope=profile', '--scope=email', '--scope=groups',
      `--client-id=${CLIENT.clientId}`, '--client-secret=-', '--2fa=yes', ...Provider.options,
      { typed: `${CLIENT.clientSecret}\n` });
  }, ({ provider }) => provider?.process.close());
}

/** Kim comes in, by the provider's pages, and may have another name here than there. */
export async function comeIn(visitor, { provider }, fullName = KIM.name) {
  const { adobeSignInPage, homePage, page } = visitor;
  const { host } = new URL(provider.process.issuer);
  await adobeSignInPage.open(host);
  await adobeSignInPage.press(host);
  await provider.signIn(page, KIM);
  await homePage.welcomes({ fullName });
}

/** What is told of each. */
export function tellAbout(Provider) {
  const stage = openStageWith(Provider);

  story(stage, `Somebody comes in at ${Provider.title}, goes, and comes in again after its key has changed`, async (visitor, { provider }) => {
    const { adobeSignInPage, homePage, signedOutPage, page } = visitor;
    const { host } = new URL(provider.process.issuer);
    await comeIn(visitor, stage);
    await homePage.signOut();
    await provider.confirmSignOut(page);
    await signedOutPage.tells('signed_out-both', host);
    await provider.process.order('rotate'); // Nobody is on the way to it now.
    await signedOutPage.signInAgain();
    await adobeSignInPage.press(host);
    await provider.signIn(page, KIM);
    await homePage.welcomes({ fullName: KIM.name });
  }, { words: ENGLISH });

  story(stage, `Who is not of the organization is refused though ${Provider.title} knows them`, async (visitor, { provider }) => {
    const { adobeSignInPage, page } = visitor;
    const { host } = new URL(provider.process.issuer);
    await adobeSignInPage.open(host);
    await adobeSignInPage.press(host);
    await provider.signIn(page, EVE);
    await adobeSignInPage.refuses('trouble-not_member');
  }, { words: ENGLISH });
  return stage;
}

/** Of those that say in the ID token when somebody has signed in. */
export function tellOfConfirmation(stage, { title }) {
  story(stage, `Somebody shows at ${title} once more who they are`, async (visitor, { shop, provider }) => {
    const { accountPage, page } = visitor;
    await shop.forgetLastName(KIM);
    await comeIn(visitor, stage, 'Kim');
    await accountPage.open();
    await accountPage.lastName.fill('Keeper');
    await accountPage.confirmIdentity();
    await provider.signInAnew(page, KIM);
    await accountPage.isConfirmed();
    assert.equal(await accountPage.lastName.inputValue(), 'Keeper', 'what was typed came along');
    await accountPage.save();
    await accountPage.tells('account-saved');
  }, { words: ENGLISH });
}
