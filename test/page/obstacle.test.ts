import { expect, test } from 'vitest';
import { obstacle } from '../../src/page/control/obstacle.ts';
import { takeOpened } from '../../src/page/events.ts';
import type { FieldId } from '../../src/page/form/fields.ts';
import { nameOf } from '../../src/page/form/names.ts';
import { LabState } from '../../src/page/state.ts';
import { facts, opened } from './facts.ts';

/** A page on which everything is ready to train. */
function ready(): LabState {
  const state = new LabState();
  takeOpened(state, opened({ target: facts('target'), source: facts('source') }));
  return state;
}

test('nothing hinders a page that has all it needs', () => {
  expect(obstacle(ready())).toBeUndefined();
});

test.each<[FieldId, string, string]>([
  ['two-stage.finalRatio', '0.3', 'Final ratio of Two-stage'],
  ['batch', '0', 'Batch'],
])('%s = %s hinders by its name: %s', (field, text, name) => {
  const state = ready();
  state.setField(field, text);
  expect(obstacle(state)).toEqual({ at: field });
  expect(nameOf(field)).toBe(name);
});

test('what the worker refuses hinders by its place too', () => {
  const state = ready();
  state.refusal.value = { at: 'source', problem: 'too short' };
  expect(obstacle(state)).toEqual({ at: 'source' });
  expect(nameOf('source')).toBe('Source text');
});

test('a worker that could not start is no longer waited for', () => {
  const state = new LabState();
  expect(obstacle(state)).toMatchObject({ words: expect.stringContaining('Looking') });
  state.unopened.value = true;
  expect(obstacle(state)).toMatchObject({ words: expect.stringContaining('could not start') });
});
