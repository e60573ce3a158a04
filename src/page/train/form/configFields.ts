/** Where in the form a config's field is typed. */

import {
  FREE_FIELDS,
  type OwnField,
  RECIPE_RULES,
  type RecipeField,
  type RecipeSettings,
  type SharedField,
} from '../../../formats/share/settings.ts';
import { type FieldId, type RecipePart, recipeFieldId } from './fields.ts';

/** Which field of the form a config's field is typed in. */
const CONFIG_FIELDS: Record<string, SharedField | RecipeField> = {
  'recipe.targetTokens': 'targetTokens',
  'recipe.tokens': 'tokens',
  'recipe.epochs': 'epochs',
  'recipe.ratio': 'ratio',
  'recipe.finalRatio': 'finalRatio',
  'recipe.firstRatio': 'firstRatio',
  'model.layers': 'layers',
  'model.width': 'width',
  'model.heads': 'heads',
  'model.mlp': 'mlp',
  'model.context': 'context',
  'optimizer.learningRate': 'learningRate',
  'optimizer.warmup': 'warmup',
  'optimizer.decay': 'decay',
  'optimizer.finalLearningRate': 'finalLearningRate',
  'optimizer.betas.0': 'beta1',
  'optimizer.betas.1': 'beta2',
  'optimizer.weightDecay': 'weightDecay',
  'optimizer.clip': 'clip',
  'optimizer.batch': 'batch',
  'evaluation.every': 'every',
  'evaluation.windows': 'windows',
  'tokenizer.vocabulary': 'vocabulary',
  'tokenizer.sourceShare': 'sourceShare',
  seed: 'seed',
};

/** The form's field for a config's field, or undefined when the form has none; a recipe's own field needs the recipe. */
export function fieldFor(configField: string, recipe: RecipeSettings | undefined): FieldId | undefined {
  if (configField === 'start' || configField.startsWith('start.')) return 'start';
  const stage = /^recipe\.stages(?:\.(\d+)\.(share|ratio))?$/.exec(configField);
  if (stage || configField === 'recipe') {
    const [, index, part] = stage ?? [];
    const at: RecipePart =
      index === undefined ? 'stages' : `${part === 'share' ? 'share' : 'ratio'}${Number(index)}`;
    return recipe && recipeFieldId(recipe.slot, at);
  }
  const field = CONFIG_FIELDS[configField];
  if (field === undefined) return undefined;
  if (field in RECIPE_RULES) {
    if (!recipe) return undefined;
    // What a kind leaves no choice about is mended at the number that it follows from.
    const free = FREE_FIELDS[recipe.kind];
    return free.includes(field as RecipeField)
      ? recipeFieldId(recipe.slot, field as RecipeField)
      : ownOr('tokens', recipe);
  }
  return recipe ? ownOr(field as SharedField, recipe) : (field as SharedField);
}

/** Two fields that must fit each other: where a recipe has one of its own, that one is to be mended. */
const PARTNERS: Partial<Record<SharedField, OwnField>> = { heads: 'width', width: 'heads' };

function ownOr(field: SharedField, { own, slot }: RecipeSettings): FieldId {
  const at = [field as OwnField, PARTNERS[field]].find((one) => one !== undefined && own[one] !== undefined);
  return at === undefined ? field : recipeFieldId(slot, at);
}
