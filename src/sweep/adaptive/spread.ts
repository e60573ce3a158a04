/** The first runs of an adaptive sweep: spread over the design, when nothing is known yet. */

import type { Nominal } from '../../formats/manifest.ts';

/** What a recipe is to a law: ln N, ln D_T, ln k, r, r_f. */
const FEATURES: readonly ((run: Nominal) => number)[] = [
  ({ N }) => Math.log(N),
  ({ D_T }) => Math.log(D_T),
  ({ k }) => Math.log(k),
  ({ r }) => r,
  ({ r_f }) => r_f,
];

/**
 * Indices of `count` of the candidates, fewer where there are fewer: each next one is of the kind that has the fewest runs so far, and of
 * that kind lies furthest from all that were taken before it, in {@link FEATURES} that each go from 0 to 1 over the candidates (the first
 * of all lies in their middle). Runs that are `taken` count as chosen before. The same for the same lists.
 */
export function spreadRuns(
  candidates: readonly Nominal[],
  count: number,
  taken: readonly Nominal[] = [],
): number[] {
  const place = scaled(candidates);
  const places = candidates.map(place);
  const perKind = new Map(candidates.map(({ kind }) => [kind, 0] as [Nominal['kind'], number]));
  for (const { kind } of taken) if (perKind.has(kind)) perKind.set(kind, (perKind.get(kind) ?? 0) + 1);
  const before = taken.map(place);
  const middle = FEATURES.map(() => 0.5);
  // Squared distance to the nearest that was taken; where nothing was, the nearer to the middle the better.
  const room = places.map((here) =>
    before.length > 0 ? Math.min(...before.map((other) => apart(here, other))) : -apart(here, middle),
  );
  const left = new Set(candidates.keys());
  const chosen: number[] = [];
  while (chosen.length < count && left.size > 0) {
    const open = new Set([...left].map((index) => candidates[index]?.kind));
    const fewest = Math.min(...[...perKind].flatMap(([kind, runs]) => (open.has(kind) ? [runs] : [])));
    let best = -1;
    for (const index of left) {
      const kind = candidates[index]?.kind;
      const isWanted = kind !== undefined && perKind.get(kind) === fewest;
      if (isWanted && (best < 0 || (room[index] ?? 0) > (room[best] ?? 0))) best = index;
    }
    const { kind } = candidates[best] ?? {};
    const here = places[best];
    if (kind === undefined || here === undefined) break;
    const isFirst = chosen.length === 0 && before.length === 0;
    chosen.push(best);
    left.delete(best);
    perKind.set(kind, fewest + 1);
    for (const index of left) {
      const distance = apart(places[index] ?? here, here);
      room[index] = isFirst ? distance : Math.min(room[index] ?? 0, distance);
    }
  }
  return chosen;
}

function scaled(candidates: readonly Nominal[]): (run: Nominal) => readonly number[] {
  const ranges = FEATURES.map((of) => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const run of candidates) {
      low = Math.min(low, of(run));
      high = Math.max(high, of(run));
    }
    return { of, low, width: high - low };
  });
  return (run) => ranges.map(({ of, low, width }) => (width > 0 ? (of(run) - low) / width : 0.5));
}

function apart(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + (value - (b[index] ?? 0)) ** 2, 0);
}
