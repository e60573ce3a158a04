/** What could explain the shift away: other optimiser settings, re-warming alone, an unrelated source, a noisy target. */

import type { SweepDesign } from '../../../formats/sweepDesignFields.ts';
import type { ResultRun, Round } from '../experiment.ts';
import { type AskedCell, type CellRecipe, cellDesign } from '../grid.ts';
import { tokensFor } from '../models.ts';
import { MONOLINGUAL, TWO_STAGE } from '../results.ts';
import { FIRST_SEED, type Setting } from '../settings.ts';
import { controlDesigns } from './controlRound.ts';
import { effortAt, type OtherSetting } from './effort.ts';
import { bracketOf, type Known, knownAt, nearestOf } from './known.ts';
import { GRID_ROUNDS, PHASE_SHIFT, ROUNDS, VARIANT } from './places.ts';

/** Values of the tag {@link VARIANT}. */
export const REWARM = 're-warm';
export const NOISE = 'noisy target';

type Change = Pick<AskedCell, 'rateFactor' | 'optimizer'>;

/** Of the tag {@link VARIANT}, with what each changes; weight decay is four times that of the grid. */
export const OTHER_SETTINGS: Readonly<Record<OtherSetting, Change>> = {
  'half the learning rate': { rateFactor: 0.5 },
  'twice the learning rate': { rateFactor: 2 },
  'four times the weight decay': { optimizer: { weightDecay: 0.4 } },
  'cosine schedule': { optimizer: { schedule: 'cosine' } },
};

export const checksRound: Round = {
  name: ROUNDS.checks,
  why: 'just below the threshold: other learning rates, weight decay and schedule, re-warming alone, a source in an unrelated language, a noisy target',
  designs: (results, setting) =>
    setting.computes.flatMap((compute) => {
      const known = knownAt(results, setting, compute, GRID_ROUNDS);
      return known ? checkDesigns(results, setting, known) : [];
    }),
};

const NOISE_TARGETS = 4;

export function checkDesigns(results: readonly ResultRun[], setting: Setting, known: Known): SweepDesign[] {
  const { compute, model } = known;
  const design = (variant: string, targetTokens: number, cell: CellRecipe, change: Partial<AskedCell> = {}) =>
    cellDesign(
      results,
      setting,
      {
        ...{ experiment: PHASE_SHIFT, round: ROUNDS.checks, tags: { [VARIANT]: variant } },
        ...{ model, compute, targetTokens },
        ...change,
      },
      cell,
    );
  const contenders = (targetTokens: number) =>
    ([MONOLINGUAL, TWO_STAGE] as const).flatMap((kind) => known.best(kind, targetTokens, 1));
  const { noisy } = setting.texts;
  const below = belowOf(known);
  if (below === null) return [];
  const { checks } = effortAt(setting, compute);
  const settings = checks.settings.flatMap((variant) =>
    contenders(below).flatMap((cell) =>
      setting.moreSeeds
        .slice(0, checks.seeds)
        .map((seed) => design(variant, below, cell, { ...OTHER_SETTINGS[variant], seed })),
    ),
  );
  if (!checks.others) return settings;
  // The recipes were chosen on clean text by the first seed, whose luck is none of another's.
  const [noiseSeed = FIRST_SEED] = setting.moreSeeds;
  return [
    ...settings,
    ...rewarmCells(known, below).map((cell) => design(REWARM, below, cell, { optimizer: { rewarm: true } })),
    ...controlDesigns(results, setting, known),
    ...(noisy !== null
      ? nearestOf(known, NOISE_TARGETS).flatMap((tokens) =>
          contenders(tokens).map((cell) =>
            design(NOISE, tokens, cell, { texts: { target: noisy }, seed: noiseSeed }),
          ),
        )
      : []),
  ];
}

/** The D_T just below the threshold: there two-stage is ahead by enough for a winner to be seen. */
function belowOf(known: Known): number | null {
  return bracketOf(known).at(-1) ?? null;
}

/** The best monolingual recipe, cut where the best two-stage recipe begins its final stage. */
function rewarmCells(known: Known, targetTokens: number): CellRecipe[] {
  const [mono] = known.best(MONOLINGUAL, targetTokens, 1);
  const [two] = known.best(TWO_STAGE, targetTokens, 1);
  if (!mono || !two) return [];
  const { epochs } = mono.recipe;
  const { ratio, finalRatio = 1, firstRatio = 0 } = two.recipe;
  const share = two.recipe.finalShare ?? ((ratio ?? 1) - firstRatio) / (finalRatio - firstRatio);
  const tokens = epochs === undefined ? tokensFor(known.compute, known.model) : epochs * targetTokens;
  const rounded = Number(share.toPrecision(3));
  return [
    {
      kind: MONOLINGUAL,
      words: `mono in two stages, the second ${rounded} of it`,
      recipe: {
        tokens,
        stages: [
          { share: Number((1 - rounded).toPrecision(6)), ratio: 1 },
          { share: rounded, ratio: 1 },
        ],
      },
    },
  ];
}
