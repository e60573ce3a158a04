// `npm run bench`: our engine beside two peers, in one Chromium on one adapter; and how long fits take, in Node.
//
// Everything is timed in rounds: everyone in turn, the order turned round by round, because only interleaved figures can be
// compared on a machine that does other things as well. Nothing is timed before it is shown to do the same work; where it
// does not, the exit code is 1.

import { writeFileSync } from 'node:fs';
import { ensureBrowser } from '../scripts/browser.mjs';
import { openBenchPage } from './browser.mjs';
import { call } from './calls.mjs';
import { benchFits, fitsTable } from './fit.mjs';
import { benchFleet, fleetsTable, timedRunSteps } from './fleets.mjs';
import { describeHost, describeMachine, hostText, machineText } from './machine.mjs';
import { benchProduct, matmulTable, timedProducts } from './matmul.mjs';
import { needsBrowser, readOptions, sizesOfSteps, USAGE, UsageError } from './options.mjs';
import { benchSteps, timedSteps } from './steps.mjs';
import { markdownOf, textOf } from './tables.mjs';

/** @typedef {import('./options.mjs').Options} Options */
/** @typedef {import('./tables.mjs').Table} Table */
/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ software: boolean, show: (table: Table) => void }} Setting */

/** @param {Page} page @param {Options} options @param {Setting} setting */
async function runSteps(page, options, { software, show }) {
  const results = [];
  for (const size of sizesOfSteps(options, software)) {
    const steps = options.steps ?? timedSteps(size, software);
    results.push(await benchSteps(page, size, { ...options, steps }, show));
  }
  return results;
}

/** @param {Page} page @param {Options} options @param {Setting} setting */
async function runFleets(page, options, { software, show }) {
  const results = [];
  for (const runs of options.runs) {
    const steps = options.steps ?? timedRunSteps(runs, software);
    results.push(await benchFleet(page, runs, { ...options, steps }));
  }
  show(fleetsTable(results));
  return results;
}

/** @param {Page} page @param {Options} options @param {Setting} setting */
async function runMatmul(page, options, { software, show }) {
  const results = [];
  for (const size of options.sizes ?? /** @type {const} */ (['A', 'B'])) {
    const ofSize = [];
    for (const product of await call(page, 'products', size)) {
      const times = timedProducts(product.flops, software);
      ofSize.push(await benchProduct(page, product, { ...options, times }));
    }
    show(matmulTable(size, ofSize, options.trainers));
    results.push(...ofSize.map((result) => ({ size, ...result })));
  }
  return results;
}

/** @param {Options} options @param {(table: Table) => void} show */
async function runFits(options, show) {
  const results = await benchFits(options);
  show(fitsTable(results));
  return results;
}

/** @typedef {{ agreed: boolean }} Result */

/**
 * The parts that a page measures.
 *
 * @param {Options} options
 * @param {(table: Table) => void} show
 * @returns {Promise<{ machine: import('./machine.mjs').Machine, parts: Record<string, Result[]> }>}
 */
async function runInBrowser(options, show) {
  await ensureBrowser();
  const { page, version, close } = await openBenchPage();
  try {
    const machine = await describeMachine(page, version);
    console.log(machineText(machine));
    await call(page, 'configure', { tuning: options.tuning });
    /** @type {Setting} */
    const setting = { software: machine.software, show };
    // A size that the adapter is too slow for is refused before anything is timed.
    if (options.parts.includes('steps')) sizesOfSteps(options, machine.software);
    /** @type {Record<string, Result[]>} */
    const parts = {};
    for (const part of options.parts) {
      if (part === 'fit') continue;
      const run = { steps: runSteps, fleets: runFleets, matmul: runMatmul }[part];
      parts[part] = await run(page, options, setting);
    }
    return { machine, parts };
  } finally {
    await close();
  }
}

/** @param {string[]} argv */
async function main(argv) {
  const options = readOptions(argv);
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  const command = ['npm run bench', ...(argv.length > 0 ? ['--', ...argv] : [])].join(' ');
  console.log(command);
  const render = options.markdown ? markdownOf : textOf;
  /** @param {Table} table */
  const show = (table) => console.log(render(table));
  const inBrowser = needsBrowser(options) ? await runInBrowser(options, show) : null;
  const host = describeHost();
  if (inBrowser === null) console.log(hostText(host));
  /** @type {Record<string, readonly Result[]>} */
  const parts = { ...inBrowser?.parts };
  if (options.parts.includes('fit')) parts.fit = await runFits(options, show);
  const figures = { command, machine: inBrowser?.machine ?? host, ...parts };
  if (options.json !== null) writeFileSync(options.json, `${JSON.stringify(figures, null, 2)}\n`);
  return Object.values(parts)
    .flat()
    .every(({ agreed }) => agreed)
    ? 0
    : 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const usage = error instanceof UsageError;
  console.error(error instanceof Error ? error.message : error);
  if (usage) console.error(USAGE);
  process.exitCode = usage ? 2 : 1;
}
