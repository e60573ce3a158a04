/** What the benchmark asks of a library that multiplies two matrices. */

import type { Operands, Product } from './product.ts';

export interface Multiplier {
  /** The kernel that was chosen; ours alone tells. */
  readonly tile?: string;
  /** Takes the same product `times` times, each into memory of the GPU, and resolves when the last is done. */
  multiply(times: number): Promise<void>;
  /** The product, row-major. */
  result(): Promise<Float32Array>;
  destroy(): void;
}

/** Brings the operands onto the library's device. */
export type CreateMultiplier = (product: Product, operands: Operands) => Promise<Multiplier>;
