// One whole training step: ours beside the peers.
//
// First the trainers start from the same weights and batches and must show the same losses; if they do not, they do
// not do the same work, and no time is taken.

import { call, refuseGpuErrors } from './calls.mjs';
import { largestDifference, median, rotate } from './statistics.mjs';
import { decimal, milliseconds, range, ratio } from './tables.mjs';

/** @typedef {import('./trainers/trainer.ts').TrainerName} TrainerName */
/** @typedef {import('../src/model/bench/sizes.ts').BenchSizeName} BenchSizeName */
/** @typedef {import('./tables.mjs').Table} Table */

/**
 * @typedef {object} Figures
 * @property {number[]} losses nats a token of the first steps
 * @property {import('./counting.ts').GpuCounts | null} counts calls a step
 * @property {number[]} times milliseconds a step, one a round
 * @property {number | null} median of the times
 */

/**
 * @typedef {object} StepsResult
 * @property {BenchSizeName} size
 * @property {number} steps of one timing
 * @property {number} rounds
 * @property {import('../src/model/engine.ts').Tuning | null} tuning ours
 * @property {number} difference largest difference of losses at any step, nats
 * @property {boolean} agreed
 * @property {Partial<Record<TrainerName, Figures>>} trainers
 * @property {Partial<Record<TrainerName, string>>} failures peers that could not take the size, and what they said
 */

const AGREEMENT_STEPS = 10;
// f32 sums in another order differ by about 1e-6 of a loss; a wrong mask or position by far more than this.
const AGREEMENT_NATS = 1e-3;
const COUNTED_STEPS = 2;
/** What a peer may be too small for; then ours is timed without it. @type {readonly BenchSizeName[]} */
const MAY_FAIL = ['10M'];
/** @type {Record<BenchSizeName, { software: number, hardware: number }>} */
const TIMED_STEPS = {
  A: { software: 4, hardware: 64 },
  B: { software: 1, hardware: 32 },
  '10M': { software: 1, hardware: 8 },
};

/** @param {BenchSizeName} size @param {boolean} software Steps of one timing. */
export function timedSteps(size, software) {
  return TIMED_STEPS[size][software ? 'software' : 'hardware'];
}

/**
 * @param {import('playwright-core').Page} page
 * @param {BenchSizeName} size
 * @param {{ trainers: readonly TrainerName[], rounds: number, steps: number }} options
 * @param {(table: Table) => void} show
 * @returns {Promise<StepsResult>}
 */
export async function benchSteps(page, size, { trainers, rounds, steps }, show) {
  /** @type {StepsResult} */
  const result = {
    size,
    steps,
    rounds,
    tuning: null,
    difference: 0,
    agreed: false,
    trainers: {},
    failures: {},
  };
  for (const name of trainers) {
    try {
      result.tuning = (await call(page, 'open', name, size)) ?? result.tuning;
      const losses = await call(page, 'losses', name, AGREEMENT_STEPS);
      await refuseGpuErrors(page);
      result.trainers[name] = { losses, counts: null, times: [], median: null };
    } catch (error) {
      if (name === 'ours' || !MAY_FAIL.includes(size)) throw error;
      result.failures[name] = error instanceof Error ? error.message : String(error);
      await call(page, 'close', name);
      await call(page, 'errors');
    }
  }
  result.difference = largestDifference(Object.values(result.trainers).map(({ losses }) => losses));
  result.agreed = result.difference <= AGREEMENT_NATS;
  show(lossesTable(result));
  if (!result.agreed) return result;

  if (result.tuning) show(tuningTable(size, result.tuning));
  for (const [name, figures] of entries(result))
    figures.counts = await call(page, 'counts', name, COUNTED_STEPS);
  show(countsTable(result));
  // The steps so far have compiled every kernel and filled every pool: they were the warm-up.
  for (let round = 0; round < rounds; round++) {
    for (const [name, figures] of rotate(entries(result), round)) {
      figures.times.push(await call(page, 'time', name, steps));
    }
  }
  for (const [name, figures] of entries(result)) {
    figures.median = median(figures.times);
    await call(page, 'close', name);
  }
  await refuseGpuErrors(page);
  show(timesTable(result));
  return result;
}

/**
 * @param {StepsResult} result
 * @returns {[TrainerName, Figures][]} in the order in which they were opened
 */
function entries({ trainers }) {
  return /** @type {[TrainerName, Figures][]} */ (Object.entries(trainers));
}

/** @param {StepsResult} result @returns {Table} */
export function lossesTable(result) {
  const columns = entries(result);
  const steps = columns[0]?.[1].losses.length ?? 0;
  const verdict = result.agreed
    ? 'the same work'
    : 'NOT the same work, so no times are taken; find the trainer whose losses stand apart';
  const difference = `largest difference ${result.difference.toExponential(1)}, allowed ${AGREEMENT_NATS}`;
  return {
    title: `Size ${result.size}: loss of each step, nats a token; ${difference}: ${verdict}`,
    head: ['step', ...columns.map(([name]) => name)],
    rows: Array.from({ length: steps }, (_, step) => [
      `${step + 1}`,
      ...columns.map(([, { losses }]) => (losses[step] ?? Number.NaN).toFixed(6)),
    ]),
  };
}

/** @param {BenchSizeName} size @param {import('../src/model/engine.ts').Tuning} tuning @returns {Table} */
export function tuningTable(size, { gradientSlices, variants }) {
  return {
    title: `Size ${size}: our kernels; weight gradients in ${gradientSlices} slices`,
    head: ['kernel', 'variant'],
    rows: Object.entries(variants),
  };
}

/** @param {StepsResult} result @returns {Table} */
export function countsTable(result) {
  return {
    title: `Size ${result.size}: calls a step`,
    head: ['', 'dispatches', 'submits', 'buffers created', 'bind groups created', 'writes'],
    rows: entries(result).flatMap(([name, { counts }]) =>
      counts
        ? [
            [
              name,
              ...[counts.dispatches, counts.submits, counts.buffers, counts.bindGroups, counts.writes].map(
                decimal,
              ),
            ],
          ]
        : [],
    ),
  };
}

/** @param {StepsResult} result @returns {Table} */
export function timesTable(result) {
  const base = result.trainers.ours?.median ?? null;
  const { rounds, steps } = result;
  return {
    title: `Size ${result.size}: one training step, median of ${rounds} interleaved rounds, ${steps} ${steps === 1 ? 'step' : 'steps'} a timing`,
    head: ['', 'median', 'range', 'to ours'],
    rows: [
      ...entries(result).map(([name, { median, times }]) =>
        median === null
          ? [name, '–', '–', '–']
          : [name, `${milliseconds(median)} ms`, range(times), base === null ? '–' : ratio(median / base)],
      ),
      ...Object.entries(result.failures).map(([name, message]) => [
        name,
        `failed: ${message.split('\n')[0]}`,
        '–',
        '–',
      ]),
    ],
  };
}
