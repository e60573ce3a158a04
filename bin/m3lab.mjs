#!/usr/bin/env node
// The command line from a clone: installs and builds what is missing or out of date, says so on stderr, and runs it.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const built = join(root, 'dist', 'cli', 'main.js');
const sources = ['src', 'shaders', 'corpora', 'scripts/chromium.mjs', 'package.json', 'vite.cli.config.ts'];

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`Node ${process.versions.node} is too old; m3lab needs 20.19 or newer`);
}
if (!existsSync(join(root, 'node_modules', 'vite'))) install();
if (!existsSync(built) || newest(sources.map((path) => join(root, path))) > statSync(built).mtimeMs) build();
await import(pathToFileURL(built).href);

function install() {
  process.stderr.write('m3lab: installing what it needs (npm ci), once …\n');
  // What npm says must not get into the output of the command.
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', process.stderr, process.stderr],
    shell: process.platform === 'win32',
    // As scripts/setup.mjs: no CUDA libraries for a test's client.
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' },
  });
  if (npm.status !== 0) fail('npm ci failed; see above');
}

// Built aside and moved, so that two commands started at once do not read each other's halves.
function build() {
  const folder = join(root, 'dist', `cli-${process.pid}`);
  mkdirSync(dirname(folder), { recursive: true });
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const args = [vite, 'build', '--config', 'vite.cli.config.ts', '--outDir', folder, '--logLevel', 'error'];
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', process.stderr, process.stderr],
  });
  if (status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    fail('the command line could not be built; see above');
  }
  rmSync(dirname(built), { recursive: true, force: true });
  try {
    renameSync(folder, dirname(built));
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    // Another command was quicker, with the same sources.
    if (!existsSync(built)) throw error;
  }
}

/**
 * Time of the newest file among `paths` and all that lies under them, in milliseconds.
 *
 * @param {string[]} paths
 * @returns {number}
 */
function newest(paths) {
  let time = 0;
  for (const path of paths) {
    const facts = statSync(path, { throwIfNoEntry: false });
    if (!facts) continue;
    time = Math.max(time, facts.mtimeMs);
    if (facts.isDirectory()) time = Math.max(time, newest(readdirSync(path).map((name) => join(path, name))));
  }
  return time;
}

/**
 * @param {string} words
 * @returns {never}
 */
function fail(words) {
  process.stderr.write(`m3lab: ${words}\n`);
  process.exit(1);
}
