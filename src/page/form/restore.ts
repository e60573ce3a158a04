/** From the configs of a saved fleet back to what stood in the fields. */

import type { TrainConfig } from '../../formats/config.ts';
import { isRecipeKind } from '../colours.ts';
import { tokensOfEpochs } from './derive.ts';
import { type FieldId, type FormValues, RECIPE_KINDS } from './fields.ts';

/** D of two recipes counts as the same below this relative difference: room for the rounding of k = r·D/D_T. */
const SAME_TOKENS_RATIO = 1e-9;

/** The form that would give these configs; fields that no config speaks of stay as in `before`. */
export function valuesOf(configs: readonly TrainConfig[], before: FormValues): FormValues {
  const ours = configs.filter(({ name }) => isRecipeKind(name));
  const [first] = ours;
  if (!first) return before;
  const tokens = ours.map(({ recipe, model }) => {
    if ('stages' in recipe) return recipe.tokens;
    return tokensOfEpochs(recipe.epochs, recipe.targetTokens, recipe.ratio, model.context);
  });
  const [shared = 0] = tokens;
  const sameTokens = tokens.every((each) => Math.abs(each - shared) <= shared * SAME_TOKENS_RATIO);
  const text: Record<FieldId, string> = { ...before.text };
  const { model, optimizer, evaluation, tokenizer, corpora, seed } = first;
  for (const field of ['layers', 'width', 'heads', 'mlp', 'context'] as const)
    text[field] = String(model[field]);
  text.batch = String(optimizer.batch);
  text.learningRate = String(optimizer.learningRate);
  text.every = String(evaluation.every);
  text.windows = String(evaluation.windows);
  text.seed = String(seed);
  text.tokens = String(Math.round(shared));
  if (tokenizer.kind === 'bpe') {
    text.vocabulary = String(tokenizer.vocabulary);
    text.sourceShare = String(tokenizer.sourceShare);
  }
  for (const { name, recipe } of ours) {
    if (!isRecipeKind(name) || 'stages' in recipe) continue;
    text.targetTokens = String(recipe.targetTokens);
    text[`${name}.epochs`] = sameTokens ? '' : String(recipe.epochs);
    text[`${name}.ratio`] = String(recipe.ratio);
    text[`${name}.finalRatio`] = String(recipe.finalRatio);
    if (recipe.finalRatio !== recipe.ratio) text[`${name}.firstRatio`] = String(recipe.firstRatio ?? 0);
  }
  const names = new Set(ours.map(({ name }) => name));
  const included = Object.fromEntries(
    RECIPE_KINDS.map((kind) => [kind, names.has(kind)]),
  ) as FormValues['included'];
  return {
    text,
    included,
    tokenizer: tokenizer.kind === 'bpe' ? 'bpe' : 'bytes',
    dropNearDuplicates: corpora.nearDuplicates === 'drop',
  };
}
