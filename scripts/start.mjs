/**
 * `npm start`: installs what is missing, builds the page, serves it on this machine and opens it.
 * `npm start -- --port N` begins at another port; `--no-open` opens no browser.
 */

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
// As a whole: a Node too old for `parseArgs` should get as far as our words about it.
import util from 'node:util';
import { installPackages, main, ROOT, SetupError, say } from './setup.mjs';

const USUAL_PORT = 4173;
const LONGEST_FAREWELL_MS = 1000;
const HIGHEST_PORT = 65_535;
const USAGE = 'npm start [-- [--port N] [--no-open]]';

/** @returns {{port: number, open: boolean}} */
function readOptions() {
  /** @type {{port?: string, 'no-open'?: boolean, help?: boolean}} */
  let values;
  try {
    ({ values } = util.parseArgs({
      options: { port: { type: 'string' }, 'no-open': { type: 'boolean' }, help: { type: 'boolean' } },
    }));
  } catch (error) {
    throw new SetupError(`${error instanceof Error ? error.message : error}\nUsage: ${USAGE}`);
  }
  if (values.help) throw new SetupError(`Usage: ${USAGE}`);
  const port = Number(values.port ?? USUAL_PORT);
  if (!Number.isInteger(port) || port < 1 || port > HIGHEST_PORT) {
    throw new SetupError(
      `--port ${values.port} is not a whole number from 1 to ${HIGHEST_PORT}.\nUsage: ${USAGE}`,
    );
  }
  return { port, open: !values['no-open'] };
}

/** @param {string} name whether a program of that name is on the path */
function isOnPath(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));
}

/** Asks the desktop to show `address`; does nothing where there is no desktop. @param {string} address */
function openInBrowser(address) {
  /** @type {[string, string[]] | undefined} */
  let opener;
  if (process.platform === 'darwin') opener = ['open', [address]];
  else if (process.platform === 'win32') opener = ['cmd', ['/c', 'start', '', address]];
  else if ((process.env.DISPLAY || process.env.WAYLAND_DISPLAY) && isOnPath('xdg-open')) {
    opener = ['xdg-open', [address]];
  }
  if (!opener) return;
  const child = spawn(...opener, { stdio: 'ignore', detached: true });
  // The address stands in the terminal already: a desktop that opens nothing is no failure of ours.
  child.once('error', () => {});
  child.unref();
}

await main(async () => {
  const options = readOptions();
  installPackages();
  // Vite can be imported only now: it may just have been installed.
  const { build, preview } = await import('vite');
  say('Building the page…');
  await build({ root: ROOT, logLevel: 'warn' });
  const server = await preview({
    root: ROOT,
    logLevel: 'warn',
    preview: { port: options.port, strictPort: false, open: false },
  });
  const address = server.resolvedUrls?.local[0];
  if (address === undefined) throw new SetupError('The server has no address on this machine; try --port N.');
  if (!address.includes(`:${options.port}/`)) say(`Port ${options.port} is taken; the next free one serves.`);
  say(`\nM³ Lab is at ${address}\nCtrl-C ends it.`);
  if (options.open) openInBrowser(address);
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) {
      process.removeAllListeners(signal);
      process.once(signal, () => {
        say('\nGood-bye.');
        // A browser may hold its connection open for long; the server would wait for it.
        setTimeout(() => process.exit(0), LONGEST_FAREWELL_MS).unref();
        void server.close().finally(() => resolve(0));
      });
    }
  });
});
