import { signal } from '@preact/signals-core';
import { expect, test } from 'vitest';
import { AppState } from '../../../src/page/appState.ts';
import { obstacle } from '../../../src/page/train/control/obstacle.ts';
import { takeOpened } from '../../../src/page/train/events.ts';
import { type FieldId, nameOf } from '../../../src/page/train/form/fields.ts';
import { TrainState } from '../../../src/page/train/state.ts';
import { facts, opened } from '../facts.ts';

function blank(): TrainState {
  return new TrainState({ app: new AppState(), shown: signal(true) });
}

/** A page on which everything is ready to train. */
function ready(): TrainState {
  const state = blank();
  const found = opened({ target: facts('target'), source: facts('source') });
  state.app.adapter.value = found.adapter;
  takeOpened(state, found);
  return state;
}

test('nothing hinders a page that has all it needs', () => {
  expect(obstacle(ready())).toBeUndefined();
});

test('a field that cannot be hinders by its name', () => {
  const state = ready();
  state.form.setRecipeField(3, 'finalRatio', '0.3');
  const at: FieldId = 'r3.finalRatio';
  expect(obstacle(state)).toEqual({ at });
  expect(nameOf(at, state.form.values.value.recipes)).toBe('Final ratio of Two-stage');
  state.form.setRecipeField(3, 'finalRatio', '0.9');
  state.form.setField('batch', '0');
  expect(obstacle(state)).toEqual({ at: 'batch' });
  expect(nameOf('batch', [])).toBe('Batch');
});

test('built-in texts need not be read before, and files must be chosen', () => {
  const state = blank();
  state.app.adapter.value = opened({ target: null, source: null }).adapter;
  expect(obstacle(state)).toBeUndefined();
  state.texts.setPicker('source', { place: 'file' });
  expect(obstacle(state)).toEqual({ words: 'Choose a source text.' });
  state.texts.setPicker('target', { place: 'file' });
  expect(obstacle(state)).toMatchObject({ words: expect.stringContaining('two texts') });
});

test('without a recipe there is nothing to train', () => {
  const state = ready();
  for (const { slot } of state.form.values.value.recipes) state.form.remove(slot);
  expect(obstacle(state)).toEqual({ words: 'Add at least one recipe.' });
});

test('what the worker refuses hinders by its place too', () => {
  const state = ready();
  state.form.refusal.value = { at: 'source', problem: 'too short' };
  expect(obstacle(state)).toEqual({ at: 'source' });
  expect(nameOf('source', [])).toBe('Source text');
});

test('a worker that could not start is no longer waited for', () => {
  const state = blank();
  expect(obstacle(state)).toMatchObject({ words: expect.stringContaining('Looking') });
  state.app.unopened.value = true;
  expect(obstacle(state)).toMatchObject({ words: expect.stringContaining('could not start') });
});
