// `npm run bench`: how long one whole training step takes, ours beside two peers, in one Chromium on one adapter.
//
// First the trainers start from the same weights and batches and must show the same losses; if they do not, they do
// not do the same work, no time is printed and the exit code is 1. Then the rounds: every trainer in turn, the order turned
// round by round, because only interleaved figures can be compared on a machine that does other things as well.

import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { openBenchPage } from './browser.mjs';
import { agreementText, countsText, lossesText, timesText } from './report.mjs';
import { largestDifference, median, rotate } from './statistics.mjs';

/** @typedef {import('./trainers/trainer.ts').TrainerName} TrainerName */
/** @typedef {import('./workload.ts').SizeName} SizeName */
/** @typedef {import('./page/main.ts').Bench} Bench */
/** @typedef {import('./report.mjs').SizeResult} SizeResult */

const USAGE = `Usage: npm run bench -- [options]
  --size A|B        one size only (both)
  --rounds N        rounds, every trainer timed once in each (5)
  --steps N         steps of one timing (on a software adapter 4 at A and 1 at B; on a GPU 32 and 16)
  --trainers LIST   some of ours,jax-js,tfjs (all)
  --json FILE       write the figures there as well`;

const AGREEMENT_STEPS = 10;
// f32 sums in another order differ by about 1e-6 of a loss; a wrong mask or position by far more than this.
const AGREEMENT_NATS = 1e-3;
const COUNTED_STEPS = 2;
/** @type {Record<SizeName, { software: number, hardware: number }>} */
const TIMED_STEPS = { A: { software: 4, hardware: 32 }, B: { software: 1, hardware: 16 } };
/** @type {readonly TrainerName[]} */
const TRAINERS = ['ours', 'jax-js', 'tfjs'];
/** @type {readonly SizeName[]} */
const SIZES = ['A', 'B'];

class UsageError extends Error {}

/** @param {string[]} argv */
function readOptions(argv) {
  /** @param {string | undefined} text @param {string} name */
  const count = (text, name) => {
    if (text === undefined) return undefined;
    if (!/^[1-9]\d*$/.test(text))
      throw new UsageError(`--${name}: ${text} is not a whole number of 1 or more`);
    return Number(text);
  };
  /**
   * @template {string} T
   * @param {string | undefined} text
   * @param {readonly T[]} known
   * @param {string} name
   * @returns {readonly T[]}
   */
  const some = (text, known, name) => {
    if (text === undefined) return known;
    const words = text.split(',');
    for (const word of words) {
      if (!known.some((one) => one === word)) {
        throw new UsageError(`--${name}: ${word} is none of ${known.join(', ')}`);
      }
    }
    return known.filter((one) => words.includes(one));
  };
  let values;
  try {
    const string = /** @type {const} */ ({ type: 'string' });
    ({ values } = parseArgs({
      args: argv,
      options: {
        size: string,
        rounds: string,
        steps: string,
        trainers: string,
        json: string,
        help: { type: 'boolean' },
      },
    }));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  return {
    help: values.help ?? false,
    sizes: some(values.size, SIZES, 'size'),
    rounds: count(values.rounds, 'rounds') ?? 5,
    steps: count(values.steps, 'steps'),
    trainers: some(values.trainers, TRAINERS, 'trainers'),
    json: values.json,
  };
}

/**
 * Calls a method of the page's bench.
 *
 * @template {keyof Bench} Name
 * @param {import('playwright-core').Page} page
 * @param {Name} name
 * @param {Parameters<Bench[Name]>} values
 * @returns {Promise<Awaited<ReturnType<Bench[Name]>>>}
 */
function call(page, name, ...values) {
  return page.evaluate(`globalThis.bench.${name}(...${JSON.stringify(values)})`);
}

/**
 * @param {import('playwright-core').Page} page
 * @param {SizeName} size
 * @param {{ trainers: readonly TrainerName[], rounds: number, steps: number }} options
 * @returns {Promise<SizeResult>}
 */
async function benchSize(page, size, { trainers, rounds, steps }) {
  /** @type {SizeResult} */
  const result = { size, steps, rounds, difference: 0, agreed: false, trainers: {} };
  for (const name of trainers) {
    await call(page, 'open', name, size);
    const losses = await call(page, 'losses', name, AGREEMENT_STEPS);
    result.trainers[name] = { losses, counts: null, times: [], median: null };
  }
  console.log(lossesText(result));
  const errors = await call(page, 'errors');
  if (errors.length > 0) throw new Error(`${errors.length} GPU errors, the first: ${errors[0]}`);
  result.difference = largestDifference(Object.values(result.trainers).map(({ losses }) => losses));
  result.agreed = result.difference <= AGREEMENT_NATS;
  console.log(agreementText(result, AGREEMENT_NATS));
  if (!result.agreed) return result;

  for (const [name, figures] of entries(result))
    figures.counts = await call(page, 'counts', name, COUNTED_STEPS);
  console.log(countsText(result));
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
  const late = await call(page, 'errors');
  if (late.length > 0) throw new Error(`${late.length} GPU errors, the first: ${late[0]}`);
  console.log(timesText(result));
  return result;
}

/**
 * @param {SizeResult} result
 * @returns {[TrainerName, import('./report.mjs').Figures][]}
 */
function entries(result) {
  return TRAINERS.flatMap((name) => {
    const figures = result.trainers[name];
    return figures ? [[name, figures]] : [];
  });
}

/** @param {string[]} argv */
async function main(argv) {
  const options = readOptions(argv);
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  const { page, version, close } = await openBenchPage();
  try {
    const adapter = await call(page, 'machine');
    if (!adapter) throw new Error('this Chromium has no WebGPU adapter');
    const processors = cpus();
    const machine = {
      browser: `Chromium ${version}`,
      adapter: adapter.adapter,
      software: adapter.software,
      cores: processors.length,
      processor: processors[0]?.model.trim() ?? 'unknown',
    };
    console.log(
      `${machine.browser} · ${machine.adapter}${machine.software ? ' (software)' : ''} · ${machine.cores} cores (${machine.processor})\n`,
    );
    /** @type {SizeResult[]} */
    const sizes = [];
    for (const size of options.sizes) {
      const { software, hardware } = TIMED_STEPS[size];
      const steps = options.steps ?? (machine.software ? software : hardware);
      sizes.push(await benchSize(page, size, { ...options, steps }));
    }
    if (options.json !== undefined) {
      writeFileSync(options.json, `${JSON.stringify({ machine, sizes }, null, 2)}\n`);
    }
    return sizes.every((size) => size.agreed) ? 0 : 1;
  } finally {
    await close();
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const usage = error instanceof UsageError;
  console.error(error instanceof Error ? error.message : error);
  if (usage) console.error(USAGE);
  process.exitCode = usage ? 2 : 1;
}
