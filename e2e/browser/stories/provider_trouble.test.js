// What goes wrong between the button and the way in, and what people are told they can do about it.

import assert from 'node:assert/strict';
import { Adobe } from '../adobe.js';
import { ENGLISH, openStage, story } from '../stage.js';
import { Steering } from '../steering.js';
import { EVERY_LANGUAGE } from '../words.js';

const PEOPLE = EVERY_LANGUAGE.flatMap(({ language }) => [
  `ann-${language}@example.com`,
  `eve-${language}@example.com,member=no`,
  `ned-${language}@example.com`,
  `tia-${language}@example.com`,
]);

const stage = openStage(async (stage) => {
  stage.adobe = await Adobe.open(stage.shop, PEOPLE);
  stage.steering = await Steering.of(stage.shop);
  await stage.adobe.enable(stage.shop);
}, ({ adobe }) => adobe?.close());

/** Goes to Adobe and says there who one is. */
async function tryToComeIn(visitor, { adobe }, person) {
  await visitor.adobeSignInPage.open();
  await visitor.adobeSignInPage.press();
  await adobe.signIn(visitor, person);
}

story(stage, 'Adobe gives no answer, and whoever operates the shop reads what to type', async (visitor, { shop, steering }) => {
  const ann = await shop.hire(`ann-${visitor.words.language}`);
  const { adobeSignInPage, homePage, page } = visitor;
  await steering.breaks('/ims/token');
  await tryToComeIn(visitor, stage, ann);
  await adobeSignInPage.refuses('trouble-unreachable');
  await page.getByText(visitor.say('trouble-command')).waitFor();
  await page.getByText('bin/magento admin:adobe-ims:disable').waitFor();
  await visitor.look('trouble-unreachable');

  await steering.mends();
  await adobeSignInPage.press();
  await homePage.welcomes(ann);
});

story(stage, 'Who does not belong to the organization takes another account', async (visitor, { shop, adobe }) => {
  const { language } = visitor.words;
  const tia = await shop.hire(`tia-${language}`, { firstName: 'Tia' });
  const { adobeSignInPage, homePage } = visitor;
  await tryToComeIn(visitor, stage, { email: `eve-${language}@example.com` });
  await adobeSignInPage.refuses('trouble-not_member');
  await visitor.look('trouble-not_member');
  await visitor.link('adobe_sign_in-other_account').click();
  await adobe.signIn(visitor, tia);
  await homePage.welcomes(tia);
});

story(stage, 'Who has no account in this shop is told whom to ask', async (visitor) => {
  await tryToComeIn(visitor, stage, { email: `ned-${visitor.words.language}@example.com` });
  await visitor.adobeSignInPage.refuses('trouble-no_access');
  await visitor.look('trouble-no_access');
}, { words: ENGLISH });

story(stage, 'Who stays at Adobe for too long begins again', async (visitor, { shop, adobe }) => {
  const { adobeSignInPage, page } = visitor;
  await adobeSignInPage.open();
  await adobeSignInPage.press();
  await page.getByRole('heading', { name: 'Sign in with Adobe ID' }).waitFor();
  await shop.later({ minutes: 11 });
  await adobe.signIn(visitor, { email: `ann-${visitor.words.language}@example.com` });
  await adobeSignInPage.refuses('trouble-again');
  await visitor.look('trouble-again');
});

story(stage, 'Too many ways are begun from one address', async (visitor, { shop }) => {
  const { adobeSignInPage, page } = visitor;
  await adobeSignInPage.open();
  const address = `${shop.address}/admin/auth/adobe`;
  let answer;
  do {
    answer = await page.request.get(address, { maxRedirects: 0 });
  } while (answer.status() === 303);
  assert.equal(answer.status(), 429);
  await adobeSignInPage.press();
  await adobeSignInPage.refuses('trouble-too_many');
  await visitor.look('trouble-too_many');
  await shop.later({ minutes: 11 });
});

story(stage, 'Who comes back after the integration was switched off reads that passwords hold', async (visitor, { shop, adobe }) => {
  const { signInPage, adobeSignInPage, page } = visitor;
  await adobe.enable(shop);
  await adobeSignInPage.open();
  await adobeSignInPage.press();
  await page.getByRole('heading', { name: 'Sign in with Adobe ID' }).waitFor();
  await shop.run('admin:adobe-ims:disable');
  await adobe.signIn(visitor, { email: `ann-${visitor.words.language}@example.com` });
  await signInPage.tells('trouble-off');
  await visitor.look('trouble-off');
});
