/** A form whose runs start from a model: what comes from it, and what is refused. */

import { type Signal, signal } from '@preact/signals-core';
import { expect, test } from 'vitest';
import { presetOf } from '../../../src/formats/share/presets.ts';
import type { StartChosen } from '../../../src/page/models/modelShelf.ts';
import { fieldFor } from '../../../src/page/train/form/configFields.ts';
import { readForm } from '../../../src/page/train/form/reading.ts';
import { isTaken, startOf } from '../../../src/page/train/form/startFrom.ts';
import { FormState } from '../../../src/page/train/formState.ts';
import { TextsState } from '../../../src/page/train/textsState.ts';
import { facts } from '../facts.ts';
import { modelFacts } from '../play/models.ts';

const TEXTS = { target: facts('target', 400_000), source: facts('source', 5_000_000) };
const RACE = presetOf('race-small').settings;
const START = modelFacts('m', { vocabulary: 1024, tokenizer: 'bpe' });

test('shape and tokenizer are the model’s, whatever stands in their fields', () => {
  const typed = { ...RACE, tokenizer: 'bpe' as const, tied: true, text: { ...RACE.text, width: 'wide' } };
  expect(readForm(typed, TEXTS).configs).toBeNull();
  const { problems, configs, scale } = readForm(typed, TEXTS, START);
  expect([...problems]).toEqual([]);
  expect(configs?.map(({ model }) => model)).toEqual(RACE.recipes.map(() => START.shape));
  const { configs: bytes, scale: ofBytes } = readForm(RACE, TEXTS, { ...START, vocabulary: 257 });
  expect((scale ?? 0) - (ofBytes ?? 0)).toBe((1024 - 257) * START.shape.width);
  expect(bytes?.[0]?.tokenizer).toEqual({ kind: 'bytes' });
});

test('a recipe cannot have another shape; another learning rate it can', () => {
  const [first] = RACE.recipes;
  if (!first) throw new RangeError('the race has recipes');
  const own = (numbers: (typeof first)['own']) => ({
    ...RACE,
    recipes: [{ ...first, own: numbers }],
  });
  expect(readForm(own({ width: '64' }), TEXTS, START).problems.get(`r${first.slot}.width`)).toMatch(
    /shape of the model/,
  );
  expect(readForm(own({ width: '64' }), TEXTS).problems.size).toBe(0);
  expect(readForm(own({ learningRate: '0.01' }), TEXTS, START).problems.size).toBe(0);
});

test('a model that is gone, or still learns, is refused at its field', () => {
  expect(readForm(RACE, TEXTS, 'gone').problems.get('start')).toMatch(/no longer here/);
  expect(readForm(RACE, TEXTS, { ...START, isTraining: true }).problems.get('start')).toMatch(
    /is in training/,
  );
  expect(fieldFor('start.fingerprint', undefined)).toBe('start');
  expect(['gone' as const, null, START].map(startOf)).toEqual([{}, {}, { start: 'm' }]);
});

test('the fields show what comes from it, and their own again without it', () => {
  const start: Signal<StartChosen> = signal(START);
  const form = new FormState(new TextsState(), start);
  expect(form.shown.value.text.width).toBe('32');
  expect([isTaken('width', START), isTaken('batch', START), isTaken('width', null)]).toEqual([
    true,
    false,
    false,
  ]);
  start.value = null;
  expect(form.shown.value).toBe(form.values.value);
});
