/** The debiased exponential mean: what came before counts for less, and the beginning is not pulled towards zero. */

/** Anything with a place along its curve. */
export type Placed = { readonly step: number; readonly bits: number };

/**
 * The mean at each point of it and all before it, each with the weight 2^(−distance/halfLife) in steps: points that lie further apart, as
 * validations do, are smoothed less than those of every step. A half-life of 0 leaves them as they are.
 */
export function smoothed(points: readonly Placed[], halfLife: number): number[] {
  if (!(halfLife > 0)) return points.map(({ bits }) => bits);
  let sum = 0;
  let weight = 0;
  let before = points[0]?.step ?? 0;
  return points.map(({ step, bits }) => {
    const fade = 2 ** (-(step - before) / halfLife);
    before = step;
    sum = sum * fade + bits;
    weight = weight * fade + 1;
    return sum / weight;
  });
}
