/**
 * The runs of `distance`: the built-in world in English as the source, and the same world in languages ever further from English as
 * targets. They are made by one dial, so nothing else differs; no two of them tell the same stories. Always on the built-in world,
 * whatever texts the setting names: no other text has such a dial.
 */

import { formatCorpusSpec, parseCorpusSpec } from '../../../formats/corpusSpec.ts';
import type { SweepDesign } from '../../../formats/sweepDesignFields.ts';
import type { ResultRun } from '../experiment.ts';
import { type CellRecipe, cellDesign, cellOfRun, monolingualCell, shares, twoStageCell } from '../grid.ts';
import { tokensFor } from '../models.ts';
import { bestCell, hasTag, kindsOf, MONOLINGUAL, ofRound, TWO_STAGE } from '../results.ts';
import { CONTEXT, FIRST_SEED, type Model, type Setting, settingOf } from '../settings.ts';

export const EXPERIMENT = 'distance';
export const ROUND = 'distances';
/** The best recipes once more, under other seeds. */
export const REPEATED_ROUND = 'distances again';

/** Tag with the dial's value. */
export const DISTANCE = 'distance';
export const DISTANCES = [0.1, 0.3, 0.6, 1] as const;

/** D_T as parts of D, from the most: far above a usual threshold, about there, far below. */
const PARTS = [4, 16, 64] as const;
const FEWEST_WINDOWS = 64;
/** Monolingual k; more than fits into C is left out, and C's own ceiling stands in where few fit. */
const EPOCHS = [8, 16, 32] as const;
/** Of D_T/D: r_1, and s. */
const FIRST_MULTIPLE = 4;
const SHARE_MULTIPLES = [4, 8] as const;
const MOST_SHARE = 0.5;
/** Of the setting's other seeds, so many repeat a recipe. */
const SEEDS_MORE = 2;

type Place = { readonly distance: number; readonly targetTokens: number };

/** The model in the middle of the setting's, at the lowest C; at the next one where there are many, and the lowest is for smaller models. */
export function placeOf(setting: Setting): { readonly model: Model; readonly compute: number } | null {
  const model = setting.models[Math.floor((setting.models.length - 1) / 2)];
  const compute = setting.computes[setting.computes.length > 2 ? 1 : 0];
  return model && compute !== undefined ? { model, compute } : null;
}

export function distanceDesigns(results: readonly ResultRun[], setting: Setting): SweepDesign[] {
  const at = placeOf(setting);
  if (!at) return [];
  const { model, compute } = at;
  return DISTANCES.flatMap((distance) =>
    targetsFor(compute, model).flatMap((targetTokens) =>
      cellsAt(compute, model, targetTokens).map((cell) =>
        design(results, setting, { distance, targetTokens }, cell, ROUND, FIRST_SEED),
      ),
    ),
  );
}

/**
 * The best recipe of each kind under other seeds, at every distance and D_T at which one was chosen among several: the seed that chose it
 * was lucky with it, so what is reported must come from others.
 */
export function repeatedDesigns(results: readonly ResultRun[], setting: Setting): SweepDesign[] {
  const at = placeOf(setting);
  if (!at) return [];
  const first = ofRound(results, EXPERIMENT, ROUND).filter((run) => run.config.seed === FIRST_SEED);
  return DISTANCES.flatMap((distance) =>
    targetsFor(at.compute, at.model).flatMap((targetTokens) => {
      const here = first.filter((run) => hasTag(run, DISTANCE, distance) && run.nominal.D_T === targetTokens);
      const kinds = kindsOf(here);
      return ([MONOLINGUAL, TWO_STAGE] as const).flatMap((kind) => {
        const run = bestCell(kinds[kind])?.runs[0];
        const cell = run && kinds[kind].length > 1 ? cellOfRun(run) : null;
        const place = { distance, targetTokens };
        return cell
          ? setting.moreSeeds
              .slice(0, SEEDS_MORE)
              .map((seed) => design(results, setting, place, cell, REPEATED_ROUND, seed))
          : [];
      });
    }),
  );
}

/** D_T in tokens, from the most; none below so few windows that they are no text. */
export function targetsFor(compute: number, model: Model): number[] {
  const all = 2 ** Math.round(Math.log2(tokensFor(compute, model)));
  return [...new Set(PARTS.map((part) => Math.max(all / part, FEWEST_WINDOWS * CONTEXT)))];
}

function cellsAt(compute: number, model: Model, targetTokens: number): CellRecipe[] {
  const ceiling = tokensFor(compute, model) / targetTokens;
  const within = EPOCHS.filter((epochs) => epochs < ceiling);
  const [firstRatio = MOST_SHARE] = shares([FIRST_MULTIPLE], compute, model, targetTokens, MOST_SHARE);
  return [
    ...within.map(monolingualCell),
    ...(within.length < EPOCHS.length ? [monolingualCell(null)] : []),
    ...shares(SHARE_MULTIPLES, compute, model, targetTokens, MOST_SHARE).map((finalShare) =>
      twoStageCell({ firstRatio, finalShare, finalRatio: 1 }),
    ),
  ];
}

function design(
  results: readonly ResultRun[],
  setting: Setting,
  { distance, targetTokens }: Place,
  cell: CellRecipe,
  round: string,
  seed: number,
): SweepDesign {
  const at = placeOf(setting);
  if (!at) throw new RangeError('a setting without models or budgets');
  const texts = textsAt(setting, distance);
  const asked = cellDesign(
    results,
    setting,
    { experiment: EXPERIMENT, round, tags: { [DISTANCE]: distance }, ...at, targetTokens, seed, texts },
    cell,
  );
  // Held-out files of the setting are of its own texts.
  return { ...asked, corpora: texts };
}

/** As much text as the budget's own pair has. */
function textsAt({ budget }: Setting, distance: number): { target: string; source: string } {
  const source = settingOf(budget).texts.source;
  const spec = parseCorpusSpec(source);
  if (spec.scheme !== 'world') throw new RangeError(`${source} is no text of the built-in world`);
  return { target: formatCorpusSpec({ ...spec, distance }), source };
}
