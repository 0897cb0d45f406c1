// The evening on which Adobe's sign-in is down: a command in a second terminal, and the next click
// asks for a password again.

import { Adobe } from '../adobe.js';
import { openStage, story } from '../stage.js';

const stage = openStage(async (stage) => {
  stage.adobe = await Adobe.open(stage.shop);
}, ({ adobe }) => adobe?.close());

story(stage, 'The integration is switched off while somebody stands at the door', async (visitor, { shop, adobe }) => {
  const ann = await shop.hire(`ann-${visitor.words.language}`);
  const { signInPage, adobeSignInPage, homePage } = visitor;
  await adobe.enable(shop);
  await visitor.open();
  await adobeSignInPage.isShown();
  await visitor.look('sign_in-adobe');
  await adobeSignInPage.press();
  await adobeSignInPage.pointsElsewhere();
  await visitor.look('sign_in-adobe-elsewhere');

  await shop.run('admin:adobe-ims:disable');
  await visitor.leaving(() => visitor.link('adobe_sign_in-back').click());
  await signInPage.isShown();
  await signInPage.signIn(ann.username, ann.password);
  await homePage.welcomes(ann);
});

story(stage, 'A form that is open while the integration is switched on takes no password', async (visitor, { shop, adobe }) => {
  const ben = await shop.hire(`ben-${visitor.words.language}`, { firstName: 'Ben' });
  const { signInPage, adobeSignInPage } = visitor;
  await signInPage.open();
  await adobe.enable(shop);
  await signInPage.signIn(ben.username, ben.password);
  await adobeSignInPage.isShown();
  await visitor.page.getByRole('alert').getByText(visitor.say('adobe_sign_in-use')).waitFor();
  await visitor.look('sign_in-adobe-refused');
  await shop.run('admin:adobe-ims:disable');
});
