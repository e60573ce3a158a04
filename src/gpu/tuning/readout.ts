/** Floats of a buffer, back on the CPU. */

import { BUFFER_USAGE } from '../buffers.ts';
import type { GpuDevice } from '../device.ts';

export class Readout {
  readonly #gpu: GpuDevice;
  readonly #staging: GPUBuffer;

  /** For up to `floats` floats at a time. */
  constructor(gpu: GpuDevice, floats: number) {
    this.#gpu = gpu;
    this.#staging = gpu.memory.create('read back', floats * 4, BUFFER_USAGE.MAP_READ | BUFFER_USAGE.COPY_DST);
  }

  /** @throws DeviceLostError */
  async read(buffer: GPUBuffer, floats: number): Promise<Float32Array> {
    const bytes = floats * 4;
    const encoder = this.#gpu.device.createCommandEncoder();
    encoder.copyBufferToBuffer(buffer, 0, this.#staging, 0, bytes);
    this.#gpu.device.queue.submit([encoder.finish()]);
    await this.#gpu.settled(this.#staging.mapAsync(1, 0, bytes));
    const values = new Float32Array(this.#staging.getMappedRange(0, bytes).slice(0));
    this.#staging.unmap();
    return values;
  }

  destroy(): void {
    this.#gpu.memory.destroy(this.#staging);
  }
}
