/** Progress that is told no more often than people look. */

/** `tell`, at most once in so many milliseconds: what comes between is dropped, unless `mustTell` says that it has to be heard. */
export function seldom<Values extends readonly unknown[]>(
  everyMs: number,
  tell: (...values: Values) => void,
  mustTell: (...values: Values) => boolean = () => false,
): (...values: Values) => void {
  let told = Number.NEGATIVE_INFINITY;
  return (...values) => {
    const now = performance.now();
    if (now - told < everyMs && !mustTell(...values)) return;
    told = now;
    tell(...values);
  };
}
