// What was measured on what: a figure without these is worth nothing.

import { readFileSync } from 'node:fs';
import { cpus, release, type } from 'node:os';
import { call } from './calls.mjs';

/**
 * @typedef {object} Machine
 * @property {string} browser
 * @property {string} adapter
 * @property {boolean} software
 * @property {string} system
 * @property {number} cores
 * @property {string} processor
 * @property {Record<string, string>} versions ours and those of the peers
 */

const PEERS = ['@jax-js/jax', '@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-webgpu'];

/** The packages are pinned, so the versions that are asked for are those that ran. */
function versions() {
  const { version, devDependencies } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  );
  return { m3lab: version, ...Object.fromEntries(PEERS.map((name) => [name, devDependencies[name]])) };
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} browserVersion
 * @returns {Promise<Machine>}
 * @throws {Error} when the browser has no WebGPU
 */
export async function describeMachine(page, browserVersion) {
  const adapter = await call(page, 'machine');
  if (!adapter) throw new Error('this Chromium has no WebGPU adapter');
  const processors = cpus();
  return {
    browser: `Chromium ${browserVersion}`,
    ...adapter,
    system: `${type()} ${release()}`,
    cores: processors.length,
    processor: processors[0]?.model.trim() ?? 'unknown',
    versions: versions(),
  };
}

/** @param {Machine} machine */
export function machineText({ browser, adapter, software, system, cores, processor, versions }) {
  const where = `${browser} · ${adapter}${software ? ' (software)' : ''} · ${cores} cores (${processor}) · ${system}`;
  const what = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `${where}\n${what.join(' · ')}\n`;
}
