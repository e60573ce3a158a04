/**
 * The best recipe by looking at every one of a fine net, and again at a finer one around the best: slow, and with nothing in common with
 * the search that it judges. It walks over N, k, r and r_f themselves and drops what breaks a limit.
 */

import type { Task } from '../../../src/law/advice/task.ts';
import type { Law } from '../../../src/law/law.ts';
import { movePoint, pointOf, type RecipeKind } from '../../../src/law/point.ts';

const HIGHEST_RATIO = 0.99;
const LOWEST_RATIO = 1e-5;
/** As far as the search looks from the middle of ln N: a law that wants no end of models is stopped where that is. */
const LN_REACH = Math.log(1e5);
const ZOOMS = 6;

export function bruteForce(law: Law, theta: Float64Array, kind: RecipeKind, task: Task): number {
  const { compute, targetTokens, limits = {} } = task;
  const point = { ...pointOf({ N: 1, D_T: targetTokens, k: 1, r: 1, r_f: 1 }) };
  const gradient = new Float64Array(law.parameters.length);
  const middle = Math.log(compute / 6) / 2;
  const isMono = kind === 'monolingual single-stage';
  // ln N, ln k, ln r, and the way from ln r to ln 1 of the final ratio.
  const steps = isMono
    ? [180, 60, 1, 1]
    : kind === 'multi-lingual single-stage'
      ? [40, 12, 30, 1]
      : [26, 10, 20, 5];
  let low = [
    middle - LN_REACH,
    Math.log(compute / targetTokens) / 2 - 30,
    Math.log(limits.ratioAtLeast ?? LOWEST_RATIO),
    0.01,
  ];
  let high = [
    Math.min(middle + LN_REACH, Math.log(limits.modelScaleAtMost ?? Number.POSITIVE_INFINITY)),
    Math.min(16, Math.log(limits.epochsAtMost ?? Number.POSITIVE_INFINITY)),
    Math.log(HIGHEST_RATIO),
    1,
  ];
  low[1] = Math.min(-12, high[1]! - 20);
  let best = Number.POSITIVE_INFINITY;
  let at = [Number.NaN, Number.NaN, Number.NaN, Number.NaN];
  const outer = { low, high };
  for (let zoom = 0; zoom <= ZOOMS; zoom++) {
    const node = (axis: number, step: number) =>
      steps[axis] === 1 ? low[axis]! : low[axis]! + ((high[axis]! - low[axis]!) * step) / (steps[axis]! - 1);
    for (let ir = 0; ir < steps[2]!; ir++) {
      const r = isMono ? 1 : Math.exp(node(2, ir));
      for (let iN = 0; iN < steps[0]!; iN++) {
        const N = Math.exp(node(0, iN));
        // The ceiling of k itself is a node of every column, else a net misses the ridge on which most laws have their best.
        const lnMost = Math.min(
          Math.log((compute * r) / (6 * N * targetTokens)),
          Math.log(limits.epochsAtMost ?? Number.POSITIVE_INFINITY),
          isMono
            ? Number.POSITIVE_INFINITY
            : Math.log(
                ((limits.sourceTokensAtMost ?? Number.POSITIVE_INFINITY) * r) / (targetTokens * (1 - r)),
              ),
        );
        for (let ik = -1; ik < steps[1]!; ik++) {
          const lnK = ik < 0 ? lnMost : node(1, ik);
          if (lnK > lnMost) continue;
          for (let iq = 0; iq < steps[3]!; iq++) {
            const way = node(3, iq);
            const r_f = kind === 'multi-lingual two-stage' ? r ** (1 - way) : r;
            movePoint(point, N, targetTokens, Math.exp(lnK), r, r_f);
            if (law.covers !== undefined && !law.covers(point)) continue;
            const value = law.logLoss(point, theta, gradient);
            if (value < best) {
              best = value;
              at = [node(0, iN), lnK, node(2, ir), way];
            }
          }
        }
      }
    }
    const width = (axis: number) => (outer.high[axis]! - outer.low[axis]!) * 0.16 * 0.3 ** zoom;
    low = at.map((value, axis) => Math.max(outer.low[axis]!, value - width(axis)));
    high = at.map((value, axis) => Math.min(outer.high[axis]!, value + width(axis)));
  }
  return Math.exp(best);
}
