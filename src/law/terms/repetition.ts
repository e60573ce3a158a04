/** What passes over the same tokens are worth, in passes over new ones. */

/**
 * Effective epochs g(k): k up to one pass, then 1 + R*·(1 − e^{−(k−1)/R*}), which saturates at 1 + R* (Muennighoff et al. 2023,
 * arXiv 2305.16264, with their R_D = k − 1). R* = Infinity: repeated tokens are as good as new ones.
 */
export function effectiveEpochs(k: number, Rstar: number): number {
  return k <= 1 ? k : 1 + saturated(k - 1, Rstar);
}

/** ∂g/∂ln R*; `epochs` is g, where the caller has it. */
export function effectiveEpochsByLogRstar(
  k: number,
  Rstar: number,
  epochs: number = effectiveEpochs(k, Rstar),
): number {
  return k <= 1 ? 0 : saturatedByLogScale(k - 1, Rstar, epochs - 1);
}

/** ∂g/∂k. */
export function effectiveEpochsByEpochs(k: number, Rstar: number): number {
  return k <= 1 ? 1 : Math.exp(-(k - 1) / Rstar);
}

/** scale·(1 − e^{−x/scale}): x while it is small against the scale, the scale where it is large. */
export function saturated(x: number, scale: number): number {
  if (scale === 0) return 0;
  // Past this expm1 and the product would only lose digits.
  return x < scale * 1e-12 ? x : -scale * Math.expm1(-x / scale);
}

/** ∂saturated/∂ln scale; `reached` is `saturated(x, scale)`, where the caller has it. */
export function saturatedByLogScale(x: number, scale: number, reached: number = saturated(x, scale)): number {
  if (scale === 0 || x < scale * 1e-12) return 0;
  const ratio = x / scale;
  // The scale is reached to the last digit, and an infinite x must not meet a zero.
  if (ratio > 50) return scale;
  // scale·(1 − e^{−u} − u·e^{−u}), whose first two orders cancel.
  if (ratio < 1e-4) return scale * ratio * ratio * (0.5 - ratio / 3 + (ratio * ratio) / 8);
  return reached - x * (1 - reached / scale);
}
