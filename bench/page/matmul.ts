/** The page's part in timing matrix products alone. */

import { BENCH_SIZES, type BenchSizeName } from '../../src/model/bench/sizes.ts';
import { createJaxMultiplier } from '../matmul/jax.ts';
import type { CreateMultiplier, Multiplier } from '../matmul/multiplier.ts';
import { createOurMultiplier } from '../matmul/ours.ts';
import {
  exactProduct,
  flopsOf,
  operandsOf,
  type Product,
  productsOf,
  relativeError,
} from '../matmul/product.ts';
import { createTfjsMultiplier } from '../matmul/tfjs.ts';
import type { TrainerName } from '../trainers/trainer.ts';
import { ourEngine } from './devices.ts';

const CREATORS: Readonly<Record<TrainerName, CreateMultiplier>> = {
  ours: async (product, operands) => createOurMultiplier(await ourEngine(), product, operands),
  'jax-js': createJaxMultiplier,
  tfjs: createTfjsMultiplier,
};

const multipliers = new Map<TrainerName, Multiplier>();

function closeMultipliers(): void {
  for (const multiplier of multipliers.values()) multiplier.destroy();
  multipliers.clear();
}

export const matmulCalls = {
  /** The products of a size, with what each costs. */
  products(size: BenchSizeName): readonly (Product & { readonly flops: number })[] {
    return productsOf(BENCH_SIZES[size]).map((product) => ({ ...product, flops: flopsOf(product) }));
  },

  /** Opens one product for all of `names`; gives each one's relative error against float64, and our tile. */
  async openProduct(
    product: Product,
    names: readonly TrainerName[],
  ): Promise<{ errors: Partial<Record<TrainerName, number>>; tile: string | null }> {
    closeMultipliers();
    const operands = operandsOf(product);
    const exact = exactProduct(operands);
    const errors: Partial<Record<TrainerName, number>> = {};
    for (const name of names) {
      const multiplier = await CREATORS[name](product, operands);
      multipliers.set(name, multiplier);
      const error = relativeError(await multiplier.result(), exact);
      // JSON knows no infinity.
      errors[name] = Math.min(error, Number.MAX_VALUE);
    }
    return { errors, tile: multipliers.get('ours')?.tile ?? null };
  },

  closeMultipliers,

  /** Milliseconds a product, over `times` of them. */
  async timeProduct(name: TrainerName, times: number): Promise<number> {
    const multiplier = multipliers.get(name);
    if (!multiplier) throw new Error(`no product has been opened for ${name}`);
    const start = performance.now();
    await multiplier.multiply(times);
    return (performance.now() - start) / times;
  },
};
