/** What a fit's file says of its ground: what its runs tell, and how far they reach. */

import type { FitFile } from '../../formats/fit.ts';
import type { Limits, Task } from '../advice/task.ts';
import { type AskedLaw, type FitGround, idleParameters, type Told, toldBy } from '../advice/told.ts';
import type { Law } from '../law.ts';
import { scale, short } from './numbers.ts';

/** So many times beyond the runs, or below them, a law that holds among them is only a formula. */
const FURTHEST = 1e10;

/** What of a fit's file this reads. */
export type Ground = Pick<FitFile, 'tellers' | 'frozen' | 'borrowed' | 'extent' | 'unknown' | 'recipes'>;

export function groundOf({ tellers, frozen, borrowed, extent }: Ground): FitGround {
  const given = frozen.filter((name) => !borrowed?.parameters.includes(name));
  return { tellers, frozen: given, mostEpochs: extent.k?.[1] ?? 1 };
}

export function toldOf(fit: Ground, law: AskedLaw): Told {
  return toldBy(law, groundOf(fit));
}

/** Parameters that have no effect where the fit ended, though there are runs that would show one. */
export function idleOf(fit: Ground, law: AskedLaw): readonly string[] {
  return idleParameters(law, fit.unknown, groundOf(fit));
}

/** What the runs of a fit reach. */
export type Reach = {
  readonly compute: readonly [number, number];
  readonly targetTokens: readonly [number, number];
  readonly mostEpochs: number;
};

export function reachOf({ extent }: Pick<FitFile, 'extent'>): Reach {
  return { compute: extent.C ?? [1, 1], targetTokens: extent.D_T ?? [1, 1], mostEpochs: extent.k?.[1] ?? 1 };
}

/** What a person limits a search to. */
export type AskedLimits = {
  readonly maxN?: number | undefined;
  readonly maxEpochs?: number | undefined;
  readonly maxSourceTokens?: number | undefined;
  /** Only N, k, S and r that runs have. */
  readonly withinRuns?: boolean | undefined;
};

/** What was asked for, what the runs tell of, and what they reach, where that was asked for. */
export function limitsOf(
  { maxN, maxEpochs, maxSourceTokens, withinRuns }: AskedLimits,
  { kinds, epochsAtMost }: Told,
  { extent }: Pick<FitFile, 'extent'>,
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

/** Why nothing follows from a fit, or from so far away. */
export type GroundProblem = {
  /** What is at fault. */
  readonly field: 'fit' | 'law' | 'compute' | 'targetTokens';
  /** Without a full stop. */
  readonly problem: string;
};

/** Null where the law can be asked. */
export function groundProblem(
  fit: Ground,
  law: AskedLaw & Pick<Law, 'name'>,
  { compute, targetTokens }: Task,
): GroundProblem | null {
  const fitted = law.parameters.length - fit.frozen.length - fit.unknown.length;
  if (fit.recipes <= fitted)
    return {
      field: 'fit',
      problem:
        `${law.name} has ${fitted} fitted parameters and its runs are of ${fit.recipes} recipes, so that it passes through all of them ` +
        'and nothing follows; fit more runs, a simpler law, or fewer parameters',
    };
  if (!law.reads.some((quantity) => quantity === 'N' || quantity === 'C'))
    return {
      field: 'law',
      problem: `${law.name} does not read N, so that it cannot choose a model, and no recipe follows; ask another law`,
    };
  const asked = [
    ['compute', 'C', compute, 'FLOPs', short],
    ['targetTokens', 'D_T', targetTokens, 'tokens', scale],
  ] as const;
  for (const [field, quantity, value, unit, words] of asked) {
    const [low, high] = fit.extent[quantity] ?? [value, value];
    if (value <= high * FURTHEST && value >= low / FURTHEST) continue;
    return {
      field,
      problem:
        `the runs of the fit have from ${words(low)} to ${words(high)} ${unit}; of ${words(value)}, more than ${short(FURTHEST)} times ` +
        'as far, it says nothing',
    };
  }
  return null;
}
