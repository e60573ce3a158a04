/** The tiles of a matmul: which of them suit a shape and an adapter. */

import type { Kernel } from '../kernel.ts';
import { type Epilogue, linear, linearInputGradient, linearWeightGradient } from '../kernels/linear.ts';
import { fits, REFERENCE_TILE, type Tile, tileName, tileOf } from '../kernels/tile.ts';
import type { Adapter, KernelChoice, Measurable } from './kernelChoice.ts';

type Sizes = {
  readonly rows: number;
  /** Features that come in and go out, as the layer sees it. */
  readonly inner: number;
  readonly columns: number;
};

export type MatmulClass =
  | (Sizes & { readonly product: 'forward'; readonly epilogue: Epilogue })
  | (Sizes & { readonly product: 'input gradient'; readonly fused: 'none' | 'swiglu' })
  | (Sizes & { readonly product: 'weight gradient'; readonly slices: number });

/**
 * Tiles that are tried on a software adapter. A barrier is a switch of coroutines for every invocation there, so nothing goes
 * through workgroup memory; a load costs as much as five multiplications wherever it reads, so quads, which load least, go without
 * rivals where they can be had. The largest take seconds to compile where an epilogue comes once for each of their rows.
 */
const SOFTWARE = ['quads 8×16'];
const SOFTWARE_PLAIN = [...SOFTWARE, 'quads 16×16'];
/** These fit any number of rows. */
const SOFTWARE_FEW_ROWS = ['quads 4×16'];
const SOFTWARE_ALONE = ['registers 8×8', 'registers 8×16'];
/** Tiles that are tried on a GPU; the largest register tiles do not fit into its registers. */
const HARDWARE = [
  'registers 8×8',
  'quads 4×16',
  'quads 8×16',
  'slabs 32×64',
  'slabs 64×64',
  'slabs 64×128',
  'slabs 128×128',
];

/** Two orders of summation of K products differ by about √K roundings; a wrong index differs by far more. */
const DIFFERENCE_PER_ROOT = 2e-6;

export function matmulChoice(matmul: MatmulClass): KernelChoice {
  return {
    name: className(matmul),
    fits: (variant, { subgroups }) => fitsClass(variant, matmul) && (subgroups || !isQuads(variant)),
    candidates: (adapter) => [tileName(REFERENCE_TILE), ...worthTrying(matmul, adapter)],
    fixed: (adapter) => fixedTile(matmul, adapter),
    measurable: (flops) => measurable(shortened(matmul, flops)),
  };
}

/** E.g. `forward 256×64→192 rotary 32`. */
function className(matmul: MatmulClass): string {
  const { product, rows, inner, columns } = matmul;
  return [product, `${rows}×${inner}→${columns}`, extraOf(matmul)].filter((word) => word !== '').join(' ');
}

function extraOf(matmul: MatmulClass): string {
  if (matmul.product === 'weight gradient') return `slices ${matmul.slices}`;
  const kind = matmul.product === 'forward' ? matmul.epilogue.kind : matmul.fused;
  if (kind === 'none') return '';
  return matmul.product === 'forward' && matmul.epilogue.kind === 'rotary'
    ? `rotary ${matmul.epilogue.headDim}`
    : kind;
}

function fitsClass(name: string, { product, rows, columns }: MatmulClass): boolean {
  const tile = tileOf(name);
  return tile !== null && fits(tile, product === 'weight gradient' ? columns : rows);
}

/** Whether a finished sum is written as it is. */
function isPlain(matmul: MatmulClass): boolean {
  if (matmul.product === 'forward') return matmul.epilogue.kind === 'none';
  return matmul.product === 'weight gradient' || matmul.fused === 'none';
}

function isQuads(name: string): boolean {
  return tileOf(name)?.family === 'quads';
}

function worthTrying(matmul: MatmulClass, { software, subgroups }: Adapter): readonly string[] {
  const fitting = (names: readonly string[]) => names.filter((name) => fitsClass(name, matmul));
  if (!software) return fitting(HARDWARE).filter((name) => subgroups || !isQuads(name));
  if (!subgroups) return SOFTWARE_ALONE;
  const quads = fitting(isPlain(matmul) ? SOFTWARE_PLAIN : SOFTWARE);
  return quads.length > 0 ? quads : SOFTWARE_FEW_ROWS;
}

/**
 * Register tiles on software adapters, of a size that compiles at once; small ones on Apple's, where larger ones spill; slabs
 * elsewhere.
 */
function fixedTile(matmul: MatmulClass, { software, vendor }: Pick<Adapter, 'software' | 'vendor'>): string {
  const name = software ? 'registers 8×8' : vendor === 'apple' ? 'registers 4×8' : 'slabs 64×64';
  return fitsClass(name, matmul) ? name : tileName(REFERENCE_TILE);
}

function measurable(matmul: MatmulClass): Measurable {
  const { rows, inner, columns } = matmul;
  return {
    kernel: (variant, runs) => kernelOf(matmul, tileOf(variant) ?? REFERENCE_TILE, runs),
    floats: bindingFloats(matmul),
    tolerance: DIFFERENCE_PER_ROOT * Math.sqrt(Math.max(rows, inner, columns)),
  };
}

function kernelOf(matmul: MatmulClass, tile: Tile, runs: number): Kernel {
  const { rows, inner, columns } = matmul;
  const product = { runs, rows, inner, columns, weightStride: inner * columns, tile };
  switch (matmul.product) {
    case 'forward':
      return linear(product, matmul.epilogue);
    case 'input gradient':
      return linearInputGradient(product, matmul.fused);
    case 'weight gradient':
      return linearWeightGradient({ ...product, slices: matmul.slices, accumulate: false });
  }
}

function bindingFloats(matmul: MatmulClass): Readonly<Record<string, number>> {
  const { rows, inner, columns } = matmul;
  const [input, weights, output] = [rows * inner, inner * columns, rows * columns];
  switch (matmul.product) {
    case 'forward': {
      const { epilogue } = matmul;
      const rotary = epilogue.kind === 'rotary' ? epilogue.context * epilogue.headDim : 0;
      return { x: input, w: weights, y: output, residual: output, rotary, h: output / 2 };
    }
    case 'input gradient': {
      const written = matmul.fused === 'swiglu' ? 2 * input : input;
      return { x: output, w: weights, y: written, gate_up: 2 * input };
    }
    case 'weight gradient':
      return { y: output, x: input, g: matmul.slices * weights };
  }
}

/**
 * The class with fewer rows: they are alike, and a part of them tells which tile is fastest. Rows stay a multiple of 64 or 32 where they
 * are one, so that the same tiles fit.
 */
function shortened(matmul: MatmulClass, flops: number): MatmulClass {
  const { rows, inner, columns } = matmul;
  const step = [64, 32, 16].find((multiple) => rows % multiple === 0) ?? 16;
  const fitting = Math.floor(flops / (2 * inner * columns) / step) * step;
  return { ...matmul, rows: Math.min(rows, Math.max(step, fitting)) };
}
