// Matrix products alone, of the shapes that training has: ours beside the peers.
//
// First every product is compared with one in float64; if one is off, no time is taken.

import { call, refuseGpuErrors } from './calls.mjs';
import { median, rotate } from './statistics.mjs';
import { milliseconds, ratio } from './tables.mjs';

/** @typedef {import('./trainers/trainer.ts').TrainerName} TrainerName */
/** @typedef {import('./tables.mjs').Table} Table */
/** @typedef {import('./matmul/product.ts').Product & { readonly flops: number }} CostedProduct */

/**
 * @typedef {object} MatmulResult
 * @property {CostedProduct} product
 * @property {string | null} tile ours
 * @property {number} times products of one timing
 * @property {number} rounds
 * @property {Partial<Record<TrainerName, number>>} errors relative, against float64
 * @property {boolean} agreed
 * @property {Partial<Record<TrainerName, number[]>>} milliseconds a product, one a round
 * @property {Partial<Record<TrainerName, number>>} median
 */

// Rounding of f32 sums over 512 elements is about 1e-6; a product of the wrong elements is off by about 1.
const ALLOWED_ERROR = 1e-4;
// A timing takes so many operations, or at least a few products: enough for a clock of 0.1 ms.
const TIMED_FLOPS = { software: 2e8, hardware: 1e10 };
const FEWEST_TIMES = 3;
const MOST_TIMES = 256;

/** @param {number} flops of one product @param {boolean} software Products of one timing. */
export function timedProducts(flops, software) {
  const times = Math.round(TIMED_FLOPS[software ? 'software' : 'hardware'] / flops);
  return Math.min(MOST_TIMES, Math.max(FEWEST_TIMES, times));
}

/**
 * @param {import('playwright-core').Page} page
 * @param {CostedProduct} product
 * @param {{ trainers: readonly TrainerName[], rounds: number, times: number }} options
 * @returns {Promise<MatmulResult>}
 */
export async function benchProduct(page, product, { trainers, rounds, times }) {
  const { errors, tile } = await call(page, 'openProduct', product, trainers);
  await refuseGpuErrors(page);
  const agreed = trainers.every((name) => (errors[name] ?? Number.POSITIVE_INFINITY) <= ALLOWED_ERROR);
  /** @type {MatmulResult} */
  const result = { product, tile, times, rounds, errors, agreed, milliseconds: {}, median: {} };
  if (agreed) {
    // The first round finds out how many products go into a submit, and is not counted.
    for (let round = -1; round < rounds; round++) {
      for (const name of rotate(trainers, round + 1)) {
        const taken = await call(page, 'timeProduct', name, times);
        if (round < 0) result.milliseconds[name] = [];
        else result.milliseconds[name]?.push(taken);
      }
    }
    for (const name of trainers) result.median[name] = median(result.milliseconds[name] ?? []);
  }
  await call(page, 'closeMultipliers');
  await refuseGpuErrors(page);
  return result;
}

/**
 * @param {string} size
 * @param {readonly MatmulResult[]} results
 * @param {readonly TrainerName[]} trainers
 * @returns {Table}
 */
export function matmulTable(size, results, trainers) {
  const peers = trainers.filter((name) => name !== 'ours');
  const rounds = results[0]?.rounds ?? 0;
  const head = [
    'product',
    ...trainers.map((name) => `${name}, ms`),
    'ours, GFLOP/s',
    ...peers.map((name) => `${name} to ours`),
    'our tile',
  ];
  return {
    title: `Size ${size}: matrix products alone, medians of ${rounds} interleaved rounds`,
    head,
    rows: results.map(({ product, tile, agreed, errors, median }) => {
      const name = `${product.layer} ${product.direction}, ${product.rows}×${product.inner}→${product.columns}`;
      if (!agreed) {
        const off = trainers.filter((one) => (errors[one] ?? Number.POSITIVE_INFINITY) > ALLOWED_ERROR);
        const blanks = head.slice(1).map(() => '');
        return [`${name}: NOT the product (${off.join(', ')}), so no times are taken`, ...blanks];
      }
      const { ours } = median;
      return [
        name,
        ...trainers.map((one) => figure(median[one], milliseconds)),
        figure(ours, (value) => (product.flops / value / 1e6).toPrecision(3)),
        ...peers.map((one) =>
          figure(median[one], (value) => (ours === undefined ? '–' : ratio(value / ours))),
        ),
        tile ?? '–',
      ];
    }),
  };
}

/** @param {number | undefined} value @param {(value: number) => string} words */
function figure(value, words) {
  return value === undefined ? '–' : words(value);
}
