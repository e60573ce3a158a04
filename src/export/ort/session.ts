/**
 * The little of ONNX Runtime that is used. What runs a model is handed in, so that the command line, the page's worker and the tests
 * can each bring their own.
 */

import { OrtRunError } from './errors.ts';

/** Row-major. */
export type OrtTensor =
  | { readonly type: 'float32'; readonly dims: readonly number[]; readonly data: Float32Array }
  | { readonly type: 'int64'; readonly dims: readonly number[]; readonly data: BigInt64Array };

export type OrtTensors = Readonly<Record<string, OrtTensor>>;

/** A model that is ready to run. */
export type OrtSession = {
  /** Their names, in the model's order. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** One run at a time. @throws OrtRunError */
  run(feeds: OrtTensors): Promise<OrtTensors>;
  /** Frees its memory; it cannot run again. */
  release(): Promise<void>;
};

/** WebAssembly on the processor, or WebGPU. */
export type OrtProvider = 'wasm' | 'webgpu';

export type OrtRuntime = {
  /** With its version, e.g. "onnxruntime-web 1.30.0". */
  readonly name: string;
  readonly provider: OrtProvider;
  /** Reads and checks the bytes of an ONNX file. @throws OrtRunError */
  create(onnx: Uint8Array): Promise<OrtSession>;
};

export function floatTensor(data: Float32Array, dims: readonly number[]): OrtTensor {
  return { type: 'float32', data, dims };
}

/** Of whole numbers, e.g. tokens. */
export function wholeTensor(values: ArrayLike<number>, dims: readonly number[]): OrtTensor {
  return { type: 'int64', data: BigInt64Array.from(values, BigInt), dims };
}

/** The floats of the output of that name. @throws OrtRunError where a run gave no such floats */
export function floatsOf(outputs: OrtTensors, name: string): Float32Array {
  const tensor = outputs[name];
  if (tensor?.type !== 'float32') {
    throw new OrtRunError(`the model gives no float32 output named ${name}`);
  }
  return tensor.data;
}
