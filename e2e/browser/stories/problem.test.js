// What does not work says so in plain words.

import { openStage, story } from '../stage.js';

const stage = openStage();

story(stage, 'A mistyped address leads to a page that leads back', async (visitor) => {
  await visitor.open('/admin/nothing');
  await visitor.heading('problem-not_found').waitFor();
  await visitor.look('problem-not_found');
  await visitor.leaving(() => visitor.link('problem-back').click());
  await visitor.signInPage.isShown();
});
