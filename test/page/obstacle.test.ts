import { expect, test } from 'vitest';
import { obstacle } from '../../src/page/control/obstacle.ts';
import { takeOpened } from '../../src/page/events.ts';
import type { FieldId } from '../../src/page/form/fields.ts';
import { nameOf } from '../../src/page/form/names.ts';
import { LabState } from '../../src/page/state.ts';
import type { CorpusFacts, Side } from '../../src/worker/api.ts';

function facts(side: Side): CorpusFacts {
  return {
    side,
    name: `${side}.txt`,
    sample: false,
    bytes: 100_000,
    documents: 100,
    validationDocuments: 5,
    trainTokens: 100_000,
    validationTokens: 5000,
    dropped: { empty: 0, duplicates: 0 },
    sha256: '0'.repeat(64),
  };
}

/** A page on which everything is ready to train. */
function ready(): LabState {
  const state = new LabState();
  const adapter = { vendor: '', architecture: '', description: '', software: true };
  takeOpened(state, {
    adapter: { ok: true, value: adapter },
    corpora: { target: facts('target'), source: facts('source') },
    saved: null,
  });
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
