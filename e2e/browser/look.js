// One careful look at a page as it stands: by everybody it is made for, in every way of showing it.
// A picture of each is kept, for people to judge what no program can.

import assert from 'node:assert/strict';
import axe from 'axe-core';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PICTURES = process.env.SCREENSHOTS ??
  fileURLToPath(new URL('../../target/screenshots', import.meta.url));

/** The heaviest that a page may be with all it loads, in bytes. */
const HEAVIEST = 50_000;

/** How high what is pressed must be, in pixels, for every finger. */
const LOWEST = 44;

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const SCREEN = { media: 'screen', colorScheme: 'light', forcedColors: 'none' };
const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 320, height: 640 };

const VARIANTS = [
  { name: 'dark', size: WIDE, media: { ...SCREEN, colorScheme: 'dark' } },
  { name: 'forced-colours', size: WIDE, media: { ...SCREEN, forcedColors: 'active' } },
  { name: 'narrow', size: NARROW, media: SCREEN },
  { name: 'print', size: { width: 794, height: 1123 }, media: { ...SCREEN, media: 'print' } },
  // The last is how the story goes on.
  { name: 'light', size: WIDE, media: SCREEN },
];

/** What other words can change: they are longer or shorter. */
const OF_WORDS = VARIANTS.filter(({ name }) => ['narrow', 'light'].includes(name));

/** Looks at the page, which `name` tells from the other states: in every way, or as other words need. */
export async function look(page, name, { isTranslation }) {
  mkdirSync(PICTURES, { recursive: true });
  await page.evaluate(axe.source);
  for (const { name: variant, size, media } of isTranslation ? OF_WORDS : VARIANTS) {
    await page.setViewportSize(size);
    await page.emulateMedia(media);
    assert.deepEqual(await overflowing(page), [], `${name}, ${variant}: wider than the window`);
    assert.deepEqual(await low(page), [], `${name}, ${variant}: too small to press`);
    assert.deepEqual(await barriers(page), [], `${name}, ${variant}: not for everybody`);
    await page.screenshot({ path: join(PICTURES, `${name}-${variant}.png`), fullPage: true });
  }
  const weight = await page.evaluate(weigh);
  assert(weight > 0 && weight < HEAVIEST, `${name}: ${weight} bytes`);
}

/** What reaches out of the window to the sides. */
function overflowing(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const reachesOut = (element) => {
      const { left, right, width: own } = element.getBoundingClientRect();
      return own > 0 && (left < -0.5 || right > width + 0.5);
    };
    return [...document.querySelectorAll('body *')].filter(reachesOut).map((it) => it.outerHTML);
  });
}

/** Links that stand for a button, and are not as high as one. */
function low(page) {
  return page.evaluate((lowest) => {
    const isLow = ({ offsetHeight }) => offsetHeight > 0 && offsetHeight < lowest;
    return [...document.querySelectorAll('a.button')].filter(isLow).map((it) => it.outerHTML);
  }, LOWEST);
}

/** What axe-core finds, one line each. */
async function barriers(page) {
  const { violations } = await page.evaluate(
    (tags) => globalThis.axe.run({ runOnly: { type: 'tag', values: tags } }), RULES);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html}: ${failureSummary}`));
}

/** The page and all it loaded, in bytes, as they are before compression. Runs in the page. */
function weigh() {
  const loaded = ['navigation', 'resource'].flatMap((type) => performance.getEntriesByType(type));
  return loaded.reduce((sum, { decodedBodySize }) => sum + decodedBodySize, 0);
}
