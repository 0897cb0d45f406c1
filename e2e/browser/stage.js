// Where the stories of one file are played: a shop, a browser, and each story once in every
// language, with a visitor who has never been here.

import { chromium } from 'playwright-core';
import { after, before, test } from 'node:test';
import { Shop } from './shop.js';
import { Visitor } from './visitor.js';
import { EVERY_LANGUAGE } from './words.js';

const CHROMIUM = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--disable-gpu', '--disable-quic', '--disable-sync'],
};

/** A browser of one's own. */
export const launch = () => chromium.launch(CHROMIUM);

/** Sets the stage for the stories of a file; what else they need is made and closed with it. */
export function openStage(prepare = async () => {}, cleanUp = async () => {}, ofShop = {}) {
  const stage = {};
  before(async () => {
    stage.shop = await Shop.open(ofShop);
    stage.browser = await launch();
    await prepare(stage);
  });
  after(async () => {
    await cleanUp(stage);
    await stage.browser?.close();
    await stage.shop?.close();
  });
  return stage;
}

/** Tells a story in every language, or in those of `words`. */
export function story(stage, title, tell, { words = EVERY_LANGUAGE, ...visit } = {}) {
  for (const its of words) {
    test(`${title} [${its.language}]`, async () => {
      const visitor = await Visitor.arrive(stage.browser, stage.shop, its, visit);
      await tell(visitor, stage).catch((error) => visitor.saysWhere(error));
      await visitor.leave();
    });
  }
}

/** Only the first language: for what has nothing to do with words. */
export const ENGLISH = EVERY_LANGUAGE.slice(0, 1);
