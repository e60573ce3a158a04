/** How a test holds an array against the oracle: one figure, one line, and on failure the place to look. */

/** ‖actual − expected‖₂ ÷ ‖expected‖₂; the plain norm of the difference where `expected` is all zero. */
export function relativeL2(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let difference = 0;
  let norm = 0;
  for (let i = 0; i < expected.length; i++) {
    difference += (actual[i]! - expected[i]!) ** 2;
    norm += expected[i]! ** 2;
  }
  return norm > 0 ? Math.sqrt(difference / norm) : Math.sqrt(difference);
}

/** Where two arrays part; the message says the index, both values, the shape and how to make the case again. */
export class MismatchError extends Error {
  override readonly name = 'MismatchError';
  readonly label: string;
  readonly figure: number;
  readonly tolerance: number;
  readonly index: number;
  constructor(details: {
    label: string;
    figure: number;
    tolerance: number;
    index: number;
    actual: number | undefined;
    expected: number | undefined;
    context: CompareContext;
    length: number;
  }) {
    const { label, figure, tolerance, index, actual, expected, context, length } = details;
    const shape = context.shape ?? [length];
    super(
      `${label}: relative L2 ${figure.toExponential(2)} is above ${tolerance.toExponential()}; ` +
        `worst at index ${index} [${coordinates(index, shape)}] of [${shape.join(' × ')}]: ` +
        `got ${actual}, expected ${expected}` +
        `${context.seed === undefined ? '' : `; seed ${context.seed}`}` +
        `${context.adapter === undefined ? '' : `; adapter ${context.adapter}`}`,
    );
    this.label = label;
    this.figure = figure;
    this.tolerance = tolerance;
    this.index = index;
  }
}

/** What a reader needs to make a failing case again. */
export type CompareContext = {
  readonly shape?: readonly number[];
  readonly seed?: string | number;
  readonly adapter?: string;
};

/**
 * Logs the relative L2 of `actual` against `expected` in one line and returns it.
 * Throws {@link MismatchError} when it is above `tolerance`, when any value is not finite or when lengths differ.
 */
export function expectClose(
  label: string,
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  context: CompareContext = {},
): number {
  const sameLength = actual.length === expected.length;
  const figure = sameLength ? relativeL2(actual, expected) : Number.POSITIVE_INFINITY;
  // NaN compares false with everything, so the test is for what is close, never for what is far.
  const close = figure <= tolerance;
  console.log(
    `${label}  relative L2 ${figure.toExponential(2)} ${close ? '≤' : '>'} ${tolerance.toExponential()}`,
  );
  if (!close) {
    const index = sameLength ? worstIndex(actual, expected) : Math.min(actual.length, expected.length);
    throw new MismatchError({
      label: sameLength ? label : `${label} (${actual.length} values instead of ${expected.length})`,
      figure,
      tolerance,
      index,
      actual: actual[index],
      expected: expected[index],
      context,
      length: expected.length,
    });
  }
  return figure;
}

/** The first index that is not finite, else the one of the largest absolute difference. */
function worstIndex(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let worst = 0;
  let largest = -1;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!);
    if (!Number.isFinite(difference)) return i;
    if (difference > largest) {
      largest = difference;
      worst = i;
    }
  }
  return worst;
}

function coordinates(index: number, shape: readonly number[]): string {
  let rest = index;
  const result: number[] = [];
  for (const size of shape.toReversed()) {
    result.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return result.join(', ');
}
