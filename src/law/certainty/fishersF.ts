/** Fisher's F with few degrees in its numerator: the quantile and the tails that statistics of fits are held against. */

/** 97.5 % point of the normal distribution. */
const Z = 1.959963984540054;

/** With fewer degrees in the denominator, or none, this many are taken. */
const FEWEST = 3;

/**
 * The 95 % point of F(1, degrees), which is the square of the two-sided 95 % point of Student's t; χ²'s 3.841 for many degrees. By the
 * expansion of Abramowitz and Stegun 26.7.5, good to 1 % from 3 degrees on; with fewer, or none, 3 are taken.
 */
export function fishersF95(degrees: number): number {
  const n = Math.max(degrees, FEWEST);
  const t =
    Z +
    (Z ** 3 + Z) / (4 * n) +
    (5 * Z ** 5 + 16 * Z ** 3 + 3 * Z) / (96 * n ** 2) +
    (3 * Z ** 7 + 19 * Z ** 5 + 17 * Z ** 3 - 15 * Z) / (384 * n ** 3) +
    (79 * Z ** 9 + 776 * Z ** 7 + 1482 * Z ** 5 - 1920 * Z ** 3 - 945 * Z) / (92160 * n ** 4);
  return t ** 2;
}

/**
 * The chance that d·F(d, degrees) comes to `statistic` or more, d being `parameters`: that of χ² with d degrees where the variance is
 * known, i.e. for many `degrees`. An incomplete beta function, I_x(degrees/2, d/2) at x = degrees/(degrees + statistic), from
 * d = 1 or 2 by the recurrence of Abramowitz and Stegun 26.5.16. With no parameters the statistic is 0.
 */
export function fishersFTail(statistic: number, parameters: number, degrees: number): number {
  if (statistic <= 0) return 1;
  if (parameters <= 0) return 0;
  const a = Math.max(degrees, FEWEST) / 2;
  const lnX = -Math.log1p(statistic / (2 * a));
  const y = statistic / (2 * a + statistic);
  const isOdd = parameters % 2 === 1;
  let b = isOdd ? 0.5 : 1;
  // x^a·y^b/(b·B(a, b)), the difference between the tails of 2b and of 2b + 2 parameters.
  let step = Math.exp(a * lnX) * (isOdd ? (2 * Math.sqrt(y) * gammaRatio(a)) / Math.sqrt(Math.PI) : y * a);
  let tail = isOdd ? studentsTail(a, lnX, y) : Math.exp(a * lnX);
  for (; 2 * b < parameters; b++) {
    tail += step;
    step *= (y * (a + b)) / (b + 1);
  }
  return Math.min(tail, 1);
}

/** I_x(a, ½) = x^a·√y/(a·B(a, ½))·F(a + ½, 1; a + 1; x), by Lentz's continued fraction of the incomplete beta function. */
function studentsTail(a: number, lnX: number, y: number): number {
  const front = (Math.exp(a * lnX) * Math.sqrt(y) * gammaRatio(a)) / Math.sqrt(Math.PI);
  const x = 1 - y;
  // Each fraction converges on its own side of the mean.
  if (x < (a + 1) / (a + 2.5)) return (front / a) * betaFraction(a, 0.5, x);
  return 1 - (front / 0.5) * betaFraction(0.5, a, y);
}

const TERMS = 300;
const DIGITS = 1e-14;

/** Abramowitz and Stegun 26.5.8. */
function betaFraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    value *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    value *= c * d;
    if (Math.abs(c * d - 1) < DIGITS) break;
  }
  return value;
}

/** From here Stirling's series for the ratio of two gamma functions has ten digits. */
const LARGE = 20;

/** Γ(a + ½)/Γ(a). */
function gammaRatio(a: number): number {
  let factor = 1;
  let shifted = a;
  for (; shifted < LARGE; shifted++) factor *= shifted / (shifted + 0.5);
  const u = 1 / shifted;
  return (
    factor * Math.sqrt(shifted) * (1 - u / 8 + u ** 2 / 128 + (5 * u ** 3) / 1024 - (21 * u ** 4) / 32768)
  );
}
