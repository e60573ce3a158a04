/** ONNX Runtime for this worker: each provider is loaded when it is first asked for, and once. */

import type { OrtProvider, OrtRuntime } from '../../export/ort/session.ts';
import { inTurns } from './turns.ts';

/** Loads a provider. Throws OrtUnavailableError. */
export type LoadRuntime = (provider: OrtProvider) => Promise<OrtRuntime>;

export class Runtimes {
  readonly #load: LoadRuntime;
  readonly #loaded = new Map<OrtProvider, Promise<OrtRuntime>>();

  constructor(load: LoadRuntime) {
    this.#load = load;
  }

  /** One that could not be loaded is tried again at the next call. @throws OrtUnavailableError */
  of(provider: OrtProvider): Promise<OrtRuntime> {
    let loading = this.#loaded.get(provider);
    if (!loading) {
      loading = this.#load(provider).then(inTurns);
      this.#loaded.set(provider, loading);
      loading.catch(() => this.#loaded.delete(provider));
    }
    return loading;
  }
}
