// Hands that use no mouse: every stop on the way has to be seen.

import assert from 'node:assert/strict';

/** More stops than any page has. */
const MOST_STOPS = 30;

/** Presses Tab until the focus is there. */
export async function tabTo(page, target) {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    await seen(page);
    if (await isFocused(target)) return;
  }
  assert.fail(`the Tab key does not lead to ${target}`);
}

/** The focus is there, and shows. */
export async function isAt(page, target) {
  // It comes with the next frame, and is the body's where nothing else has it.
  await target.and(page.locator(':focus, body:not(:has(:focus))')).waitFor();
  await seen(page);
}

function isFocused(target) {
  return target.evaluate((element) => element === document.activeElement);
}

async function seen(page) {
  const stop = await page.evaluate(() => {
    const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
    const isBare = outlineStyle === 'none' || parseFloat(outlineWidth) < 2;
    return isBare ? document.activeElement.outerHTML : '';
  });
  assert(stop === '' || stop.startsWith('<body'), `one cannot see where the focus is: ${stop}`);
}
