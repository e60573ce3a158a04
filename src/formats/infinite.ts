/** Values for JSON, which has no number that is not finite. */

/** `Infinity` and `-Infinity` become words of that spelling, NaN null; all else stays as it is. */
export function plainNumbers(value: unknown): unknown {
  if (typeof value === 'number') {
    if (Number.isNaN(value)) return null;
    return Number.isFinite(value) ? value : String(value);
  }
  if (Array.isArray(value)) return value.map(plainNumbers);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, plainNumbers(child)]));
}
