/** The model's norms and its cross-entropy, and how many invocations take a row of each. */

import type { Sharers } from '../../gpu/kernels/sharers.ts';
import { sharersOf } from '../../gpu/kernels/sharers.ts';
import type { KernelChoice } from '../../gpu/tuning/kernelChoice.ts';
import { rowChoice } from '../../gpu/tuning/rowChoice.ts';
import { chunksOf, type Sizes, type StepShape } from './sizes.ts';

type RowPass = 'norm' | 'norm gradient' | 'cross-entropy';

/** What there is to choose for them in a training step of these sizes. */
export function rowChoices(sizes: StepShape): readonly KernelChoice[] {
  const chunks = new Set(chunksOf(sizes).map(({ rows }) => rows));
  return [
    choiceOf(sizes, 'norm', sizes.rows),
    choiceOf(sizes, 'norm gradient', sizes.rows),
    ...[...chunks].map((rows) => choiceOf(sizes, 'cross-entropy', rows)),
  ];
}

/** Invocations a row for one of them, over `rows` rows. */
export function sharersFor(sizes: Sizes, pass: RowPass, rows = sizes.rows): Sharers {
  const { name } = choiceOf(sizes, pass, rows);
  const sharers = sharersOf(sizes.tuning.variants[name] ?? '');
  if (sharers === null) throw new RangeError(`the tuning does not say how many take a row of ${name}`);
  return sharers;
}

function choiceOf(
  { width, vocabulary, paddedVocabulary }: StepShape,
  pass: RowPass,
  rows: number,
): KernelChoice {
  return pass === 'cross-entropy'
    ? rowChoice({ pass, rows, vocabulary, paddedVocabulary })
    : rowChoice({ pass, rows, width });
}
