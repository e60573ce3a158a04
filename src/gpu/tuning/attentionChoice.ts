/** The strips of an attention kernel: how many positions an invocation takes. */

import type { Kernel } from '../kernel.ts';
import {
  type Attention,
  attention,
  attentionKeyValueGradient,
  attentionQueryGradient,
  STRIPS,
  type Strip,
} from '../kernels/attention.ts';
import type { Adapter, KernelChoice } from './kernelChoice.ts';

export type AttentionPass = 'attention' | 'query gradient' | 'key and value gradient';

export type AttentionClass = Omit<Attention, 'runs' | 'strip'> & { readonly pass: AttentionPass };

const KERNELS: Readonly<Record<AttentionPass, (sizes: Attention) => Kernel>> = {
  attention,
  'query gradient': attentionQueryGradient,
  'key and value gradient': attentionKeyValueGradient,
};

/** Features of a strip that an invocation keeps: past this a software adapter compiles for seconds, a GPU runs out of registers. */
const MOST_FEATURES = { software: 128, hardware: 64 };
/** Two right kernels differ by the rounding of a softmax and of two sums. */
const TOLERANCE = 1e-5;

export function attentionChoice(shape: AttentionClass): KernelChoice {
  const { pass, rows, context, heads, headDim } = shape;
  return {
    name: `${pass} ${rows / context}×${context} heads ${heads}×${headDim}`,
    fits: (variant) => stripOf(variant) !== null,
    candidates: ({ software }) => strips(shape, software).map(stripName),
    fixed: ({ software }) => stripName(software ? 2 : 1),
    measurable(flops) {
      const windows = Math.max(1, Math.floor(flops / (4 * context * context * heads * headDim)));
      const measured = { rows: Math.min(rows, windows * context), context, heads, headDim };
      const width = heads * headDim;
      return {
        kernel: (variant, runs) => KERNELS[pass]({ ...measured, runs, strip: stripOf(variant) ?? 1 }),
        floats: {
          qkv: measured.rows * 3 * width,
          dqkv: measured.rows * 3 * width,
          o: measured.rows * width,
          grad: measured.rows * width,
          lse: measured.rows * heads,
          delta: measured.rows * heads,
          rotary: context * headDim,
        },
        tolerance: TOLERANCE,
      };
    },
  };
}

function strips({ headDim }: AttentionClass, software: Adapter['software']): readonly Strip[] {
  const most = software ? MOST_FEATURES.software : MOST_FEATURES.hardware;
  return STRIPS.filter((strip) => strip === 1 || strip * headDim <= most);
}

/** E.g. `strips of 4`. */
export function stripName(strip: Strip): string {
  return `strips of ${strip}`;
}

/** The strip of that name, or null where this engine has none. */
export function stripOf(name: string): Strip | null {
  return STRIPS.find((strip) => stripName(strip) === name) ?? null;
}
