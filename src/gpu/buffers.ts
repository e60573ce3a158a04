/** Buffers, with an account of the bytes that are held. */

import { LimitTooSmallError, OutOfMemoryError } from './errors.ts';

/** A stretch of a buffer as a kernel binds it; offset and size in bytes, the rest of the buffer when left out. */
export type Slice = { readonly buffer: GPUBuffer; readonly offset?: number; readonly size?: number };

/**
 * Bytes of a buffer that holds `bytes`: rounded up to 16, for binding nothing at all is not allowed.
 * @throws LimitTooSmallError when `limits` allow no buffer or binding of that size.
 */
export function bufferSize(
  limits: Pick<GPUSupportedLimits, 'maxBufferSize' | 'maxStorageBufferBindingSize'>,
  label: string,
  bytes: number,
  usage: GPUBufferUsageFlags,
): number {
  const size = Math.max(16, Math.ceil(bytes / 16) * 16);
  const { maxBufferSize, maxStorageBufferBindingSize } = limits;
  if (size > maxBufferSize) throw new LimitTooSmallError('maxBufferSize', size, maxBufferSize, label);
  if (usage & BUFFER_USAGE.STORAGE && size > maxStorageBufferBindingSize) {
    throw new LimitTooSmallError('maxStorageBufferBindingSize', size, maxStorageBufferBindingSize, label);
  }
  return size;
}

export class BufferAccount {
  readonly #device: GPUDevice;
  readonly #held = new Set<GPUBuffer>();
  #bytes = 0;

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /** Bytes of all buffers that were made here and not yet destroyed. */
  get bytes(): number {
    return this.#bytes;
  }

  /** How many buffers those are. */
  get count(): number {
    return this.#held.size;
  }

  /**
   * Makes a zeroed buffer of `bytes` bytes (rounded up to 16; binding nothing at all is not allowed).
   * @throws LimitTooSmallError before anything is made, when the adapter allows no buffer or binding of that size.
   */
  create(label: string, bytes: number, usage: GPUBufferUsageFlags): GPUBuffer {
    const size = bufferSize(this.#device.limits, label, bytes, usage);
    const buffer = this.#device.createBuffer({ label, size, usage });
    this.#held.add(buffer);
    this.#bytes += size;
    return buffer;
  }

  destroy(buffer: GPUBuffer): void {
    if (!this.#held.delete(buffer)) return;
    this.#bytes -= buffer.size;
    buffer.destroy();
  }

  /**
   * Runs `make` and makes sure that the device really had the memory; if not, whatever `make` made is given back.
   * @throws OutOfMemoryError
   */
  async guarded<T>(what: string, make: () => T): Promise<T> {
    const before = new Set(this.#held);
    const bytesBefore = this.#bytes;
    const giveBack = () => {
      for (const buffer of this.#held) if (!before.has(buffer)) this.destroy(buffer);
    };
    this.#device.pushErrorScope('out-of-memory');
    let made: T;
    try {
      made = make();
    } catch (error) {
      await this.#device.popErrorScope();
      giveBack();
      throw error;
    }
    const error = await this.#device.popErrorScope();
    if (error) {
      const requested = this.#bytes - bytesBefore;
      giveBack();
      throw new OutOfMemoryError(requested, bytesBefore, what);
    }
    return made;
  }
}

/** `GPUBufferUsage` by number, so that this file also loads where there is no WebGPU to ask. */
export const BUFFER_USAGE = {
  MAP_READ: 0x01,
  COPY_SRC: 0x04,
  COPY_DST: 0x08,
  STORAGE: 0x80,
  QUERY_RESOLVE: 0x200,
} as const;

export const STORAGE_BUFFER: GPUBufferUsageFlags =
  BUFFER_USAGE.STORAGE | BUFFER_USAGE.COPY_SRC | BUFFER_USAGE.COPY_DST;
