/**
 * What every command of this folder needs first: the right Node, the packages, and where the software GPU lies.
 * Nothing here but Node's own modules, because it runs before anything is installed.
 */

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findSwiftShader } from './chromium.mjs';

/** The folder that holds package.json. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

const OLDEST_NODE = [20, 19];

/** A step of the set-up that a person has to help with; the message says how. */
export class SetupError extends Error {
  /** @override */
  name = 'SetupError';
}

/** Throws a {@link SetupError} when this Node is too old. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new SetupError(
    `This is Node ${process.versions.node}; M³ Lab needs ${OLDEST_NODE.join('.')} or newer. ` +
      'Get one at https://nodejs.org or with your version manager (`nvm install 22`), then run the command again.',
  );
}

/**
 * Whether the installed packages are those of the lock file. They are compared by content: the times of files say
 * nothing after a clone or a copy.
 */
function packagesAreInstalled() {
  const installedPath = join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(installedPath)) return false;
  /** @param {string} path @returns {Record<string, {version?: string, integrity?: string, optional?: boolean}>} */
  const read = (path) => JSON.parse(readFileSync(path, 'utf8')).packages;
  const wanted = read(join(ROOT, 'package-lock.json'));
  const installed = read(installedPath);
  for (const [path, { version, integrity, optional }] of Object.entries(wanted)) {
    if (path === '') continue;
    const found = installed[path];
    // Optional packages are builds for other platforms: npm leaves out those that do not fit this one.
    if (!found && optional) continue;
    if (found?.version !== version || found?.integrity !== integrity) return false;
    if (!existsSync(join(ROOT, path, 'package.json'))) return false;
  }
  return true;
}

/** How to call npm: the one that runs this script where there is one, else the one on the path. */
function npmCommand() {
  const npm = process.env.npm_execpath;
  if (npm?.endsWith('.js') && existsSync(npm))
    return { command: process.execPath, before: [npm], shell: false };
  // On Windows npm is a batch file, which only a shell can start.
  return { command: 'npm', before: [], shell: process.platform === 'win32' };
}

/** Installs the packages of the lock file when they are missing or other ones. Throws a {@link SetupError}. */
export function installPackages() {
  if (packagesAreInstalled()) return;
  say('Installing packages (npm ci)…');
  const { command, before, shell } = npmCommand();
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  const { status, error } = spawnSync(command, [...before, 'ci', ...quiet], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell,
    // A test's client brings ONNX Runtime for Node along; it runs on the processor, and needs no CUDA libraries fetched from elsewhere.
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' },
  });
  if (status === 0) return;
  throw new SetupError(
    `npm ci ended with ${error ? error.message : `exit code ${status}`}; its own words stand above. Where it could not ` +
      'reach the registry, check the network (or the proxy that npm is told of), then run the command again.',
  );
}

/** Absolute path of the script behind a package's command. @param {string} name @param {string} [command] */
export function packageBin(name, command = name) {
  const manifestPath = join(ROOT, 'node_modules', name, 'package.json');
  /** @type {{bin: string | Record<string, string>}} */
  const { bin } = createRequire(import.meta.url)(manifestPath);
  const script = typeof bin === 'string' ? bin : bin[command];
  if (script === undefined) throw new SetupError(`the package ${name} has no command ${command}; run npm ci`);
  return join(dirname(manifestPath), script);
}

/** Programs started by {@link run} that are still at work. @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/** The exit code that a signal asked for, once one came. @type {number | undefined} */
let interrupted;

/**
 * Runs a Node script in the project's folder with this terminal, and gives its exit code. After a signal to this
 * command it never returns: nothing that would have come next is begun.
 * @param {string} script @param {readonly string[]} parameters @returns {Promise<number>}
 */
export function run(script, parameters) {
  const child = spawn(process.execPath, [script, ...parameters], { cwd: ROOT, stdio: 'inherit' });
  running.add(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      running.delete(child);
      if (interrupted !== undefined) process.exit(interrupted);
      resolve(code ?? 1);
    });
  });
}

/**
 * Lets Vulkan, and so Dawn in Node, see the SwiftShader that a Chromium on this machine carries and no other driver, in
 * this process and its children; `openDawn` sees to the loader. Leaves everything as it is when
 * `M3LAB_ADAPTER=hardware` asks for the real adapter, or when `VK_ICD_FILENAMES` is set already.
 */
export function useSoftwareAdapter() {
  if (process.env.M3LAB_ADAPTER === 'hardware' || process.platform !== 'linux') return;
  const found = findSwiftShader();
  if (found) process.env.VK_ICD_FILENAMES ??= found.icd;
}

/** Words for the person at the terminal, apart from what a program may read. @param {string} words */
export function say(words) {
  process.stderr.write(`${words}\n`);
}

/**
 * Runs a command of this folder to its exit code; a {@link SetupError} becomes words and exit code 1. A signal ends
 * the program at work first, which a terminal tells of Ctrl-C by itself, and then the command (130 or 143).
 * @param {() => Promise<number>} command
 */
export async function main(command) {
  for (const [signal, code] of /** @type {const} */ ([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])) {
    process.on(signal, () => {
      interrupted = code;
      if (running.size === 0) process.exit(code);
      if (signal === 'SIGTERM') for (const child of running) child.kill(signal);
    });
  }
  try {
    requireNode();
    process.exitCode = await command();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}
