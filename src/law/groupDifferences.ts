/**
 * Residuals by what runs were trained or measured on: where they differ from group to group, one law for all of them says of each what
 * is true of none.
 */

import { partingColumns } from '../formats/runs/mixture.ts';
import { fishersFTail } from './certainty/fishersF.ts';
import type { Law } from './law.ts';
import { meanOf } from './mean.ts';
import type { Run } from './run.ts';

export type GroupResidual = {
  readonly word: string;
  readonly runs: number;
  /** Mean of ln measured − ln predicted: above 0, worse than the law says. */
  readonly mean: number;
};

export type GroupDifference = {
  /** Name of the column, e.g. `tokenizer`. */
  readonly column: string;
  /** The best first. */
  readonly groups: readonly GroupResidual[];
  /** Share of the residuals' variance that the groups' means are. */
  readonly share: number;
  /** Of means so far apart, or further, where the groups were drawn by lot; null where too few runs are left to tell. */
  readonly p: number | null;
};

/** More words than this are no groups but names. */
const MOST_WORDS = 20;

/** One for each column that may part the runs, and that does into 2 to 20 groups; `theta` in coordinates. */
export function groupDifferences(law: Law, theta: Float64Array, runs: readonly Run[]): GroupDifference[] {
  const gradient = new Float64Array(theta.length);
  const covered = runs.filter(({ point }) => law.covers?.(point) ?? true);
  const residuals = covered.map(({ point, loss }) => Math.log(loss) - law.logLoss(point, theta, gradient));
  const names = new Set(covered.flatMap(({ groups }) => Object.keys(groups)));
  return partingColumns([...names]).flatMap((column) => {
    const byWord = new Map<string, number[]>();
    for (const [index, { groups }] of covered.entries()) {
      const word = groups[column] ?? '';
      const residual = residuals[index] ?? Number.NaN;
      const known = byWord.get(word);
      if (known) known.push(residual);
      else byWord.set(word, [residual]);
    }
    return byWord.size < 2 || byWord.size > MOST_WORDS
      ? []
      : [difference(column, byWord, law.parameters.length)];
  });
}

/** One-way analysis of variance; what the law's parameters have used up is taken from the degrees of freedom. */
function difference(
  column: string,
  byWord: ReadonlyMap<string, readonly number[]>,
  parameters: number,
): GroupDifference {
  const all = [...byWord.values()].flat();
  const centre = meanOf(all);
  let between = 0;
  let within = 0;
  const groups = [...byWord].map(([word, residuals]) => {
    const mean = meanOf(residuals);
    between += residuals.length * (mean - centre) ** 2;
    for (const residual of residuals) within += (residual - mean) ** 2;
    return { word, runs: residuals.length, mean };
  });
  const degrees = all.length - parameters - (byWord.size - 1);
  return {
    column,
    groups: groups.sort((a, b) => a.mean - b.mean),
    share: between + within > 0 ? between / (between + within) : 0,
    p:
      degrees < 1 || within === 0
        ? null
        : fishersFTail(between / (within / degrees), byWord.size - 1, degrees),
  };
}
