/** What the form's fields are called, in their labels and where something else speaks of them. */

import type { Side } from '../../worker/api.ts';
import { type FieldId, KIND_TITLES, type RecipeField, type RecipeKind, type SharedField } from './fields.ts';

export const SHARED_LABELS: Record<SharedField, string> = {
  targetTokens: 'Target tokens',
  tokens: 'Tokens per run',
  layers: 'Layers',
  width: 'Width',
  heads: 'Heads',
  mlp: 'MLP width',
  context: 'Context',
  batch: 'Batch',
  learningRate: 'Learning rate',
  every: 'Measure every',
  windows: 'Measure on',
  vocabulary: 'Vocabulary',
  sourceShare: 'Source share',
  seed: 'Seed',
};

export const RECIPE_LABELS: Record<RecipeField, string> = {
  epochs: 'Epochs',
  ratio: 'Ratio',
  finalRatio: 'Final ratio',
  firstRatio: 'First ratio',
};

const SIDE_LABELS: Record<Side, string> = { target: 'Target text', source: 'Source text' };

/** A field, or a text, as it is called away from its place: “Final ratio of Two-stage”. */
export function nameOf(at: FieldId | Side): string {
  if (at === 'target' || at === 'source') return SIDE_LABELS[at];
  const [kind, field] = at.split('.') as [RecipeKind, RecipeField | undefined];
  return field === undefined
    ? SHARED_LABELS[at as SharedField]
    : `${RECIPE_LABELS[field]} of ${KIND_TITLES[kind]}`;
}
