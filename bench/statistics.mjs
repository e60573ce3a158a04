// The arithmetic of the benchmark's table: medians, the order of the rounds, and whether losses agree.

/**
 * The middle value; of an even number, the mean of the middle two.
 *
 * @param {readonly number[]} values at least one
 */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined) throw new RangeError('the median of nothing');
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/**
 * The order of one round: the names turned by one place each round, so that none always follows the same rest.
 *
 * @template T
 * @param {readonly T[]} names
 * @param {number} round
 * @returns {T[]}
 */
export function rotate(names, round) {
  const from = round % names.length;
  return [...names.slice(from), ...names.slice(0, from)];
}

/**
 * The largest difference between two rows of losses at any step; a NaN or a missing step counts as infinite.
 *
 * @param {readonly (readonly number[])[]} rows
 */
export function largestDifference(rows) {
  let largest = 0;
  const steps = Math.max(...rows.map((row) => row.length));
  for (let step = 0; step < steps; step++) {
    const values = rows.map((row) => row[step] ?? Number.NaN);
    const difference = Math.max(...values) - Math.min(...values);
    largest = Math.max(largest, Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference);
  }
  return largest;
}
