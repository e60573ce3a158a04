/** Buffers that live and die together. */

import { type BufferAccount, type Slice, STORAGE_BUFFER } from './buffers.ts';
import { FLOAT_BYTES } from './kernel.ts';

/** Makes buffers of floats under one account and remembers them, so that all can be given back together. */
export class Allocator {
  readonly #memory: Pick<BufferAccount, 'create' | 'destroy'>;
  readonly #made: GPUBuffer[] = [];

  constructor(memory: Pick<BufferAccount, 'create' | 'destroy'>) {
    this.#memory = memory;
  }

  get bytes(): number {
    return this.#made.reduce((sum, buffer) => sum + buffer.size, 0);
  }

  floats(label: string, count: number): Slice {
    return { buffer: this.bytesOf(label, count * FLOAT_BYTES) };
  }

  /** A buffer of `bytes` bytes; read and written by shaders and copied either way, unless `usage` says otherwise. */
  bytesOf(label: string, bytes: number, usage = STORAGE_BUFFER): GPUBuffer {
    const buffer = this.#memory.create(label, bytes, usage);
    this.#made.push(buffer);
    return buffer;
  }

  destroy(): void {
    for (const buffer of this.#made.splice(0)) this.#memory.destroy(buffer);
  }
}
