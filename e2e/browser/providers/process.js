// A provider that nobody here wrote, as a process of its own: the `server` in `e2e/providers/NAME`.
// What it complains about stays in `target/servers/NAME.log`.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const LOGS = fileURLToPath(new URL('../../../target/servers', import.meta.url));

export class ProviderProcess {
  #process;
  #lines;

  /** Starts it with a task, see `e2e/providers/provider.mjs`, and waits until it answers. */
  static async open(name, task) {
    const provider = new ProviderProcess();
    const [program, file] = command(name);
    provider.#process = spawn(program, [file, JSON.stringify(task)], {
      stdio: ['pipe', 'pipe', log(name)],
    });
    provider.#lines = createInterface(provider.#process.stdout)[Symbol.asyncIterator]();
    provider.issuer = (await provider.#line()).match(/^listening at (\S+)$/)[1];
    return provider;
  }

  /** Lets it do something that it knows the word for. */
  async order(word) {
    this.#process.stdin.write(`${word}\n`);
    assert.equal(await this.#line(), `done: ${word}`);
  }

  /** Presses a button of its pages where there is one, and not where they lead on without. */
  async pressIfAsked(page, button) {
    const { origin } = new URL(this.issuer);
    const hasLeft = page.waitForURL((url) => url.origin !== origin).then(() => true);
    const isAsked = button.waitFor().then(() => false);
    if (!await Promise.race([hasLeft, isAsked])) await button.click();
  }

  /** Lets it clean up after itself. */
  async close() {
    const ended = once(this.#process, 'exit');
    this.#process.stdin.end();
    await ended;
  }

  /** What it says next; a package may say things of its own in between. */
  async #line() {
    for (;;) {
      const { value, done } = await this.#lines.next();
      assert(!done, 'the provider has ended');
      if (/^(listening at|done:) /.test(value)) return value;
    }
  }
}

/** What is in Python has its packages in an environment of its own. */
function command(name) {
  const folder = fileURLToPath(new URL(`../../providers/${name}`, import.meta.url));
  const inPython = join(folder, 'server.py');
  return existsSync(inPython)
    ? [join(folder, 'venv/bin/python'), inPython]
    : [process.execPath, join(folder, 'server.mjs')];
}

function log(name) {
  mkdirSync(LOGS, { recursive: true });
  return openSync(join(LOGS, `${name}.log`), 'a');
}
