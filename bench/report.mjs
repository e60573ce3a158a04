// The benchmark's figures in words.

/** @typedef {import('./trainers/trainer.ts').TrainerName} TrainerName */

/**
 * @typedef {object} Figures
 * @property {number[]} losses nats a token of the first steps
 * @property {import('./counting.ts').GpuCounts | null} counts calls a step
 * @property {number[]} times milliseconds a step, one a round
 * @property {number | null} median of the times
 */

/**
 * @typedef {object} SizeResult
 * @property {import('./workload.ts').SizeName} size
 * @property {number} steps of one timing
 * @property {number} rounds
 * @property {number} difference largest difference of losses at any step, nats
 * @property {boolean} agreed
 * @property {Partial<Record<TrainerName, Figures>>} trainers
 */

/**
 * Columns as wide as their widest cell; the first is flush left, the rest flush right.
 *
 * @param {readonly (readonly string[])[]} rows
 */
function table(rows) {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
}

/** @param {SizeResult} result */
export function lossesText(result) {
  const columns = Object.entries(result.trainers);
  const steps = columns[0]?.[1].losses.length ?? 0;
  const rows = Array.from({ length: steps }, (_, step) => [
    `${step + 1}`,
    ...columns.map(([, { losses }]) => (losses[step] ?? Number.NaN).toFixed(6)),
  ]);
  return `Size ${result.size}: loss of each step, nats a token\n${table([['step', ...columns.map(([name]) => name)], ...rows])}`;
}

/** @param {SizeResult} result @param {number} limit */
export function agreementText(result, limit) {
  const verdict = result.agreed
    ? 'the same work'
    : 'NOT the same work: no times are taken; find the trainer whose losses stand apart';
  return `largest difference ${result.difference.toExponential(1)} (allowed ${limit}): ${verdict}\n`;
}

/** @param {SizeResult} result */
export function countsText(result) {
  const rows = Object.entries(result.trainers).map(([name, { counts }]) => [
    name,
    ...(counts
      ? [counts.dispatches, counts.submits, counts.buffers, counts.bindGroups, counts.writes].map(decimal)
      : []),
  ]);
  const head = ['', 'dispatches', 'submits', 'buffers created', 'bind groups created', 'writes'];
  return `Size ${result.size}: calls a step\n${table([head, ...rows])}\n`;
}

/** @param {number} value */
function decimal(value) {
  return Number.isInteger(value) ? `${value}` : value.toFixed(2);
}

/** @param {SizeResult} result */
export function timesText(result) {
  const base = result.trainers.ours?.median ?? null;
  const rows = Object.entries(result.trainers).map(([name, { median, times }]) => [
    name,
    median === null ? '–' : `${milliseconds(median)} ms`,
    `${milliseconds(Math.min(...times))}–${milliseconds(Math.max(...times))}`,
    median === null || base === null ? '–' : `${(median / base).toFixed(2)}×`,
  ]);
  const timing = `median of ${result.rounds} interleaved rounds, ${result.steps} ${result.steps === 1 ? 'step' : 'steps'} a timing`;
  return `Size ${result.size}: one training step, ${timing}\n${table([['', 'median', 'range', 'to ours'], ...rows])}\n`;
}

/** @param {number} value */
function milliseconds(value) {
  return value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : value.toFixed(0);
}
