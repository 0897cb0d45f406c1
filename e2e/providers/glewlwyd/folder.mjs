// What Glewlwyd finds when it starts: an empty database with the tables of its package, a copy of
// its pages (the package leaves their settings to the operator), and its own settings.

import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGES = '/usr/share/glewlwyd/webapp';
const PAGES_SETTINGS = '/usr/share/glewlwyd/templates/config.json';
const TABLES = '/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3';
const PACKAGED_SETTINGS = '/etc/glewlwyd/glewlwyd.conf';

/** Returns the file of settings to start it with. */
export function layOut(folder, port) {
  const pages = join(folder, 'pages');
  cpSync(PAGES, pages, { recursive: true, dereference: true });
  rmSync(join(pages, 'config.json'), { recursive: true, force: true });
  cpSync(PAGES_SETTINGS, join(pages, 'config.json'));

  const database = join(folder, 'database');
  execFileSync('sqlite3', [database], { input: readFileSync(TABLES) });

  const file = join(folder, 'glewlwyd.conf');
  writeFileSync(file, settings({
    port: String(port),
    bind_address: '"127.0.0.1"',
    external_url: `"http://127.0.0.1:${port}"`,
    static_files_path: `"${pages}/"`,
    log_mode: '"console"',
    cookie_same_site: '"lax"',
    database: `{ type = "sqlite3"; path = "${database}"; }`,
  }));
  return file;
}

/** The package's own settings with some of them replaced. */
function settings(replaced) {
  const isReplaced = (line) => /^(\w+) *=/.exec(line)?.[1] in replaced;
  const lines = readFileSync(PACKAGED_SETTINGS, 'utf8').split('\n');
  const kept = lines.filter((line) => !line.startsWith('@include') && !isReplaced(line));
  return [...kept, ...Object.entries(replaced).map(([name, value]) => `${name} = ${value}`), ''].join('\n');
}
