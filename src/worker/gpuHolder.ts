/** Opens the GPU when it is first needed, and again after it was lost. */

import { type GpuDevice, openDevice } from '../gpu/device.ts';
import type { AdapterFacts } from './api.ts';

export class GpuHolder {
  readonly #gpu: GPU | undefined;
  #opening: Promise<GpuDevice> | undefined;

  constructor(gpu: GPU | undefined) {
    this.#gpu = gpu;
  }

  /** The device. Throws `WebGpuUnavailableError`; the next call then looks anew. */
  device(): Promise<GpuDevice> {
    if (this.#opening) return this.#opening;
    const opening = openDevice(this.#gpu, { onLost: () => this.#forget(opening) });
    this.#opening = opening;
    opening.catch(() => this.#forget(opening));
    return opening;
  }

  async facts(): Promise<AdapterFacts> {
    const { vendor, architecture, description, software } = (await this.device()).facts;
    return { vendor, architecture, description, software };
  }

  #forget(opening: Promise<GpuDevice>): void {
    if (this.#opening === opening) this.#opening = undefined;
  }
}
