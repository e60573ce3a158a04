/** Opens the GPU when it is first needed, and again after it was lost; what is known of it comes along. */

import { type GpuDevice, openDevice } from '../gpu/device.ts';
import { SUBMIT_MS } from '../gpu/pace.ts';
import type { Tuner } from '../gpu/tuning/tuner.ts';
import type { AdapterFacts } from './api/fleet.ts';

/** Makes the tuner of a device; undefined where none is wanted. */
export type MakeTuner = (gpu: GpuDevice) => Promise<Tuner | undefined>;

type Opening = { readonly device: Promise<GpuDevice>; tuner?: Promise<Tuner | undefined> };

export class GpuHolder {
  readonly #gpu: GPU | undefined;
  readonly #makeTuner: MakeTuner;
  #opening: Opening | undefined;
  // A page that a person has just opened is seen.
  #submitMs: number = SUBMIT_MS.seen;

  constructor(gpu: GPU | undefined, makeTuner: MakeTuner) {
    this.#gpu = gpu;
    this.#makeTuner = makeTuner;
  }

  /** The device. Throws `WebGpuUnavailableError`; the next call then looks anew. */
  device(): Promise<GpuDevice> {
    return this.#opened().device;
  }

  /** The tuner of {@link device}, the same one as long as the device lives. */
  async tuner(): Promise<Tuner | undefined> {
    const opening = this.#opened();
    const device = await opening.device;
    opening.tuner ??= this.#makeTuner(device);
    return opening.tuner;
  }

  async facts(): Promise<AdapterFacts> {
    const { vendor, architecture, description, software } = (await this.device()).facts;
    return { vendor, architecture, description, software };
  }

  /** Holds submits short while the page is seen. */
  setVisible(visible: boolean): void {
    this.#submitMs = visible ? SUBMIT_MS.seen : SUBMIT_MS.unseen;
    // A device that cannot be had needs no pace; whoever asked for it hears why.
    this.#opening?.device.then(this.#keepPace, () => {});
  }

  readonly #keepPace = (gpu: GpuDevice): GpuDevice => {
    gpu.pace.submitMs = this.#submitMs;
    return gpu;
  };

  #opened(): Opening {
    if (this.#opening) return this.#opening;
    const opening: Opening = {
      device: openDevice(this.#gpu, { onLost: () => this.#forget(opening) }).then(this.#keepPace),
    };
    this.#opening = opening;
    opening.device.catch(() => this.#forget(opening));
    return opening;
  }

  #forget(opening: Opening): void {
    if (this.#opening === opening) this.#opening = undefined;
  }
}
