/** Reading from the device into memory that is made once. */

import type { Allocator } from './allocator.ts';
import { BUFFER_USAGE, type Slice } from './buffers.ts';
import type { GpuDevice } from './device.ts';

/** A staging buffer of fixed size; one read at a time. */
export class Readback {
  readonly #gpu: GpuDevice;
  readonly #staging: GPUBuffer;

  constructor(gpu: GpuDevice, make: Allocator, label: string, bytes: number) {
    this.#gpu = gpu;
    this.#staging = make.bytesOf(label, bytes, BUFFER_USAGE.MAP_READ | BUFFER_USAGE.COPY_DST);
  }

  /** Copies the pieces one after the other and returns their bytes. @throws DeviceLostError */
  async read(pieces: readonly (Slice & { readonly size: number })[]): Promise<ArrayBuffer> {
    const encoder = this.#gpu.device.createCommandEncoder();
    let bytes = 0;
    for (const { buffer, offset = 0, size } of pieces) {
      encoder.copyBufferToBuffer(buffer, offset, this.#staging, bytes, size);
      bytes += size;
    }
    this.#gpu.device.queue.submit([encoder.finish()]);
    await this.#gpu.settled(this.#staging.mapAsync(1, 0, bytes));
    const copy = this.#staging.getMappedRange(0, bytes).slice(0);
    this.#staging.unmap();
    return copy;
  }
}
