/** The one quantile that intervals from a few dozen runs need. */

/** 97.5 % point of the normal distribution. */
const Z = 1.959963984540054;

/**
 * The 95 % point of F(1, degrees), which is the square of the two-sided 95 % point of Student's t; χ²'s 3.841 for many degrees. By the
 * expansion of Abramowitz and Stegun 26.7.5, good to 1 % from 3 degrees on; with fewer, or none, 3 are taken.
 */
export function fishersF95(degrees: number): number {
  const n = Math.max(degrees, 3);
  const t =
    Z +
    (Z ** 3 + Z) / (4 * n) +
    (5 * Z ** 5 + 16 * Z ** 3 + 3 * Z) / (96 * n ** 2) +
    (3 * Z ** 7 + 19 * Z ** 5 + 17 * Z ** 3 - 15 * Z) / (384 * n ** 3) +
    (79 * Z ** 9 + 776 * Z ** 7 + 1482 * Z ** 5 - 1920 * Z ** 3 - 945 * Z) / (92160 * n ** 4);
  return t ** 2;
}
