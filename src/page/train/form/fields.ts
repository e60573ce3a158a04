/** The fields of Train's form by name, and what they are called. */

import { MODEL_SIZES, type ModelSize } from '../../../formats/share/presets.ts';
import type {
  FleetSettings,
  OwnField,
  RecipeField,
  RecipeKind,
  RecipeSettings,
  SharedField,
  Slot,
} from '../../../formats/share/settings.ts';
import type { Side } from '../../../worker/api/texts.ts';

/** A field of one recipe; `share0` and `ratio0` are those of its first stage, where it has stages of its own. */
export type RecipePart = RecipeField | OwnField | 'name' | 'stages' | `share${number}` | `ratio${number}`;
/** `start` is the model that trainings start from. */
export type FieldId = SharedField | 'start' | `r${number}.${RecipePart}`;

export function recipeFieldId(slot: Slot, part: RecipePart): FieldId {
  return `r${slot}.${part}`;
}

/** An id that CSS and ARIA lists can hold: a dot would need escaping. */
export function elementId(field: FieldId): string {
  return field.replace('.', '-');
}

export const KIND_TITLES: Record<RecipeKind, string> = {
  monolingual: 'Monolingual',
  bilingual: 'Bilingual, one stage',
  'two-stage': 'Two stages',
  stages: 'Own stages',
};

export const KIND_WORDS: Record<RecipeKind, string> = {
  monolingual: 'target only, over and over',
  bilingual: 'one mix from beginning to end',
  'two-stage': 'mostly source first, then mostly target',
  stages: 'as many stages as you like, each with its own mix',
};

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
  warmup: 'Warm-up',
  decay: 'Decay',
  finalLearningRate: 'Final rate',
  beta1: 'Beta 1',
  beta2: 'Beta 2',
  weightDecay: 'Weight decay',
  clip: 'Clip',
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
export function nameOf(at: FieldId | Side, recipes: readonly RecipeSettings[]): string {
  if (at === 'start') return 'Weights to start from';
  if (at === 'target' || at === 'source') return SIDE_LABELS[at];
  const [recipeKey, part] = at.split('.') as [string, RecipePart | undefined];
  if (part === undefined) return SHARED_LABELS[at as SharedField];
  const slot = Number(recipeKey.slice(1));
  const recipe = recipes.find((each) => each.slot === slot);
  return `${partLabel(part)} of ${recipe?.name.trim() || `recipe ${slot}`}`;
}

export function partLabel(part: RecipePart): string {
  if (part === 'name') return 'Name';
  if (part === 'stages') return 'Stages';
  const stage = /^(share|ratio)(\d+)$/.exec(part);
  if (stage) return `${stage[1] === 'share' ? 'Share' : 'Ratio'} of stage ${Number(stage[2]) + 1}`;
  return part in RECIPE_LABELS ? RECIPE_LABELS[part as RecipeField] : SHARED_LABELS[part as OwnField];
}

/** The size whose numbers stand in the fields, or undefined when the person has made their own. */
export function sizeInFields(text: FleetSettings['text']): ModelSize | undefined {
  return MODEL_SIZES.find((size) =>
    (['layers', 'width', 'heads', 'mlp', 'context'] as const).every(
      (field) => text[field] === String(size[field]),
    ),
  );
}
