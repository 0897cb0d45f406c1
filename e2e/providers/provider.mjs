// What every provider here has in common. It is started with its task as its one argument, says on
// standard output where it is once it answers, and then does what is written to it, one word a line.
// When its standard input closes it ends, so that none outlives the test that started it.

import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

/**
 * What a test wants: `clientId`, `clientSecret`, `redirectUris`, `postLogoutRedirectUris`, perhaps
 * `backchannelLogoutUri`, and `people`, each with `login`, `password`, `name`, `email`,
 * `emailVerified` and `groups`.
 */
export function task() {
  return JSON.parse(process.argv[2]);
}

/** A port that nobody uses at this moment. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Says where it is, obeys `orders`, functions by their words, and calls `end` at the last. */
export async function serve(issuer, orders, end) {
  console.log(`listening at ${issuer}`);
  for await (const word of createInterface(process.stdin)) {
    await orders[word]();
    console.log(`done: ${word}`);
  }
  await end();
}
