// What was measured on what: a figure without these is worth nothing.

import { readFileSync } from 'node:fs';
import { cpus, release, type } from 'node:os';
import { call } from './calls.mjs';

/**
 * @typedef {object} Host
 * @property {string} system
 * @property {number} cores
 * @property {string} processor
 * @property {string} node
 */

/**
 * @typedef {object} WithBrowser
 * @property {string} browser
 * @property {string} adapter
 * @property {boolean} software
 * @property {Record<string, string>} versions ours and those of the peers
 *
 * @typedef {Host & WithBrowser} Machine
 */

const PEERS = ['@jax-js/jax', '@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-webgpu'];

/** The packages are pinned, so the versions that are asked for are those that ran. */
function versions() {
  const { version, devDependencies } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  );
  return { m3lab: version, ...Object.fromEntries(PEERS.map((name) => [name, devDependencies[name]])) };
}

/** @returns {Host} */
export function describeHost() {
  const processors = cpus();
  return {
    system: `${type()} ${release()}`,
    cores: processors.length,
    processor: processors[0]?.model.trim() ?? 'unknown',
    node: process.version,
  };
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
  return { browser: `Chromium ${browserVersion}`, ...adapter, ...describeHost(), versions: versions() };
}

/** @param {Host} host */
export function hostText({ system, cores, processor, node }) {
  return `Node ${node} · ${cores} cores (${processor}) · ${system}\n`;
}

/** @param {Machine} machine */
export function machineText({ browser, adapter, software, system, cores, processor, versions }) {
  const where = `${browser} · ${adapter}${software ? ' (software)' : ''} · ${cores} cores (${processor}) · ${system}`;
  const what = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `${where}\n${what.join(' · ')}\n`;
}
