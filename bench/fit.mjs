// How long fits take. Needs no browser: laws are plain TypeScript, built here for Node as the command line is.

import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import { median } from './statistics.mjs';
import { milliseconds, range } from './tables.mjs';

/** @typedef {import('./fit/cases.ts').Case} Case */
/** @typedef {import('./tables.mjs').Table} Table */

/**
 * @typedef {object} FitResult
 * @property {string} name
 * @property {number} limitMs
 * @property {readonly number[]} times milliseconds, a round each
 * @property {string} reached
 * @property {boolean} agreed whether every round ended where it had to
 */

const CASES = fileURLToPath(new URL('./fit/cases.ts', import.meta.url));
const OUT = fileURLToPath(new URL('../dist/bench-fit', import.meta.url));

/** @returns {Promise<readonly Case[]>} */
async function loadCases() {
  await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: CASES,
      outDir: OUT,
      emptyOutDir: true,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'cases.js' } },
    },
  });
  const { fitCases } = await import(pathToFileURL(`${OUT}/cases.js`).href);
  return fitCases();
}

/**
 * @param {{ readonly rounds: number }} options
 * @returns {Promise<readonly FitResult[]>}
 */
export async function benchFits({ rounds }) {
  const cases = await loadCases();
  const results = cases.map(({ name, limitMs }) => {
    return { name, limitMs, times: /** @type {number[]} */ ([]), reached: '', agreed: true };
  });
  for (let round = 0; round < rounds; round++) {
    for (const [index, { mostRounds, time }] of cases.entries()) {
      const result = results[index];
      if (result === undefined || round >= mostRounds) continue;
      const { ms, reached, agreed } = await time();
      result.times.push(ms);
      result.reached = reached;
      result.agreed &&= agreed;
    }
  }
  return results;
}

/**
 * @param {readonly FitResult[]} results
 * @returns {Table}
 */
export function fitsTable(results) {
  return {
    title:
      'Fits, one thread: milliseconds (median, and range over the rounds), and what they may take on two ordinary cores',
    head: ['', 'ms', 'range', 'may take', 'reached'],
    rows: results.map(({ name, times, limitMs, reached, agreed }) => [
      agreed ? name : `${name}: NOT the bottom`,
      milliseconds(median(times)),
      times.length > 1 ? range(times) : '',
      median(times) > limitMs ? `${limitMs}: TOO SLOW` : `${limitMs}`,
      reached,
    ]),
  };
}
