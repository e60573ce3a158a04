/** What goes wrong with models at play, in words; what crosses to the page is data. */

import { OnnxTooLargeError } from '../../export/onnx/error.ts';
import { OrtRunError, OrtUnavailableError } from '../../export/ort/errors.ts';
import { ConfigError } from '../../formats/configError.ts';
import { JsonError } from '../../formats/json.ts';
import { HuggingFaceError, SafetensorsError } from '../../huggingFace/error.ts';
import { SamplingError } from '../../model/inference/sampling.ts';
import { PlayError } from '../../play/errors.ts';
import { TokenizerError } from '../../text/tokenizer/errors.ts';
import type { Failure } from '../api/outcome.ts';
import { ended, sentenceOf } from '../sentence.ts';
import { ClosedModelError, OtherWeightsError } from './shelf.ts';

/** Errors of a model's files. */
const OF_FILES = [HuggingFaceError, SafetensorsError, TokenizerError, ConfigError, JsonError] as const;

const OUT_OF_MEMORY = /array buffer|array length|allocat|out of memory|bad_alloc/i;

export function playFailureOf(error: unknown): Failure {
  const message = sentenceOf(error instanceof Error ? error.message : String(error));
  if (error instanceof PlayError && error.field === 'text') {
    return { kind: 'text', message: sentenceOf(error.problem), advice: '' };
  }
  if (error instanceof PlayError) {
    return { kind: 'config', message, advice: '', field: error.field, problem: sentenceOf(error.problem) };
  }
  if (error instanceof SamplingError) {
    const problem = sentenceOf(error.message.slice(`${error.field}: `.length));
    return { kind: 'config', message, advice: '', field: error.field, problem };
  }
  if (error instanceof ClosedModelError || error instanceof OtherWeightsError) {
    return { kind: 'not-now', message, advice: '' };
  }
  if (error instanceof Error && OF_FILES.some((type) => error instanceof type)) {
    return { kind: 'file', message: ended(error.message), advice: '' };
  }
  if (error instanceof OnnxTooLargeError) return { kind: 'limit', message, advice: '' };
  if (error instanceof OrtUnavailableError) return unavailable(error, message);
  if ((error instanceof RangeError || error instanceof OrtRunError) && OUT_OF_MEMORY.test(message)) {
    return { kind: 'memory', message, advice: 'Show fewer models side by side, or close other tabs.' };
  }
  return {
    kind: 'internal',
    message,
    advice: 'Load the page again; nothing that was saved is lost. If it comes back, please report it.',
  };
}

function unavailable({ provider, stage }: OrtUnavailableError, message: string): Failure {
  if (provider === 'webgpu') {
    return { kind: 'no-webgpu', message, advice: 'Check the model with WASM: that works in every browser.' };
  }
  if (stage === 'fetch') {
    return {
      kind: 'network',
      message,
      advice:
        'It comes from where the lab itself came from: when you are online again, try again, or load the page again. All else works without it.',
    };
  }
  if (OUT_OF_MEMORY.test(message)) {
    return { kind: 'memory', message, advice: 'Close other tabs, then load the page again.' };
  }
  return {
    kind: 'internal',
    message,
    advice: 'Load the page again, or take another browser. All else works without it.',
  };
}
