/**
 * The grid of recipes on which phase shifts are seen, and how one of its cells is asked for: every experiment that asks here for the same
 * cell gets the same run, to the bit and to the id.
 *
 * A cell is asked for by model, C and D_T, and one run is D = C/(6·N) tokens long: k of a single stage at ratio r is r·D/D_T. Only a
 * monolingual run may be shorter, since C is a ceiling. Ratios and shares are multiples of D_T/D, so that the same cell at another
 * budget reads its target text as often.
 */

import type { OptimizerConfig } from '../../formats/config.ts';
import type { Tags } from '../../formats/manifest.ts';
import type { DesignRecipe, SweepDesign } from '../../formats/sweepDesignFields.ts';
import type { RecipeKind } from '../../law/point.ts';
import type { ResultRun, Round } from './experiment.ts';
import { parametersOf, tokensFor, tokensHolding } from './models.ts';
import { rateFor } from './rates.ts';
import { hasTag, MONOLINGUAL, ofRound, recipeKind, SINGLE_STAGE, TWO_STAGE } from './results.ts';
import { CONTEXT, designOf, FIRST_SEED, type Model, type Setting } from './settings.ts';
import { type ComparedSizes, compareSizes } from './sizes.ts';
import { noiseOf } from './spread.ts';

/** What every cell is asked for with. */
export type AskedCell = {
  readonly experiment: string;
  readonly round: string;
  /** Beside who asks; `budget`, the C that was asked for, is there of itself. */
  readonly tags?: Tags;
  readonly model: Model;
  /** C, in FLOPs. */
  readonly compute: number;
  /** D_T, in whole windows. */
  readonly targetTokens: number;
  readonly seed?: number;
  /** The tuned learning rate times this. */
  readonly rateFactor?: number;
  readonly optimizer?: Partial<OptimizerConfig>;
  readonly texts?: { readonly target?: string; readonly source?: string; readonly sourceValidation?: string };
};

/** The recipe of a cell, whatever its D_T. */
export type CellRecipe = {
  readonly kind: RecipeKind;
  /** In a run's name. */
  readonly words: string;
  readonly recipe: DesignRecipe;
};

/** r_1, s and r_f of a two-stage recipe. */
export type TwoStages = {
  readonly firstRatio: number;
  readonly finalShare: number;
  readonly finalRatio: number;
};

/** Monolingual, `epochs` long: null is k at the ceiling, C/(6·N·D_T). */
export function monolingual(
  results: readonly ResultRun[],
  setting: Setting,
  { epochs, ...asked }: AskedCell & { readonly epochs: number | null },
): SweepDesign {
  return cellDesign(results, setting, asked, monolingualCell(epochs));
}

export function monolingualCell(epochs: number | null): CellRecipe {
  if (epochs === null) return { kind: MONOLINGUAL, words: 'mono', recipe: {} };
  return { kind: MONOLINGUAL, words: `mono k ${shortNumber(epochs)}`, recipe: { epochs } };
}

/** Single-stage at the ratio r, as long as C allows. */
export function singleStage(
  results: readonly ResultRun[],
  setting: Setting,
  { ratio, ...asked }: AskedCell & { readonly ratio: number },
): SweepDesign {
  return cellDesign(results, setting, asked, singleStageCell(ratio));
}

export function singleStageCell(ratio: number): CellRecipe {
  return { kind: SINGLE_STAGE, words: `single r ${shortNumber(ratio)}`, recipe: { ratio } };
}

/** Two-stage, as long as C allows; all with the same r_1, model, C, D_T and seed train one first stage together. */
export function twoStage(
  results: readonly ResultRun[],
  setting: Setting,
  { firstRatio, finalShare, finalRatio, ...asked }: AskedCell & TwoStages,
): SweepDesign {
  return cellDesign(results, setting, asked, twoStageCell({ firstRatio, finalShare, finalRatio }));
}

export function twoStageCell({ firstRatio, finalShare, finalRatio }: TwoStages): CellRecipe {
  const [r_1, s, r_f] = [firstRatio, finalShare, finalRatio].map(shortNumber);
  return {
    kind: TWO_STAGE,
    words: `two r_1 ${r_1} s ${s} r_f ${r_f}`,
    recipe: { firstRatio, finalShare, finalRatio },
  };
}

/** The recipe of a finished run of the grid, to be run again to the digit; null for a run of another kind. */
export function cellOfRun(run: ResultRun): CellRecipe | null {
  const { nominal, config } = run;
  const kind = recipeKind(run);
  if (kind === null || 'stages' in config.recipe) return null;
  const { targetTokens: _, ...recipe } = config.recipe;
  const { k, r, r_1, s, r_f } = nominal;
  const { words } = {
    [MONOLINGUAL]: monolingualCell(k),
    [SINGLE_STAGE]: singleStageCell(r),
    [TWO_STAGE]: twoStageCell({ firstRatio: r_1, finalShare: s, finalRatio: r_f }),
  }[kind];
  return { kind, words, recipe };
}

/** The design of a cell's one run. */
export function cellDesign(
  results: readonly ResultRun[],
  setting: Setting,
  asked: AskedCell,
  { kind, words, recipe }: CellRecipe,
): SweepDesign {
  const { experiment, round, tags, model, compute, targetTokens, rateFactor = 1, seed, texts } = asked;
  const { optimizer } = asked;
  const varied = [
    ...(rateFactor === 1 ? [] : [`rate ×${rateFactor}`]),
    ...(optimizer?.weightDecay === undefined ? [] : [`weight decay ${optimizer.weightDecay}`]),
    ...(optimizer?.schedule === undefined ? [] : [optimizer.schedule]),
    ...(texts ? [Object.values(texts).join(' ').replace(/[/\\]/g, ':')] : []),
  ];
  const place = `C ${computeWords(compute)} N ${parametersOf(model)} D_T ${targetTokens}`;
  return designOf(setting, {
    name: [place, words, ...varied, `seed ${seed ?? FIRST_SEED}`].join(' '),
    experiment,
    round,
    ...(tags && { tags }),
    model,
    recipe: { ...recipe, targetTokens: tokensHolding(targetTokens) },
    compute,
    learningRate: Number((rateFor(results, setting, model, kind) * rateFactor).toPrecision(3)),
    ...(optimizer && { optimizer }),
    ...(seed !== undefined && { seed }),
    ...(texts && { texts }),
  });
}

const FEWEST_WINDOWS = 64;
const FACTORS = [1, 4, 8, 16, 32, 64, 256] as const;

/** D_T of the grid below D*, in tokens, from the most: powers of two, from D* itself (rounded to one) down to its 256th part, or to 64 windows where that would be fewer. */
export function targetTokensBelow(optimalTokens: number): number[] {
  const most = 2 ** Math.round(Math.log2(optimalTokens));
  const fewest = FEWEST_WINDOWS * CONTEXT;
  return [...new Set(FACTORS.map((factor) => Math.max(most / factor, fewest)))];
}

/** Repetitions that monolingual runs try; more does not help, and the rest of the budget is better left. */
export const EPOCHS = [4, 8, 16, 32, 64] as const;
/** Numbers nearer than this are one cell. */
const APART = 1.3;

/** k of the monolingual cells at one D_T, from the fewest: powers of two below the ceiling, and the ceiling itself, as null. */
export function epochsOf(compute: number, model: Model, targetTokens: number): (number | null)[] {
  const ceiling = tokensFor(compute, model) / targetTokens;
  return [...EPOCHS.filter((epochs) => epochs * APART <= ceiling), null];
}

/** r = m·D_T/D for each multiple m, none above `most`, to two digits, from the smallest; what is nearly the same stands once. */
export function shares(
  multiples: readonly number[],
  compute: number,
  model: Model,
  targetTokens: number,
  most: number,
): number[] {
  const unit = targetTokens / tokensFor(compute, model);
  const found: number[] = [];
  for (const multiple of [...multiples].sort((a, b) => a - b)) {
    const share = Number(Math.min(most, multiple * unit).toPrecision(2));
    const before = found.at(-1) ?? 0;
    if (share >= before * APART) found.push(share);
  }
  return found;
}

export const SIZES = 'sizes';

/** Where data is not scarce models were best with about 20 tokens a parameter; those with a twentieth of that, or twelve times as many, are not tried. */
const TOKENS_PER_PARAMETER = { least: 1, most: 250 } as const;

/** The setting's models that N* is looked for among at C, from the smallest; all where none has a sensible number of tokens. */
export function sizesAt({ models }: Setting, compute: number): readonly Model[] {
  const { least, most } = TOKENS_PER_PARAMETER;
  const sensible = models.filter((model) => {
    const perParameter = tokensFor(compute, model) / parametersOf(model);
    return perParameter >= least && perParameter <= most;
  });
  return sensible.length > 0 ? sensible : models;
}

/** One-epoch monolingual runs of every model that may be best at C, under two seeds each: neighbours differ by little more than seeds do. */
export const sizesRound: Round = {
  name: SIZES,
  why: 'finds N* and D*, the best model and data at each C where data is not scarce',
  designs: (results, setting) =>
    setting.computes.flatMap((compute) =>
      sizesAt(setting, compute).flatMap((model) =>
        [FIRST_SEED, ...setting.moreSeeds.slice(0, 1)].map((seed) =>
          monolingual(results, setting, {
            experiment: SIZES,
            round: SIZES,
            model,
            compute,
            targetTokens: Math.ceil(tokensFor(compute, model) / CONTEXT) * CONTEXT,
            epochs: null,
            seed,
          }),
        ),
      ),
    ),
};

export type Optimum = ComparedSizes & {
  readonly model: Model;
  readonly N: number;
  /** D*, in tokens. */
  readonly D: number;
};

/** N* and D* at C, from the finished runs of {@link sizesRound}; with none the model is the one in the middle of {@link sizesAt}. */
export function optimum(results: readonly ResultRun[], setting: Setting, compute: number): Optimum {
  const { best, ...compared } = compareSizes(sizesRuns(results, compute), noiseOf(sizesRuns(results)));
  const sizes = sizesAt(setting, compute);
  const middle = sizes[Math.floor((sizes.length - 1) / 2)];
  const model = setting.models.find((one) => parametersOf(one) === best) ?? middle;
  if (!model) throw new RangeError('a setting without models');
  return { model, N: parametersOf(model), D: tokensFor(compute, model), ...compared };
}

/** The runs that {@link optimum} chooses among; at every C where none is given. */
export function sizesRuns(results: readonly ResultRun[], compute?: number): ResultRun[] {
  const runs = ofRound(results, SIZES, SIZES);
  return compute === undefined ? runs : runs.filter((run) => hasTag(run, 'budget', compute));
}

/** C as names and tables have it, e.g. 3.7e10. */
export function computeWords(compute: number): string {
  return compute.toExponential().replace('e+', 'e');
}

const SHOWN_DIGITS = 3;

function shortNumber(value: number): string {
  return String(Number(value.toPrecision(SHOWN_DIGITS)));
}
