/** The sum that most laws are: a floor, what a larger model removes, and what more text removes. */

import type { Numbers5 } from './numbers.ts';

/**
 * ln(E + A·scale^−α + B·data^−β) from the logarithms of scale and data, with theta = [ln E, ln A, α, ln B, β, …]. Its derivatives
 * by these five go to the first five of `gradient`. They are all that a caller needs for its own parameters: the derivative by
 * ln scale is −α·gradient[1], that by ln data is −β·gradient[3].
 */
export function chinchillaForm(
  lnScale: number,
  lnData: number,
  theta: Float64Array,
  gradient: Float64Array,
): number {
  // By index: an iterator over a typed array costs more than the law.
  const { 0: e, 1: a, 2: alpha, 3: b, 4: beta } = theta as unknown as Numbers5;
  const capacityTerm = a - alpha * lnScale;
  const dataTerm = b - beta * lnData;
  const top = Math.max(e, capacityTerm, dataTerm);
  // Three exponentials serve the sum and its gradient.
  const floor = Math.exp(e - top);
  const capacity = Math.exp(capacityTerm - top);
  const data = Math.exp(dataTerm - top);
  const sum = floor + capacity + data;
  gradient[0] = floor / sum;
  gradient[1] = capacity / sum;
  gradient[2] = (-capacity / sum) * lnScale;
  gradient[3] = data / sum;
  gradient[4] = (-data / sum) * lnData;
  return top + Math.log(sum);
}
