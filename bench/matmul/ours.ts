/** Our kernels as a training step uses them, with nothing fused into them. */

import { Allocator } from '../../src/gpu/allocator.ts';
import { FLOAT_BYTES } from '../../src/gpu/kernel.ts';
import { reduceGradients, squarePartials } from '../../src/gpu/kernels/step.ts';
import { ProgramBuilder } from '../../src/gpu/program.ts';
import { Readback } from '../../src/gpu/readback.ts';
import { Replay } from '../../src/gpu/replay.ts';
import { type MatmulClass, matmulChoice } from '../../src/gpu/tuning/matmulChoice.ts';
import { slicesOn } from '../../src/model/program/chooseTuning.ts';
import type { OurEngine } from '../trainers/engine.ts';
import type { Multiplier } from './multiplier.ts';
import type { Operands, Product } from './product.ts';

/** The product as the tuner knows it; a weight gradient in as many slices as in training. */
function classOf({ direction, rows, inner, columns }: Product, slices: number): MatmulClass {
  const sizes = { rows, inner, columns };
  switch (direction) {
    case 'forward':
      return { ...sizes, product: 'forward', epilogue: { kind: 'none' } };
    case 'input gradient':
      return { ...sizes, product: 'input gradient', fused: 'none' };
    case 'weight gradient':
      return { ...sizes, product: 'weight gradient', slices };
  }
}

/** Which binding takes the left operand, the right one and the product. */
const BINDINGS = {
  forward: ['x', 'w', 'y'],
  'input gradient': ['x', 'w', 'y'],
  'weight gradient': ['y', 'x', 'g'],
} as const;

/** The peers give a weight gradient whole, so the pass that sums the slices belongs to ours. */
function addSum(program: ProgramBuilder, make: Allocator, arena: number, slices: number, g: GPUBuffer): void {
  const sum = reduceGradients({ runs: 1, arena, gains: arena, slices, gainStride: 4, norms: 0 });
  program.add(sum, {
    g: { buffer: g },
    dgain: make.floats('no gains', 4),
    squares: make.floats('squares', squarePartials(arena)),
  });
}

export async function createOurMultiplier(
  { gpu, tuner }: OurEngine,
  product: Product,
  operands: Operands,
): Promise<Multiplier> {
  const slices = slicesOn(gpu);
  const choice = matmulChoice(classOf(product, slices));
  const tile = tuner ? await tuner.choose(choice) : choice.fixed(gpu.facts);
  const { kernel: kernelOf, floats } = choice.measurable(Number.POSITIVE_INFINITY);
  const kernel = kernelOf(tile, 1);
  const make = new Allocator(gpu.memory);
  const buffers = Object.fromEntries(
    kernel.bindings.map(([name]) => [name, make.floats(name, floats[name] ?? 0)]),
  );
  const [left, right, target] = BINDINGS[product.direction].map((name) => buffers[name]?.buffer);
  if (!left || !right || !target) throw new Error(`a ${product.direction} binds other names`);
  gpu.device.queue.writeBuffer(left, 0, operands.left.values);
  gpu.device.queue.writeBuffer(right, 0, operands.right.values);
  const program = new ProgramBuilder('one product').add(kernel, buffers);
  if (product.direction === 'weight gradient' && slices > 1) {
    addSum(program, make, product.inner * product.columns, slices, target);
  }
  const replay = new Replay(gpu, await program.build(gpu));
  // Of a gradient in slices the first holds the sum.
  const bytes = FLOAT_BYTES * resultFloats(product);
  const readback = new Readback(gpu, make, 'product', bytes);

  const multiply = async (times: number) => {
    await replay.advance(times);
    await replay.idle();
  };
  return {
    tile,
    multiply,
    async result() {
      await multiply(1);
      return new Float32Array(await readback.read([{ buffer: target, size: bytes }]));
    },
    destroy: () => make.destroy(),
  };
}

function resultFloats({ direction, rows, inner, columns }: Product): number {
  if (direction === 'forward') return rows * columns;
  return direction === 'input gradient' ? rows * inner : inner * columns;
}
