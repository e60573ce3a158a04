/** onnxruntime-web, loaded when it is first asked for: it is far larger than the rest of the lab. */

import type { InferenceSession } from 'onnxruntime-web';
import { GraphBuilder } from '../onnx/graph.ts';
import { onnxFile } from '../onnx/model.ts';
import { OrtRunError, OrtUnavailableError } from './errors.ts';
import type { OrtProvider, OrtRuntime, OrtSession, OrtTensor, OrtTensors } from './session.ts';

type Ort = typeof import('onnxruntime-web');

/** Only what is fatal: what goes wrong is thrown, and the console need not say it too. */
const QUIET = { logSeverityLevel: 4 } as const;

export type OrtOptions = {
  /** `wasm` unless told: it runs everywhere. */
  readonly provider?: OrtProvider;
  /** The address of its WebAssembly; not needed in Node, which finds it beside the package. */
  readonly wasm?: string;
  /** Rejects this call; what is being loaded stays, for the next one. */
  readonly signal?: AbortSignal;
};

const loaded = new Map<OrtProvider, Promise<Ort>>();

/**
 * Loads ONNX Runtime, once for each provider; the first call's options hold. Where a part of it did not come, the next call tries again.
 * @throws OrtUnavailableError
 */
export async function ortRuntime(options: OrtOptions = {}): Promise<OrtRuntime> {
  const provider = options.provider ?? 'wasm';
  let loading = loaded.get(provider);
  if (!loading) {
    loading = loadOrt(provider, options);
    loaded.set(provider, loading);
    loading.catch(() => loaded.delete(provider));
  }
  const ort = await loading;
  options.signal?.throwIfAborted();
  return {
    name: `onnxruntime-web ${ort.env.versions.web ?? ort.env.versions.common}`,
    provider,
    create: (onnx) => createSession(ort, provider, onnx),
  };
}

async function loadOrt(provider: OrtProvider, { wasm }: OrtOptions): Promise<Ort> {
  // Before the runtime starts, because it never starts again in the same process once it has failed to.
  const binary = wasm === undefined ? undefined : await fetched(provider, wasm);
  let ort: Ort;
  try {
    ort =
      provider === 'webgpu' ? await import('onnxruntime-web/webgpu') : await import('onnxruntime-web/wasm');
  } catch (error) {
    throw new OrtUnavailableError(provider, 'fetch', `its program did not come (${wordsOf(error)})`, error);
  }
  ort.env.logLevel = 'fatal';
  // More need a page that is isolated from other origins.
  ort.env.wasm.numThreads = 1;
  // Whoever runs it in a page is in a worker already.
  ort.env.wasm.proxy = false;
  if (binary) ort.env.wasm.wasmBinary = binary;
  try {
    // It compiles its WebAssembly, or finds its device, at the first session.
    await (await ort.InferenceSession.create(emptyModel(), sessionOptions(provider))).release();
  } catch (error) {
    throw new OrtUnavailableError(provider, 'start', wordsOf(error), error);
  } finally {
    // It is compiled, or cannot be.
    delete ort.env.wasm.wasmBinary;
  }
  return ort;
}

async function fetched(provider: OrtProvider, from: string): Promise<Uint8Array> {
  try {
    const response = await fetch(from);
    if (!response.ok) throw new Error(`the server says ${response.status} ${response.statusText}`.trim());
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw new OrtUnavailableError(
      provider,
      'fetch',
      `its WebAssembly did not come (${wordsOf(error)}); when the network is back, try again`,
      error,
    );
  }
}

function emptyModel(): Uint8Array {
  const graph = new GraphBuilder();
  graph.input('x', 'float32', [1]);
  graph.output('y', 'float32', [1]);
  graph.node('Identity', 'y', ['x']);
  return onnxFile(graph.build('nothing'), 'gives back what it is given');
}

function sessionOptions(provider: OrtProvider): InferenceSession.SessionOptions {
  return { executionProviders: [provider], ...QUIET };
}

async function createSession(ort: Ort, provider: OrtProvider, onnx: Uint8Array): Promise<OrtSession> {
  const session = await ort.InferenceSession.create(onnx, sessionOptions(provider)).catch(
    (error: unknown) => {
      throw new OrtRunError(`the model cannot be opened (${wordsOf(error)})`, error);
    },
  );
  return {
    inputs: session.inputNames,
    outputs: session.outputNames,
    run: async (feeds) => {
      try {
        return ourTensors(await session.run(theirTensors(ort, feeds), QUIET));
      } catch (error) {
        throw new OrtRunError(`the model cannot be run (${wordsOf(error)})`, error);
      }
    },
    release: () => session.release(),
  };
}

function theirTensors(ort: Ort, tensors: OrtTensors): InferenceSession.FeedsType {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { type, data, dims }]) => [name, new ort.Tensor(type, data, dims)]),
  );
}

function ourTensors(tensors: InferenceSession.ReturnType): OrtTensors {
  const ours: Record<string, OrtTensor> = {};
  for (const [name, { data, dims }] of Object.entries(tensors)) {
    if (data instanceof Float32Array) ours[name] = { type: 'float32', data, dims };
    else if (data instanceof BigInt64Array) ours[name] = { type: 'int64', data, dims };
    else throw new TypeError(`${name} is of a type that no model of ours gives`);
  }
  return ours;
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
