/** Sums of positive terms that are known by their logarithms, as every law's loss is one. */

/** ln(e^a + e^b); −Infinity is a term of 0. */
export function logSumExp2(a: number, b: number): number {
  const top = Math.max(a, b);
  return top === Number.NEGATIVE_INFINITY ? top : top + Math.log(Math.exp(a - top) + Math.exp(b - top));
}

/** ln(e^a + e^b + e^c). */
export function logSumExp3(a: number, b: number, c: number): number {
  const top = Math.max(a, b, c);
  if (top === Number.NEGATIVE_INFINITY) return top;
  return top + Math.log(Math.exp(a - top) + Math.exp(b - top) + Math.exp(c - top));
}

/** ln(e^a + e^b + e^c + e^d). */
export function logSumExp4(a: number, b: number, c: number, d: number): number {
  const top = Math.max(a, b, c, d);
  if (top === Number.NEGATIVE_INFINITY) return top;
  return top + Math.log(Math.exp(a - top) + Math.exp(b - top) + Math.exp(c - top) + Math.exp(d - top));
}
