/**
 * The runs of `replay`: one model of the source language goes on in the target, with more or less of the source mixed in. The target
 * tokens of the final stage are the same in all, so replay makes the stage longer and the target pays nothing for it.
 */

import type { SweepDesign } from '../../../formats/sweepDesignFields.ts';
import type { ResultRun } from '../experiment.ts';
import { parametersOf, tokensHolding } from '../models.ts';
import { rateFor } from '../rates.ts';
import { TWO_STAGE } from '../results.ts';
import { type BudgetName, CONTEXT, designOf, FIRST_SEED, type Model, type Setting } from '../settings.ts';

export const EXPERIMENT = 'replay';
export const ROUND = 'final ratios';

/** Tag that says what a run is for; runs to compare carry their r_f in their numbers. */
export const ROLE = 'role';
/** `anchor`: goes on with next to nothing but the source, as a model does that nobody takes over to the target. */
export type Role = 'compared' | 'anchor';

/** r_f of the final stage. At 1 nothing is replayed. */
export const FINAL_RATIOS = [1, 0.9, 0.75, 0.5, 0.25] as const;
/** A run must read some target text. */
const ANCHOR_RATIO = 1 / 32;
/** The anchor's final stage is as long as that of this ratio. */
const ANCHOR_LENGTH_OF = 0.5;

/** In windows. Target windows divide by 9 and 32, so that at every ratio the final stage is whole steps long and holds exactly as many. */
type Lengths = { readonly source: number; readonly target: number };
const LENGTHS: Readonly<Record<BudgetName, Lengths>> = {
  small: { source: 4096, target: 864 },
  laptop: { source: 16_384, target: 3456 },
  gpu: { source: 32_768, target: 6912 },
};

/** The model in the middle alone. */
export function modelsOf({ models }: Setting): readonly Model[] {
  return models.slice(Math.floor((models.length - 1) / 2)).slice(0, 1);
}

/** Under the seeds that the setting repeats things with. */
export function replayDesigns(results: readonly ResultRun[], setting: Setting): SweepDesign[] {
  const [model] = modelsOf(setting);
  if (!model) return [];
  const { source, target } = LENGTHS[setting.budget];
  const compared = FINAL_RATIOS.map((ratio) => ({ ratio, final: target / ratio, role: 'compared' as const }));
  const anchor = { ratio: ANCHOR_RATIO, final: target / ANCHOR_LENGTH_OF, role: 'anchor' as const };
  return [FIRST_SEED, ...setting.moreSeeds].flatMap((seed) =>
    [...compared, anchor].map(({ ratio, final, role }) =>
      oneRun(results, setting, { model, source, final: Math.round(final), target, ratio, role, seed }),
    ),
  );
}

type One = {
  readonly model: Model;
  /** Windows of the source stage, of the final one, and of the target text that there is. */
  readonly source: number;
  readonly final: number;
  readonly target: number;
  /** r_f. */
  readonly ratio: number;
  readonly role: Role;
  readonly seed: number;
};

function oneRun(
  results: readonly ResultRun[],
  setting: Setting,
  { model, source, final, target, ratio, role, seed }: One,
): SweepDesign {
  const N = parametersOf(model);
  const windows = source + final;
  const tokens = windows * CONTEXT;
  return designOf(setting, {
    name: `N ${N} r_f ${ratio} ${role} seed ${seed}`,
    experiment: EXPERIMENT,
    round: ROUND,
    tags: { [ROLE]: role },
    model,
    recipe: {
      targetTokens: tokensHolding(target * CONTEXT),
      tokens,
      stages: [
        { share: source / windows, ratio: 0 },
        { share: final / windows, ratio },
      ],
    },
    compute: 6 * N * tokens,
    learningRate: rateFor(results, setting, model, TWO_STAGE),
    seed,
  });
}
