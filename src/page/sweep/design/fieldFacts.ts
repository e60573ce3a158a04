/** What the fields of a design are called, and what they mean. */

import type { FieldName } from './form.ts';

export type FieldFacts = {
  readonly label: string;
  readonly hint: string;
  /** The paper's symbol. */
  readonly mark?: string;
  readonly placeholder?: string;
};

export const TEXTS = ['name', 'target', 'source'] as const;
export const MAIN_FIELDS: readonly FieldName[] = [
  'targetTokens',
  'compute',
  'ratio',
  'finalRatio',
  'sizes',
  'seeds',
];
export const MORE_FIELDS: readonly FieldName[] = [
  'epochs',
  'firstRatio',
  'finalShare',
  'learningRate',
  'perRound',
];

export const FIELD_FACTS: Readonly<Record<FieldName, FieldFacts>> = {
  name: { label: 'Name', hint: 'Runs are named after it.' },
  target: { label: 'Target text', hint: 'Built in, or one that is open in Train.' },
  source: { label: 'Source text', hint: 'Empty: monolingual runs only.' },
  targetTokens: {
    label: 'Target tokens',
    mark: 'D_T',
    hint: 'How much text of the target language there is.',
    placeholder: '4097, 16385',
  },
  compute: {
    label: 'Compute, FLOP',
    mark: 'C',
    hint: 'Each run is as long as this allows.',
    placeholder: 'as long as k says',
  },
  ratio: {
    label: 'Share of the target',
    mark: 'r',
    hint: 'Of all tokens; 1 is monolingual.',
    placeholder: '1, 0.25',
  },
  finalRatio: {
    label: 'Share at the end',
    mark: 'r_f',
    hint: 'Larger than r: a second stage. Empty: one stage.',
    placeholder: 'one stage',
  },
  sizes: {
    label: 'Model sizes',
    mark: 'N',
    hint: 'Layers × width.',
    placeholder: 'as the design says',
  },
  seeds: { label: 'Seeds', hint: 'Each repeats every run.', placeholder: '0' },
  epochs: {
    label: 'Epochs',
    mark: 'k',
    hint: 'How often the target text is read; empty: as often as C allows.',
    placeholder: 'as C allows',
  },
  firstRatio: {
    label: 'Share at the beginning',
    mark: 'r_1',
    hint: 'Of the first of two stages.',
    placeholder: '0',
  },
  finalShare: {
    label: 'Length of the last stage',
    mark: 's',
    hint: 'Its share of all tokens, instead of r.',
    placeholder: 'as r says',
  },
  learningRate: {
    label: 'Learning rate',
    hint: 'At its peak.',
    placeholder: 'as the design says',
  },
  perRound: {
    label: 'Runs a round',
    hint: 'Of all runs only these are trained, then the next are chosen by what the law is least sure of. Empty: all runs.',
    placeholder: 'all at once',
  },
};
