// Fleets: M runs side by side, beside the same M runs as single ones in turns. Ours alone: no peer trains fleets.
//
// First every run of the fleet must show the losses of the single run to the bit; if one does not, no time is taken.

import { call, refuseGpuErrors } from './calls.mjs';
import { largestDifference, median, rotate } from './statistics.mjs';
import { milliseconds, ratio } from './tables.mjs';

/** @typedef {import('./page/fleets.ts').Together} Together */
/** @typedef {import('./tables.mjs').Table} Table */

/**
 * @typedef {object} FleetResult
 * @property {number} runs
 * @property {number} steps of each run in one timing
 * @property {number} rounds
 * @property {number} bytes of GPU memory that the fleet holds
 * @property {boolean} agreed losses of the fleet are those of the single runs
 * @property {Record<Together, number[]>} times milliseconds, one a round
 * @property {Record<Together, number>} tokensPerSecond by the median time
 */

/** @type {import('../src/model/bench/sizes.ts').BenchSizeName} */
const FLEET_SIZE = 'A';
const AGREEMENT_STEPS = 3;
// A timing takes so many steps of all runs together, if not one of each.
const TIMED_RUN_STEPS = { software: 16, hardware: 512 };
/** @type {readonly Together[]} */
const WAYS = ['fleet', 'singles'];

/** @param {number} runs @param {boolean} software Steps of each run in one timing. */
export function timedRunSteps(runs, software) {
  return Math.max(1, Math.round(TIMED_RUN_STEPS[software ? 'software' : 'hardware'] / runs));
}

/**
 * @param {import('playwright-core').Page} page
 * @param {number} runs
 * @param {{ rounds: number, steps: number }} options
 * @returns {Promise<FleetResult>}
 */
export async function benchFleet(page, runs, { rounds, steps }) {
  const { bytes, tokensPerStep } = await call(page, 'openRuns', FLEET_SIZE, runs);
  /** @type {FleetResult} */
  const result = {
    runs,
    steps,
    rounds,
    bytes,
    agreed: false,
    times: { fleet: [], singles: [] },
    tokensPerSecond: { fleet: 0, singles: 0 },
  };
  const fleet = await call(page, 'runLosses', 'fleet', AGREEMENT_STEPS);
  const singles = await call(page, 'runLosses', 'singles', AGREEMENT_STEPS);
  await refuseGpuErrors(page);
  result.agreed =
    fleet.length === runs &&
    singles.length === runs &&
    fleet.every((losses, run) => largestDifference([losses, singles[run] ?? []]) === 0);
  if (result.agreed) {
    // The first round finds out how many steps go into a submit, and is not counted.
    for (let round = -1; round < rounds; round++) {
      for (const together of rotate(WAYS, round + 1)) {
        const time = await call(page, 'timeRuns', together, steps);
        if (round >= 0) result.times[together].push(time);
      }
    }
    for (const together of WAYS) {
      const seconds = median(result.times[together]) / 1000;
      result.tokensPerSecond[together] = (runs * steps * tokensPerStep) / seconds;
    }
  }
  await call(page, 'closeRuns');
  await refuseGpuErrors(page);
  return result;
}

/** @param {readonly FleetResult[]} results @returns {Table} */
export function fleetsTable(results) {
  const rounds = results[0]?.rounds ?? 0;
  return {
    title: `Fleets of size ${FLEET_SIZE} beside as many single runs in turns: tokens a second, medians of ${rounds} interleaved rounds`,
    head: ['runs', 'fleet', 'single runs', 'ratio', 'a step of the fleet', 'memory'],
    rows: results.map(({ runs, steps, bytes, agreed, times, tokensPerSecond: { fleet, singles } }) =>
      agreed
        ? [
            `${runs}`,
            thousands(fleet),
            thousands(singles),
            ratio(fleet / singles),
            `${milliseconds(median(times.fleet) / steps)} ms`,
            `${(bytes / 2 ** 20).toFixed(0)} MiB`,
          ]
        : [`${runs}`, 'NOT the losses of single runs, so no times are taken', '', '', '', ''],
    ),
  };
}

/** @param {number} value */
function thousands(value) {
  return Math.round(value).toLocaleString('en-US');
}
