/** Makes sure that this machine has a Chromium with WebGPU: the one that is there, Playwright's, or the system's. */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findChromium, findSwiftShader } from './chromium.mjs';
import { packageBin, run, SetupError, say } from './setup.mjs';

/** Debian's name. Ubuntu's `chromium-browser` is a snap, whose browser a test cannot start. */
const SYSTEM_PACKAGE = 'chromium';

const isRoot = () => process.getuid?.() === 0;

/**
 * The words that start a program as root without a question, or undefined where that cannot be.
 * @returns {string[] | undefined}
 */
function asRoot() {
  if (isRoot()) return [];
  const { status } = spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' });
  return status === 0 ? ['sudo', '-n'] : undefined;
}

/** Runs a program of the system; whether it did its work shows in what can be found afterwards. @param {string[]} words */
function runSystem(words) {
  const [command = '', ...parameters] = words;
  spawnSync(command, parameters, { stdio: ['ignore', 'inherit', 'inherit'] });
}

/** The system's Chromium, where the system is one of apt and lets us. */
function installSystemChromium() {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) return;
  const root = asRoot();
  if (!root) {
    say('The system installs packages for root only, and this user is not root without a password.');
    return;
  }
  // By `env`, since sudo hands no variables on.
  const apt = [...root, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq'];
  runSystem([...apt, 'update']);
  runSystem([...apt, 'install', '-y', '--no-install-recommends', SYSTEM_PACKAGE]);
}

/** Playwright's Chromium, and the libraries of the system that it needs where we may install them. */
async function installPlaywrightChromium() {
  const playwright = packageBin('playwright-core');
  // Not the headless shell, which Playwright prefers for headless work: that build has no WebGPU.
  if ((await run(playwright, ['install', 'chromium', '--no-shell'])) !== 0) return;
  if (!usableChromium() && process.platform === 'linux' && asRoot()) {
    await run(playwright, ['install-deps', 'chromium']);
  }
}

/** Whether `executable` starts at all: a browser without its libraries lies on the disk and is of no use. */
function starts(/** @type {string} */ executable) {
  // On Windows a browser prints no version and opens a window instead.
  if (process.platform === 'win32') return true;
  return spawnSync(executable, ['--version'], { stdio: 'ignore', timeout: 60_000 }).status === 0;
}

/** A Chromium that starts and, on Linux, carries the software adapter that the tests run on. */
function usableChromium() {
  const found = findChromium();
  if (!found || !starts(found.executable)) return undefined;
  const needsSwiftShader = process.platform === 'linux' && process.env.M3LAB_ADAPTER !== 'hardware';
  return needsSwiftShader && !findSwiftShader() ? undefined : found;
}

/** Path of a usable Chromium, installing one where there is none. Throws a {@link SetupError} when all ways fail. */
export async function ensureBrowser() {
  const found = usableChromium();
  if (found) return found.executable;
  for (const { words, install } of [
    {
      words: 'No Chromium that will do: installing the one of Playwright…',
      install: installPlaywrightChromium,
    },
    { words: 'Still none: installing the one of the system…', install: installSystemChromium },
  ]) {
    say(words);
    await install();
    const installed = usableChromium();
    if (installed) return installed.executable;
  }
  throw new SetupError(
    'There is no Chromium that the tests can use, and none could be installed. Tried: a browser on this machine, ' +
      '`npx playwright-core install chromium`, and the package of the system. Install Chromium or Chrome by hand ' +
      '(Debian: `sudo apt-get install chromium`), then run the command again.',
  );
}
