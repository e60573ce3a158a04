/** The three attention kernels of the model, and the strips that each is computed in. */

import type { Attention } from '../../gpu/kernels/attention.ts';
import { type AttentionPass, attentionChoice, stripOf } from '../../gpu/tuning/attentionChoice.ts';
import type { KernelChoice } from '../../gpu/tuning/kernelChoice.ts';
import type { Sizes, StepShape } from './sizes.ts';

const PASSES: readonly AttentionPass[] = ['attention', 'query gradient', 'key and value gradient'];

/** What there is to choose for attention in a training step of these sizes. */
export function attentionChoices(sizes: StepShape): readonly KernelChoice[] {
  return PASSES.map((pass) => choiceOf(sizes, pass));
}

/** The sizes of one pass, ready for its kernel. */
export function attentionSizes(sizes: Sizes, pass: AttentionPass): Attention {
  const { runs, rows, context, heads, headDim, tuning } = sizes;
  const { name } = choiceOf(sizes, pass);
  const strip = stripOf(tuning.variants[name] ?? '');
  if (strip === null) throw new RangeError(`the tuning names no strips for ${name}`);
  return { runs, rows, context, heads, headDim, strip };
}

function choiceOf({ rows, context, heads, headDim }: StepShape, pass: AttentionPass): KernelChoice {
  return attentionChoice({ rows, context, heads, headDim, pass });
}
