import { expect, test } from 'vitest';
import { presetOf } from '../../../src/formats/share/presets.ts';
import { MOST_RECIPES } from '../../../src/formats/share/settings.ts';
import { FormState } from '../../../src/page/train/formState.ts';
import { TextsState } from '../../../src/page/train/textsState.ts';

const slots = (form: FormState) => form.values.value.recipes.map(({ slot }) => slot);

test('a recipe keeps its place and colour when others go, and comes back where it was', () => {
  const form = new FormState(new TextsState());
  expect(slots(form)).toEqual([1, 2, 3, 4]);
  form.remove(2);
  expect(slots(form)).toEqual([1, 3, 4]);
  form.putBack();
  expect(slots(form)).toEqual([1, 2, 3, 4]);
  expect(form.recipe(2)?.name).toBe('Bilingual');
  expect(form.removed.value).toBeNull();
});

test('what took the place of a removed recipe keeps it', () => {
  const form = new FormState(new TextsState());
  form.remove(2);
  expect(form.duplicate(3)).toBe(2);
  form.putBack();
  expect(slots(form)).toEqual([1, 2, 3, 4, 5]);
  expect(form.recipe(5)?.name).toBe('Bilingual');
});

test('a removed recipe for which there is no room waits until there is', () => {
  const form = new FormState(new TextsState());
  form.remove(2);
  while (form.duplicate(1) !== undefined);
  form.putBack();
  expect(form.removed.value?.name).toBe('Bilingual');
  expect(slots(form)).toHaveLength(MOST_RECIPES);
});

test('what a person has made of a preset is put back after another was taken', () => {
  const form = new FormState(new TextsState());
  const { settings } = presetOf('paper');
  form.takePreset('paper', settings);
  // Nothing was changed, so there is nothing to put back.
  expect(form.replaced.value).toBeNull();
  form.setField('seed', '7');
  form.takePreset('race-small', presetOf('race-small').settings);
  expect(form.values.value.text.seed).not.toBe('7');
  form.putSettingsBack();
  expect(form.preset.value).toBe('paper');
  expect(form.values.value.text.seed).toBe('7');
  expect(form.replaced.value).toBeNull();
});

test('eight recipes are as many as there may be, each with a name of its own', () => {
  const form = new FormState(new TextsState());
  while (form.duplicate(1) !== undefined);
  expect(slots(form)).toHaveLength(MOST_RECIPES);
  expect(form.addRecipe()).toBeUndefined();
  expect(new Set(form.values.value.recipes.map(({ name }) => name)).size).toBe(MOST_RECIPES);
  expect([...form.reading.value.problems]).toEqual([]);
});

test('another kind brings its numbers, and the one before is not forgotten', () => {
  const form = new FormState(new TextsState());
  form.setRecipeField(3, 'ratio', '0.3');
  form.setKind(3, 'bilingual');
  expect(form.recipe(3)?.text.ratio).toBe('0.3');
  form.setKind(3, 'two-stage');
  expect(form.recipe(3)?.text).toMatchObject({ ratio: '0.3', finalRatio: '0.9' });
  form.setKind(1, 'two-stage');
  expect(form.reading.value.problems.size).toBe(0);
});

test('a number of its own goes away again', () => {
  const form = new FormState(new TextsState());
  form.setOwn(1, 'seed', '5');
  expect(form.recipe(1)?.own).toEqual({ seed: '5' });
  form.setOwn(1, 'seed', undefined);
  expect(form.recipe(1)?.own).toEqual({});
});
