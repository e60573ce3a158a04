/** The one place where an error becomes words and an exit code. */

import { OnnxTooLargeError } from '../export/onnx/error.ts';
import { OrtRunError, OrtUnavailableError } from '../export/ort/errors.ts';
import { ConfigError } from '../formats/configError.ts';
import { CorpusSpecError } from '../formats/corpusSpec.ts';
import { JsonError } from '../formats/json.ts';
import { RunsError } from '../formats/runs/error.ts';
import {
  DeviceLostError,
  LimitTooSmallError,
  OutOfMemoryError,
  WebGpuUnavailableError,
} from '../gpu/errors.ts';
import { HuggingFaceError, SafetensorsError } from '../huggingFace/error.ts';
import { TaskError } from '../law/advice/task.ts';
import {
  BadRunError,
  BorrowError,
  ConstantLossError,
  FreezeError,
  NowhereFiniteError,
  TooFewRunsError,
  WeightsError,
} from '../law/fit/errors.ts';
import { UnknownLawError } from '../law/laws/catalogue.ts';
import { FormulaError, NoLossError, OwnLawError } from '../law/own/errors.ts';
import { SamplingError } from '../model/inference/sampling.ts';
import { ModelConfigError } from '../model/llama/config.ts';
import { RecipeError } from '../recipe/recipe.ts';
import { StorageFullError, StorePathError } from '../store/store.ts';
import { TextError } from '../text/errors.ts';
import { PairError } from '../text/pair/pairError.ts';
import { RemoteError } from '../text/remote/errors.ts';
import { TokenizerError, VocabularyError } from '../text/tokenizer/errors.ts';
import { CheckpointError } from '../train/checkpoint/error.ts';
import { ResumeError, RunExistsError } from '../train/checkpoint/resume.ts';
import { RunConfigError } from '../train/fleet/plan.ts';
import { DawnError } from './gpu/dawn.ts';

/** Exit codes; 75 is `EX_TEMPFAIL` of sysexits.h: the same command may well succeed if tried again. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  deviceLost: 75,
  interrupted: 130,
  terminated: 143,
} as const;

/** What the user gave cannot be used: a file that is not there, an option that makes no sense. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** SIGINT or SIGTERM, after all was saved. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
  readonly exitCode: number;
  constructor(exitCode: number, words: string) {
    super(words);
    this.exitCode = exitCode;
  }
}

/** Every run of a fleet came to nothing; their records are saved. */
export class RunsFailedError extends Error {
  override readonly name = 'RunsFailedError';
}

/** Runs that were trained again came to another loss than their records say. */
export class DifferentLossError extends Error {
  override readonly name = 'DifferentLossError';
}

/** What was to leave the lab is not what its engine computes; nothing was written. */
export class ParityFailedError extends Error {
  override readonly name = 'ParityFailedError';
}

export type Report = { readonly words: string; readonly exitCode: number };

/** Errors that say what was wrong with the input, in words of their own. */
const INPUT_ERRORS = [
  InputError,
  ConfigError,
  JsonError,
  RunsError,
  TooFewRunsError,
  BadRunError,
  ConstantLossError,
  FreezeError,
  BorrowError,
  WeightsError,
  NowhereFiniteError,
  UnknownLawError,
  NoLossError,
  FormulaError,
  OwnLawError,
  TaskError,
  RunConfigError,
  ResumeError,
  RunExistsError,
  RecipeError,
  ModelConfigError,
  SamplingError,
  CorpusSpecError,
  TextError,
  RemoteError,
  TokenizerError,
  VocabularyError,
  PairError,
  CheckpointError,
  HuggingFaceError,
  SafetensorsError,
  OnnxTooLargeError,
  StorePathError,
] as const;

const FAILURES = [
  RunsFailedError,
  DifferentLossError,
  ParityFailedError,
  OrtUnavailableError,
  OrtRunError,
  StorageFullError,
  WebGpuUnavailableError,
  DawnError,
] as const;

/** Whether an error says, in words of its own, what was wrong with the input. */
export function isInputError(error: unknown): error is Error {
  return INPUT_ERRORS.some((type) => error instanceof type);
}

export function report(error: unknown): Report {
  if (error instanceof InterruptedError) return { words: error.message, exitCode: error.exitCode };
  if (isInputError(error)) return { words: error.message, exitCode: EXIT.usage };
  if (error instanceof LimitTooSmallError || error instanceof OutOfMemoryError) {
    // The sizes were the user's to choose: model, batch, and how many runs at once.
    return { words: `model, optimizer.batch: ${error.message}`, exitCode: EXIT.usage };
  }
  if (error instanceof DeviceLostError) return { words: error.message, exitCode: EXIT.deviceLost };
  if (FAILURES.some((type) => error instanceof type)) {
    return { words: (error as Error).message, exitCode: EXIT.failed };
  }
  if (error instanceof Error && 'syscall' in error) return { words: error.message, exitCode: EXIT.failed };
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    words: `this should not have happened; please report it with what follows\n${details}`,
    exitCode: EXIT.failed,
  };
}
