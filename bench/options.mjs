// What `npm run bench` understands.

import { parseArgs } from 'node:util';

/** @typedef {import('./trainers/trainer.ts').TrainerName} TrainerName */
/** @typedef {import('../src/model/bench/sizes.ts').BenchSizeName} BenchSizeName */
/** @typedef {'steps' | 'fleets' | 'matmul' | 'fit'} Part */

/**
 * @typedef {object} Options
 * @property {boolean} help
 * @property {readonly Part[]} parts
 * @property {readonly BenchSizeName[] | null} sizes null: those that suit the adapter
 * @property {readonly TrainerName[]} trainers
 * @property {readonly number[]} runs sizes of fleets
 * @property {number} rounds
 * @property {number | null} steps of one timing; null: as many as suit size and adapter
 * @property {'auto' | 'off'} tuning
 * @property {boolean} markdown
 * @property {string | null} json
 */

export const USAGE = `Usage: npm run bench -- [options] [parts]
  --only LIST       some of the parts (steps,fleets,matmul,fit), which may also be given as words:
                      steps    one whole training step, ours beside the peers
                      fleets   fleets of size A beside as many single runs
                      matmul   the products of the training shapes alone, ours beside the peers
                      fit      fits of the scaling law, which need no browser
  --size LIST       some of A,B,10M, for steps and matmul (A,B; steps on a GPU 10M as well)
  --trainers LIST   some of ours,jax-js,tfjs (all)
  --runs LIST       fleets of that many runs (1,4,16,32,64)
  --rounds N        rounds, everyone timed once in each (5)
  --steps N         steps of one timing (as many as suit size and adapter)
  --tuning off      our kernels from the fixed table, not from measurements (auto)
  --markdown        print tables as Markdown, as they stand in docs/performance.md
  --json FILE       write the figures there as well`;

/** @type {readonly TrainerName[]} */
export const TRAINERS = ['ours', 'jax-js', 'tfjs'];
/** @type {readonly Part[]} */
const PARTS = ['steps', 'fleets', 'matmul', 'fit'];
/** @type {readonly BenchSizeName[]} */
const SIZES = ['A', 'B', '10M'];
const FLEETS = [1, 4, 16, 32, 64];
const ROUNDS = 5;

/** Words on the command line that nobody understands. */
export class UsageError extends Error {
  /** @override */
  name = 'UsageError';
}

/** @param {string} text @param {string} name */
function count(text, name) {
  if (!/^[1-9]\d*$/.test(text)) {
    throw new UsageError(`--${name}: ${text} is not a whole number of 1 or more`);
  }
  return Number(text);
}

/**
 * Some of the known words, in their own order.
 *
 * @template {string} T
 * @param {string} text
 * @param {readonly T[]} known
 * @param {string} name
 * @returns {readonly T[]}
 */
function some(text, known, name) {
  const words = text.split(',');
  for (const word of words) {
    if (!known.some((one) => one === word)) {
      throw new UsageError(`--${name}: ${word} is none of ${known.join(', ')}`);
    }
  }
  return known.filter((one) => words.includes(one));
}

/** @param {string[]} argv */
function parse(argv) {
  const string = /** @type {const} */ ({ type: 'string' });
  const boolean = /** @type {const} */ ({ type: 'boolean' });
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        only: string,
        size: string,
        trainers: string,
        runs: string,
        rounds: string,
        steps: string,
        tuning: string,
        json: string,
        markdown: boolean,
        help: boolean,
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/**
 * @param {string[]} argv
 * @returns {Options}
 * @throws {UsageError}
 */
export function readOptions(argv) {
  const { values, positionals } = parse(argv);
  const only = values.only === undefined ? positionals : [values.only, ...positionals];
  const tuning = values.tuning ?? 'auto';
  if (tuning !== 'auto' && tuning !== 'off') {
    throw new UsageError(`--tuning: ${tuning} is neither auto nor off`);
  }
  return {
    help: values.help ?? false,
    parts: only.length === 0 ? PARTS : some(only.join(), PARTS, 'only'),
    sizes: values.size === undefined ? null : some(values.size, SIZES, 'size'),
    trainers: values.trainers === undefined ? TRAINERS : some(values.trainers, TRAINERS, 'trainers'),
    runs: values.runs === undefined ? FLEETS : values.runs.split(',').map((word) => count(word, 'runs')),
    rounds: values.rounds === undefined ? ROUNDS : count(values.rounds, 'rounds'),
    steps: values.steps === undefined ? null : count(values.steps, 'steps'),
    tuning,
    markdown: values.markdown ?? false,
    json: values.json ?? null,
  };
}

/**
 * Whether a browser is needed: all parts but the fits are measured in one.
 *
 * @param {Options} options
 */
export function needsBrowser({ help, parts }) {
  return !help && parts.some((part) => part !== 'fit');
}

/**
 * The sizes whose steps are timed.
 *
 * @param {Options} options
 * @param {boolean} software
 * @throws {UsageError} when 10M is asked of a software adapter
 */
export function sizesOfSteps({ sizes }, software) {
  if (!software) return sizes ?? SIZES;
  if (sizes?.includes('10M')) {
    throw new UsageError('--size: 10M is for a GPU; on a software adapter one step takes minutes');
  }
  return sizes ?? /** @type {const} */ (['A', 'B']);
}
