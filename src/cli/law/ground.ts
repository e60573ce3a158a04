/** What a fit's file says of its ground: what its runs tell, and how far they reach. */

import type { FitFile } from '../../formats/fit.ts';
import type { Limits, Task } from '../../law/advice/task.ts';
import { type FitGround, idleParameters, type Told, toldBy } from '../../law/advice/told.ts';
import type { Law } from '../../law/law.ts';
import { InputError } from '../report.ts';
import { scale, short } from '../words/law/numbers.ts';
import type { Reach } from './adviceFigures.ts';
import type { RecommendCommandOptions } from './recommendOptions.ts';

/** So many times beyond the runs, or below them, a law that holds among them is only a formula. */
const FURTHEST = 1e10;

export function groundOf({ tellers, frozen, borrowed, extent }: FitFile): FitGround {
  const given = frozen.filter((name) => !borrowed?.parameters.includes(name));
  return { tellers, frozen: given, mostEpochs: extent.k?.[1] ?? 1 };
}

export function toldOf(fit: FitFile, law: Law): Told {
  return toldBy(law, groundOf(fit));
}

/** Parameters that have no effect where the fit ended, though there are runs that would show one. */
export function idleOf(fit: FitFile, law: Law): readonly string[] {
  return idleParameters(law, fit.unknown, groundOf(fit));
}

export function reachOf({ extent }: FitFile): Reach {
  return { compute: extent.C ?? [1, 1], targetTokens: extent.D_T ?? [1, 1], mostEpochs: extent.k?.[1] ?? 1 };
}

/** What was asked for, what the runs tell of, and what they reach, where that was asked for. */
export function limitsOf(
  { maxN, maxEpochs, maxSourceTokens, withinRuns }: RecommendCommandOptions,
  { kinds, epochsAtMost }: Told,
  { extent }: FitFile,
): Limits {
  const reached = (quantity: string, end: 0 | 1) => (withinRuns ? extent[quantity]?.[end] : undefined);
  const N = least(maxN, reached('N', 1));
  const epochs = least(maxEpochs, epochsAtMost ?? undefined, reached('k', 1));
  const source = least(maxSourceTokens, reached('S', 1));
  const ratio = reached('r', 0);
  return {
    kinds,
    ...(N !== undefined && { modelScaleAtMost: N }),
    ...(epochs !== undefined && { epochsAtMost: epochs }),
    ...(source !== undefined && { sourceTokensAtMost: source }),
    ...(ratio !== undefined && ratio < 1 && { ratioAtLeast: ratio }),
  };
}

function least(...values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

/** Throws `InputError` where nothing follows from the fit, or from this far away. */
export function checkGround(fit: FitFile, law: Law, { compute, targetTokens }: Task): void {
  const fitted = law.parameters.length - fit.frozen.length - fit.unknown.length;
  if (fit.recipes <= fitted)
    throw new InputError(
      `FIT: ${law.name} has ${fitted} fitted parameters and its runs are of ${fit.recipes} recipes, so that it passes through all of them ` +
        'and nothing follows; fit more runs, a simpler law, or fewer parameters (--freeze)',
    );
  if (!law.reads.some((quantity) => quantity === 'N' || quantity === 'C'))
    throw new InputError(
      `--law: ${law.name} does not read N, so that it cannot choose a model, and no recipe follows; ask another law`,
    );
  const asked = [
    ['--compute', 'C', compute, 'FLOPs', short],
    ['--target-tokens', 'D_T', targetTokens, 'tokens', scale],
  ] as const;
  for (const [option, quantity, value, unit, words] of asked) {
    const [low, high] = fit.extent[quantity] ?? [value, value];
    if (value <= high * FURTHEST && value >= low / FURTHEST) continue;
    throw new InputError(
      `${option}: the runs of the fit have from ${words(low)} to ${words(high)} ${unit}; of ${words(value)}, more than ${short(FURTHEST)} times ` +
        'as far, it says nothing',
    );
  }
}
