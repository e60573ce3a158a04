/**
 * Two-stage recipes with a source in an unrelated language. What they gain is not the source's language, whatever else it is. The control is
 * written in the target's script; with the second one, in another script, even the bytes of the source are strange.
 *
 * A control chooses its own recipe, by the same seed and among as many as the source did, and it is judged by the same other seeds: else
 * the source would win by its better chosen recipe.
 */

import type { SweepDesign } from '../../../formats/sweepDesignFields.ts';
import type { ResultRun, Round } from '../experiment.ts';
import { type CellRecipe, cellDesign, cellOfRun } from '../grid.ts';
import { TWO_STAGE } from '../results.ts';
import type { Setting, Texts } from '../settings.ts';
import { effortAt } from './effort.ts';
import { bracketOf, type Known, knownAt } from './known.ts';
import { rankedCells } from './margins.ts';
import { GRID_ROUNDS, PHASE_SHIFT, ROUNDS, runsAt, VARIANT } from './places.ts';

/** Values of the tag {@link VARIANT}. */
export const CONTROL = 'unrelated source';
export const OTHER_SCRIPT = 'unrelated source in another script';

type Control = {
  readonly variant: string;
  readonly texts: { readonly source: string; readonly sourceValidation?: string };
  /** D_T, from the one just below the threshold down. */
  readonly targets: number;
};

function controlsOf({ control, otherScript = null, controlValidation }: Texts): Control[] {
  const validation = controlValidation !== undefined && { sourceValidation: controlValidation };
  return [
    ...(control === null
      ? []
      : [{ variant: CONTROL, texts: { source: control, ...validation }, targets: 2 }]),
    ...(otherScript === null ? [] : [{ variant: OTHER_SCRIPT, texts: { source: otherScript }, targets: 1 }]),
  ];
}

/** Every two-stage recipe that was tried with the source, under the first seed. */
export function controlDesigns(results: readonly ResultRun[], setting: Setting, known: Known): SweepDesign[] {
  return controlsOf(setting.texts).flatMap((control) =>
    controlTargets(known, control.targets).flatMap((targetTokens) =>
      known
        .best(TWO_STAGE, targetTokens, Number.POSITIVE_INFINITY)
        .map((cell) =>
          design(results, setting, known, control, { targetTokens, cell, round: ROUNDS.checks }),
        ),
    ),
  );
}

export const controlSeedsRound: Round = {
  name: ROUNDS.controlSeeds,
  why: 'repeats the best recipe with each unrelated source, just below the threshold, under the seeds that the source’s was repeated with',
  designs: (results, setting) =>
    setting.computes
      .filter((compute) => effortAt(setting, compute).checks.others)
      .flatMap((compute) => {
        const known = knownAt(results, setting, compute, GRID_ROUNDS);
        return known ? controlSeedDesigns(results, setting, known) : [];
      }),
};

export function controlSeedDesigns(
  results: readonly ResultRun[],
  setting: Setting,
  known: Known,
): SweepDesign[] {
  const [targetTokens] = controlTargets(known, 1);
  if (targetTokens === undefined) return [];
  return controlsOf(setting.texts).flatMap((control) => {
    const tried = runsAt(results, known.compute, control.variant, [ROUNDS.checks]);
    const here = tried.filter(({ nominal }) => nominal.D_T === targetTokens);
    const [best] = rankedCells(here).flatMap(({ runs: [run] }) => (run ? [cellOfRun(run)] : []));
    if (!best) return [];
    return setting.moreSeeds.map((seed) =>
      design(results, setting, known, control, {
        ...{ targetTokens, cell: best, seed, round: ROUNDS.controlSeeds },
      }),
    );
  });
}

/** From the D_T just below the threshold, where two-stage is ahead and was repeated, down. */
function controlTargets(known: Known, count: number): number[] {
  const most = bracketOf(known).at(-1) ?? 0;
  return known.targets.filter((tokens) => tokens <= most).slice(0, count);
}

type One = {
  readonly targetTokens: number;
  readonly cell: CellRecipe;
  readonly round: string;
  readonly seed?: number;
};

function design(
  results: readonly ResultRun[],
  setting: Setting,
  { compute, model }: Known,
  { variant, texts }: Control,
  { cell, ...one }: One,
): SweepDesign {
  const asked = { experiment: PHASE_SHIFT, tags: { [VARIANT]: variant }, model, compute, texts, ...one };
  return cellDesign(results, setting, asked, cell);
}
