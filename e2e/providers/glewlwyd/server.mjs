// Glewlwyd, from Debian's package, with a database and settings of its own in a folder that goes
// with it, set up through its administration as an operator would. Orders: `rotate` gives it a new
// signing key, of which the old one stays published.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort, serve, task } from '../provider.mjs';
import { Administration } from './administration.mjs';
import { layOut } from './folder.mjs';

const PATIENCE_MS = 15_000;

const folder = mkdtempSync(join(tmpdir(), 'glewlwyd-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const port = await freePort();
const settings = layOut(folder, port);
// Into a pipe it would keep its log back until much has come together.
const command = ['-oL', 'glewlwyd', `--config-file=${settings}`];
const server = spawn('stdbuf', command, { stdio: ['ignore', 'pipe', 'inherit'] });
process.on('exit', () => server.kill('SIGKILL'));
await isReady();

const administration = await Administration.open(`http://127.0.0.1:${port}`);
await administration.setUp(task());
await serve(administration.issuer, { rotate: () => administration.rotate() }, async () => {
  server.kill();
  await once(server, 'exit');
});

/** Waits for the line in its log that says so; what it says later is passed on. */
async function isReady() {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  let isStarted = false;
  for await (const line of createInterface({ input: server.stdout, signal })) {
    isStarted = line.includes('Glewlwyd started');
    if (isStarted) break;
  }
  assert(isStarted, 'glewlwyd did not start');
  server.stdout.pipe(process.stderr);
}
