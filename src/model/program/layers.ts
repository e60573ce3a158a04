/** The linear layers of the model: their sizes, what is fused into them, and the tile that each is computed in. */

import type { Epilogue, Product } from '../../gpu/kernels/linear.ts';
import { type Tile, tileOf } from '../../gpu/kernels/tile.ts';
import type { KernelChoice } from '../../gpu/tuning/kernelChoice.ts';
import { type MatmulClass, matmulChoice } from '../../gpu/tuning/matmulChoice.ts';
import type { Tuning } from '../engine.ts';
import { chunksOf, type Sizes, type StepShape } from './sizes.ts';

export type LayerName = 'qkv' | 'attentionOutput' | 'gateUp' | 'down' | 'head';

type Layer = {
  readonly inner: number;
  readonly columns: number;
  /** What follows the layer forward, and what its input came out of. */
  readonly epilogue: Epilogue;
  readonly fused: 'none' | 'swiglu';
};

function layers({ width, mlp, headDim, context, paddedVocabulary }: StepShape): Record<LayerName, Layer> {
  const none = { kind: 'none' } as const;
  const residual = { kind: 'residual' } as const;
  const rotary = { kind: 'rotary', headDim, context } as const;
  return {
    qkv: { inner: width, columns: 3 * width, epilogue: rotary, fused: 'none' },
    attentionOutput: { inner: width, columns: width, epilogue: residual, fused: 'none' },
    gateUp: { inner: width, columns: 2 * mlp, epilogue: { kind: 'swiglu' }, fused: 'none' },
    down: { inner: mlp, columns: width, epilogue: residual, fused: 'swiglu' },
    head: { inner: width, columns: paddedVocabulary, epilogue: none, fused: 'none' },
  };
}

type Products = Readonly<Record<'forward' | 'inputGradient' | 'weightGradient', MatmulClass>>;

function classesOf(layer: Layer, rows: number, slices: number): Products {
  const { inner, columns, epilogue, fused } = layer;
  const sizes = { rows, inner, columns };
  return {
    forward: { ...sizes, product: 'forward', epilogue },
    inputGradient: { ...sizes, product: 'input gradient', fused },
    weightGradient: { ...sizes, product: 'weight gradient', slices },
  };
}

/** What there is to choose for the matmuls of a training step of these sizes. */
export function matmulChoices(sizes: StepShape, gradientSlices: number): readonly KernelChoice[] {
  const all = layers(sizes);
  const rowsOf = (name: string) =>
    name === 'head' ? new Set(chunksOf(sizes).map(({ rows }) => rows)) : new Set([sizes.rows]);
  return Object.entries(all).flatMap(([name, layer]) =>
    [...rowsOf(name)].flatMap((rows) =>
      Object.values(classesOf(layer, rows, gradientSlices)).map(matmulChoice),
    ),
  );
}

/** A layer's products over `rows` rows, ready for a program. */
export function layerProducts(
  sizes: Sizes,
  name: LayerName,
  rows = sizes.rows,
): { readonly layer: Layer } & Readonly<Record<keyof Products, Product>> {
  const layer = layers(sizes)[name];
  const { inner, columns } = layer;
  const product = { runs: sizes.runs, rows, inner, columns, weightStride: sizes.table.arena };
  // A chunk of the head's rows lies among the rows of the whole micro-batch.
  const strided = rows === sizes.rows ? product : { ...product, inputStride: sizes.rows * inner };
  const { forward, inputGradient, weightGradient } = classesOf(layer, rows, sizes.tuning.gradientSlices);
  const cut = (matmul: MatmulClass) => ({ ...strided, tile: tileFor(sizes.tuning, matmul) });
  return {
    layer,
    forward: cut(forward),
    inputGradient: cut(inputGradient),
    weightGradient: cut(weightGradient),
  };
}

function tileFor({ variants }: Tuning, matmul: MatmulClass): Tile {
  const { name } = matmulChoice(matmul);
  const tile = tileOf(variants[name] ?? '');
  if (!tile) throw new RangeError(`the tuning names no tile for ${name}`);
  return tile;
}
