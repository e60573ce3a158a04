/** A made-up experiment of two rounds: the second asks with what was best in the first. */

import { drawNothing } from '../../../src/figures/frame.ts';
import type { SweepDesign } from '../../../src/formats/sweepDesignFields.ts';
import type { Experiment, ResultRun } from '../../../src/sweep/experiments/experiment.ts';
import { isAskedIn, wholeLoss } from '../../../src/sweep/experiments/results.ts';
import { ASKED, askedValue, type Setting, settingOf } from '../../../src/sweep/experiments/settings.ts';

export const RATES = [0.002, 0.02, 0.05];

/** A run of 13 steps of 2 windows of 16 tokens on a model of one layer and width 16. */
export function designOf(
  name: string,
  tags: NonNullable<SweepDesign['tags']>,
  {
    learningRate,
    seed = 3,
    targetTokens = 209,
  }: { learningRate: number; seed?: number; targetTokens?: number },
  { texts }: Pick<Setting, 'texts'> = TINY,
): SweepDesign {
  return {
    version: 1,
    name,
    corpora: { target: texts.target, source: texts.source },
    model: { layers: 1, width: 16, heads: 1, mlp: 8, context: 16 },
    recipe: { targetTokens, epochs: 1, ratio: 0.5 },
    optimizer: { learningRate, batch: 2 },
    evaluation: { every: 5, windows: 2 },
    seeds: [seed],
    tags,
  };
}

export const TINY: Setting = settingOf('small', {
  target: 'world:sw?bytes=30000',
  source: 'world:en?bytes=60000',
  control: null,
  noisy: null,
});

/** The rate with the lowest loss; null before all are there. */
export function bestRate(results: readonly ResultRun[]): number | null {
  const runs = results.filter((run) => isAskedIn(run, 'rates'));
  if (runs.length < RATES.length) return null;
  return runs.reduce((best, run) => (wholeLoss(run) < wholeLoss(best) ? run : best)).config.optimizer
    .learningRate;
}

/** `more` seeds in the second round; all experiments of whatever name ask for the same first round. */
export function madeUp(name = 'made-up', more: readonly number[] = [4, 5]): Experiment {
  return {
    name,
    title: 'Is there anything in it?',
    rounds: [
      {
        name: 'rates',
        why: 'which learning rate is best',
        designs: (_, setting) =>
          RATES.map((learningRate) =>
            designOf(
              `rate ${learningRate}`,
              { [ASKED]: askedValue(name, 'rates') },
              { learningRate },
              setting,
            ),
          ),
      },
      {
        name: 'more seeds',
        why: 'how far seeds differ at the best rate',
        designs: (results, setting) => {
          const learningRate = bestRate(results);
          // Seed 3 is in the first round already.
          return learningRate === null
            ? []
            : [3, ...more].map((seed) =>
                designOf(
                  `seed ${seed}`,
                  { [ASKED]: askedValue(name, 'more seeds') },
                  { learningRate, seed },
                  setting,
                ),
              );
        },
      },
    ],
    foreseen: (setting) =>
      [
        ...RATES.map((learningRate) => [learningRate, 3] as const),
        ...more.map((seed) => [0.02, seed] as const),
      ].map(([learningRate, seed]) => designOf('foreseen', {}, { learningRate, seed }, setting)),
    report: (results) => {
      const seeds = results.filter((run) => isAskedIn(run, 'more seeds'));
      const isThere = seeds.length > 1;
      return {
        findings: [
          {
            name: 'a loss',
            claim: 'There is one.',
            source: 'nobody',
            verdict: isThere ? 'reproduced' : 'undecided',
            measured: isThere ? `${seeds.length} seeds at a rate of ${bestRate(results)}` : 'too few seeds',
            wouldChange: 'Nothing | at all.',
          },
        ],
        tables: [
          {
            name: 'losses',
            title: 'Losses by seed',
            columns: ['run', 'seed', 'bits per byte'],
            rows: seeds.map((run) => [run.config.name, run.config.seed, wholeLoss(run)]),
            note: '',
          },
        ],
        figures: [
          { name: 'losses', draw: (canvas) => drawNothing(canvas, 'Losses', 'There is nothing to see.') },
        ],
      };
    },
  };
}
