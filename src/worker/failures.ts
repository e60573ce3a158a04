/** The one place where errors become what a person reads; what crosses to the page is data. */

import { ConfigError } from '../formats/configError.ts';
import { CorpusSpecError } from '../formats/corpusSpec.ts';
import { JsonError } from '../formats/json.ts';
import {
  DeviceLostError,
  GpuValidationError,
  LimitTooSmallError,
  OutOfMemoryError,
  WebGpuUnavailableError,
} from '../gpu/errors.ts';
import { HuggingFaceError, SafetensorsError } from '../huggingFace/error.ts';
import { NewerDatabaseError, NoDatabaseError } from '../store/idbDatabase.ts';
import { NoOpfsError } from '../store/opfs.ts';
import { StorageFullError } from '../store/store.ts';
import { TextError } from '../text/errors.ts';
import { PairError } from '../text/pair/pairError.ts';
import { RemoteError } from '../text/remote/errors.ts';
import { TokenizerError } from '../text/tokenizer/errors.ts';
import { CheckpointError } from '../train/checkpoint/error.ts';
import { RunConfigError } from '../train/fleet/plan.ts';
import { isAbort } from './abort.ts';
import type { Failure } from './api/outcome.ts';
import { ShippedFileError } from './library/shippedRecords.ts';
import { ModelError } from './models/errors.ts';
import { SweepLostError } from './queue/sweepFolder.ts';
import { ended, sentenceOf } from './sentence.ts';
import { BackupError, BackupTooLargeError, BackupTooManyError } from './storage/backup/errors.ts';

/** Another tab holds the lab's storage and trains: a fleet, or a sweep of the queue. */
export class BusyError extends Error {
  override readonly name = 'BusyError';
  readonly by: 'fleet' | 'queue';
  constructor(by: 'fleet' | 'queue') {
    const who =
      by === 'queue'
        ? 'A sweep of the queue trains in another tab of this browser'
        : 'Another tab of this browser is training';
    super(`${who}, and both would write to the same storage.`);
    this.by = by;
  }
}

/** A command that makes no sense at this moment, e.g. a step while nothing is paused. */
export class NotNowError extends Error {
  override readonly name = 'NotNowError';
}

/** Says what happened and what to do. The messages of our own errors carry both. */
export function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof RunConfigError || error instanceof ConfigError) {
    const run = error instanceof RunConfigError ? error.run : error.file;
    return { kind: 'config', message, advice: '', field: error.field, problem: error.problem, run };
  }
  if (error instanceof WebGpuUnavailableError) return { kind: 'no-webgpu', message, advice: '' };
  if (error instanceof LimitTooSmallError) return { kind: 'limit', message, advice: '' };
  if (error instanceof OutOfMemoryError) return { kind: 'memory', message, advice: '' };
  if (error instanceof DeviceLostError) {
    return { kind: 'device-lost', message, advice: 'Load the page again to look for the GPU anew.' };
  }
  if (error instanceof GpuValidationError) {
    return {
      kind: 'gpu',
      message,
      advice:
        'This is a mistake in the lab or in the driver. Update the browser and the driver, and please report it.',
    };
  }
  if (error instanceof TextError && error.problem === 'too few documents') {
    return {
      kind: 'text',
      message: `${error.file}: there is one document only, so none can be kept back to measure on.`,
      advice: 'Split it into lines, one document a line, and choose it again.',
    };
  }
  if (error instanceof TextError) {
    const { columns } = error;
    return { kind: 'text', message: ended(message), advice: '', ...(columns.length > 0 && { columns }) };
  }
  if (error instanceof CorpusSpecError) return { kind: 'text', message: ended(message), advice: '' };
  if (error instanceof RemoteError) return { kind: 'network', message: ended(message), advice: '' };
  if (error instanceof PairError) {
    const { field, problem } = error;
    return { kind: 'config', message: ended(message), advice: '', field, problem: ended(problem) };
  }
  if (error instanceof StorageFullError) {
    return {
      kind: 'storage-full',
      message: sentenceOf(message),
      advice: 'The runs stand where they were last saved.',
    };
  }
  if (
    error instanceof NoOpfsError ||
    error instanceof SweepLostError ||
    error instanceof NoDatabaseError ||
    error instanceof NewerDatabaseError
  ) {
    return { kind: 'storage', message: sentenceOf(message), advice: '' };
  }
  if (
    error instanceof HuggingFaceError ||
    error instanceof SafetensorsError ||
    error instanceof TokenizerError ||
    error instanceof JsonError
  ) {
    return { kind: 'file', message: ended(message), advice: '' };
  }
  if (error instanceof ModelError) {
    return {
      kind: 'file',
      message: ended(message),
      advice: 'Choose another model; this one can be removed in Storage.',
    };
  }
  if (error instanceof BackupError) return { kind: 'file', message: ended(message), advice: '' };
  if (error instanceof BackupTooLargeError || error instanceof BackupTooManyError) {
    return { kind: 'limit', message: sentenceOf(message), advice: '' };
  }
  if (error instanceof ShippedFileError) return { kind: 'network', message: sentenceOf(message), advice: '' };
  if (error instanceof CheckpointError) {
    return {
      kind: 'storage',
      message: ended(message),
      advice: 'Discard the saved fleet and train again.',
    };
  }
  if (error instanceof BusyError) {
    const where =
      error.by === 'queue' ? 'Pause the queue in Sweep, here or there' : 'Stop it there, or close that tab';
    return { kind: 'busy', message, advice: `${where}, then try again.` };
  }
  if (error instanceof NotNowError) return { kind: 'not-now', message, advice: '' };
  if (isAbort(error)) {
    return { kind: 'cancelled', message: 'It was stopped.', advice: '' };
  }
  if (error instanceof DOMException && error.name === 'NotReadableError') {
    return { kind: 'text', message, advice: 'Has the file been moved or changed? Choose it again.' };
  }
  if (error instanceof RangeError && /array buffer|array length|allocation/i.test(message)) {
    return {
      kind: 'memory',
      message,
      advice: 'Choose a smaller text or a smaller model, or close other tabs.',
    };
  }
  return {
    kind: 'internal',
    message,
    advice: 'Load the page again; what was saved is kept. If it comes back, please report it.',
  };
}
