/**
 * The sizes of a program: one place that says how a model and a batch fall into rows, chunks and slices.
 *
 * Nothing here may depend on how many runs there are in the fleet: a different split sums in a different order, and a
 * fleet of M must give the bits of M single runs.
 */

import { LimitTooSmallError } from '../../gpu/errors.ts';
import type { Tuning } from '../engine.ts';
import { headDim } from '../llama/config.ts';
import type { ParameterTable } from '../llama/parameters.ts';

/** What follows from a model and its batch, whatever the device. */
export type StepShape = {
  readonly table: ParameterTable;
  readonly runs: number;
  readonly context: number;
  readonly width: number;
  readonly heads: number;
  readonly headDim: number;
  readonly mlp: number;
  readonly vocabulary: number;
  readonly paddedVocabulary: number;
  /** Windows of one micro-batch, and their tokens. */
  readonly microBatch: number;
  readonly rows: number;
  /** Rows whose logits are in memory at a time. */
  readonly chunkRows: number;
};

export type Sizes = StepShape & { readonly tuning: Tuning };

/** Logits of one run that are in memory at a time; the whole micro-batch where it fits. */
const LOGITS_CHUNK_BYTES = 16 * 2 ** 20;
/** Largest activation of one run's micro-batch: the portable floor of a storage binding. */
const ACTIVATION_BYTES = 128 * 2 ** 20;
const ROW_STEP = 16;

function largestDivisor(value: number, atMost: number): number {
  for (let divisor = Math.min(value, atMost); divisor > 1; divisor--) {
    if (value % divisor === 0) return divisor;
  }
  return 1;
}

/**
 * The largest micro-batch, a divisor of `batch`, whose activations keep to the portable limits.
 * @throws LimitTooSmallError when not even one window does.
 */
export function chooseMicroBatch(table: ParameterTable, batch: number): number {
  const { context, width } = table.config;
  const windowBytes = context * Math.max(3 * width, 2 * table.paddedMlp) * 4;
  if (windowBytes > ACTIVATION_BYTES) {
    throw new LimitTooSmallError('maxStorageBufferBindingSize', windowBytes, ACTIVATION_BYTES, 'one window');
  }
  return largestDivisor(batch, Math.floor(ACTIVATION_BYTES / windowBytes));
}

export function stepShape(table: ParameterTable, runs: number, microBatch: number): StepShape {
  const { context, width, heads, vocabulary } = table.config;
  const rows = microBatch * context;
  const fitting = Math.floor(LOGITS_CHUNK_BYTES / (table.paddedVocabulary * 4) / ROW_STEP) * ROW_STEP;
  return {
    table,
    runs,
    context,
    width,
    heads,
    headDim: headDim(table.config),
    mlp: table.paddedMlp,
    vocabulary,
    paddedVocabulary: table.paddedVocabulary,
    microBatch,
    rows,
    chunkRows: Math.min(rows, Math.max(ROW_STEP, fitting)),
  };
}

export function sizesOf(table: ParameterTable, tuning: Tuning, runs: number, microBatch: number): Sizes {
  return { ...stepShape(table, runs, microBatch), tuning };
}

/** The chunks of logits, as stretches of rows. */
export function chunksOf({ rows, chunkRows }: StepShape): readonly { first: number; rows: number }[] {
  return Array.from({ length: Math.ceil(rows / chunkRows) }, (_, index) => ({
    first: index * chunkRows,
    rows: Math.min(chunkRows, rows - index * chunkRows),
  }));
}
