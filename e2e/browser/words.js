// The sentences of locales/, as the program itself reads them: a story names the sentence that it
// expects, so it can be told in every language that there is.

import { FluentBundle, FluentResource } from '@fluent/bundle';
import { readFileSync, readdirSync } from 'node:fs';

const FOLDER = new URL('../../locales/', import.meta.url);

export class Words {
  #bundle;

  constructor(language) {
    this.language = language;
    this.#bundle = new FluentBundle(language, { useIsolating: false });
    const text = readFileSync(new URL(`${language}.ftl`, FOLDER), 'utf8');
    const errors = this.#bundle.addResource(new FluentResource(text));
    if (errors.length > 0) throw errors[0];
  }

  /** A sentence; asking for one that is not there is a mistake of the story. */
  say(key, values = {}) {
    const message = this.#bundle.getMessage(key);
    if (!message?.value) throw new Error(`${this.language}.ftl has no sentence ${key}`);
    const errors = [];
    const sentence = this.#bundle.formatPattern(message.value, values, errors);
    if (errors.length > 0) throw errors[0];
    return sentence;
  }
}

/** The words of every language, English first. */
export const EVERY_LANGUAGE = readdirSync(FOLDER)
  .map((name) => name.replace(/\.ftl$/, ''))
  .sort((one, other) => (other === 'en') - (one === 'en') || one.localeCompare(other))
  .map((language) => new Words(language));
