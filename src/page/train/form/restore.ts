/** From the configs of a saved fleet back to what stood in the fields. */

import type { TrainConfig } from '../../../formats/config.ts';
import {
  type FleetSettings,
  MOST_RECIPES,
  OWN_FIELDS,
  type OwnField,
  type RecipeKind,
  type RecipeSettings,
  recipeOf,
  type SharedField,
  type Slot,
} from '../../../formats/share/settings.ts';
import { tokensOfEpochs } from './derive.ts';

/** D of two recipes counts as the same below this relative difference: room for the rounding of k = r·D/D_T. */
const SAME_TOKENS_RATIO = 1e-9;

/**
 * The form that would give these configs, each at its slot (its place in the list where there is none); fields that no config speaks of
 * stay as in `before`.
 */
export function valuesOf(
  configs: readonly TrainConfig[],
  before: FleetSettings,
  slots: readonly (Slot | null)[] = [],
): FleetSettings {
  const ours = configs.slice(0, MOST_RECIPES);
  const [first] = ours;
  if (!first) return before;
  const shared = usualNumbers(ours.map(numbersOf));
  const text: Record<SharedField, string> = { ...before.text, ...texts(shared) };
  const { tokenizer, corpora, optimizer, model } = first;
  if (tokenizer.kind === 'bpe') {
    text.vocabulary = String(tokenizer.vocabulary);
    text.sourceShare = String(tokenizer.sourceShare);
  }
  const taken = slotsOf(ours, slots);
  const recipes = ours.map((config, index) => recipeFrom(config, taken[index] ?? index + 1, shared));
  return {
    text,
    recipes: recipes.sort((a, b) => a.slot - b.slot),
    tokenizer: tokenizer.kind === 'bpe' ? 'bpe' : 'bytes',
    schedule: optimizer.schedule,
    rewarm: optimizer.rewarm,
    tied: model.tied,
    dropNearDuplicates: corpora.nearDuplicates === 'drop',
  };
}

/** Slots as they were said where that makes sense: each from 1 to 8, none twice. */
export function slotsOf(configs: readonly unknown[], said: readonly (Slot | null)[]): Slot[] {
  const sound = said.filter(
    (slot) => slot !== null && Number.isInteger(slot) && slot >= 1 && slot <= MOST_RECIPES,
  );
  const isWhole = sound.length === configs.length && new Set(sound).size === configs.length;
  return configs.map((_, index) => (isWhole ? (sound[index] ?? index + 1) : index + 1));
}

/** What most of them have, field by field; where as many have another number, that of the first. */
function usualNumbers(all: readonly Numbers[]): Numbers {
  const usual: Partial<Numbers> = {};
  for (const field of Object.keys(all[0] ?? {}) as (keyof Numbers)[]) {
    const counts = new Map<number, number>();
    for (const numbers of all) counts.set(numbers[field], (counts.get(numbers[field]) ?? 0) + 1);
    const [[value] = [Number.NaN]] = [...counts].sort(([, a], [, b]) => b - a);
    usual[field] = value;
  }
  return usual as Numbers;
}

type Numbers = Record<Exclude<SharedField, 'vocabulary' | 'sourceShare'>, number>;

function numbersOf({ model, optimizer, evaluation, recipe, seed }: TrainConfig): Numbers {
  const { layers, width, heads, mlp, context } = model;
  const { learningRate, warmup, decay, finalLearningRate, betas, weightDecay, clip, batch } = optimizer;
  const tokens =
    'stages' in recipe
      ? recipe.tokens
      : tokensOfEpochs(recipe.epochs, recipe.targetTokens, recipe.ratio, context);
  return {
    ...{ layers, width, heads, mlp, context },
    ...{ learningRate, warmup, decay, finalLearningRate, weightDecay, clip, batch },
    beta1: betas[0],
    beta2: betas[1],
    every: evaluation.every,
    windows: evaluation.windows,
    seed,
    targetTokens: recipe.targetTokens,
    tokens,
  };
}

function texts(numbers: Numbers): Partial<Record<SharedField, string>> {
  return Object.fromEntries(
    Object.entries(numbers).map(([field, value]) => [
      field,
      String(field === 'tokens' ? Math.round(value) : value),
    ]),
  );
}

function recipeFrom(config: TrainConfig, slot: Slot, shared: Numbers): RecipeSettings {
  const { name, recipe } = config;
  const numbers = numbersOf(config);
  const sameTokens = Math.abs(numbers.tokens - shared.tokens) <= shared.tokens * SAME_TOKENS_RATIO;
  const isStages = 'stages' in recipe;
  const own: Partial<Record<OwnField, string>> = {};
  for (const field of OWN_FIELDS) {
    // A recipe of ratios says its length in epochs.
    const isSaid = field === 'tokens' ? isStages && !sameTokens : numbers[field] !== shared[field];
    if (isSaid) own[field] = String(numbers[field]);
  }
  if (isStages) {
    const stages = recipe.stages.map(({ share, ratio }) => ({ share: String(share), ratio: String(ratio) }));
    return { ...recipeOf(slot, name, 'stages', {}, own), stages };
  }
  const { epochs, ratio, finalRatio, firstRatio } = recipe;
  const kind = kindOf(ratio, finalRatio);
  const text = {
    epochs: sameTokens ? '' : String(epochs),
    ...(kind !== 'monolingual' && { ratio: String(ratio), finalRatio: String(finalRatio) }),
    ...(kind === 'two-stage' && { firstRatio: String(firstRatio) }),
  };
  return recipeOf(slot, name, kind, text, own);
}

function kindOf(ratio: number, finalRatio: number): RecipeKind {
  if (finalRatio !== ratio) return 'two-stage';
  return ratio === 1 ? 'monolingual' : 'bilingual';
}
