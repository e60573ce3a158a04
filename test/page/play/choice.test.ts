import { type Signal, signal } from '@preact/signals-core';
import { expect, test } from 'vitest';
import { Choice, MOST_CHOSEN } from '../../../src/page/play/choice.ts';
import type { ModelFacts } from '../../../src/worker/api/models.ts';
import { modelFacts } from './models.ts';

const listed = (...ids: string[]): Signal<readonly ModelFacts[] | null> =>
  signal(ids.map((id) => modelFacts(id)));
const idsOf = (choice: Choice) => choice.models.value.map(({ id }) => id);

test('the first few stand side by side until somebody chooses, and what is chosen keeps the order of the list', () => {
  const choice = new Choice(listed('a', 'b', 'c', 'd', 'e'));
  expect(idsOf(choice)).toEqual(['a', 'b', 'c', 'd']);
  expect(choice.isFull).toBe(true);
  choice.flip('e');
  expect(idsOf(choice)).toEqual(['a', 'b', 'c', 'd']);
  choice.flip('b');
  choice.flip('e');
  expect(idsOf(choice)).toEqual(['a', 'c', 'd', 'e']);
});

test('one that is added takes the last place where there is none', () => {
  const choice = new Choice(listed('a', 'b', 'c', 'd', 'new'));
  expect(choice.add('new')?.id).toBe('d');
  expect(idsOf(choice)).toEqual(['a', 'b', 'c', 'new']);
  expect(idsOf(choice)).toHaveLength(MOST_CHOSEN);
});

test('where nobody has chosen, what comes later pushes out nobody, and takes a place that is free', () => {
  const all = listed('a', 'b', 'c', 'd');
  const choice = new Choice(all);
  expect(idsOf(choice)).toEqual(['a', 'b', 'c', 'd']);
  all.value = ['kept', 'a', 'b', 'c', 'd'].map((id) => modelFacts(id));
  expect(idsOf(choice)).toEqual(['a', 'b', 'c', 'd']);
  all.value = ['kept', 'a', 'c', 'd'].map((id) => modelFacts(id));
  expect(idsOf(choice)).toEqual(['kept', 'a', 'c', 'd']);
});

test('what was made for models is shown as long as they are chosen, and here', () => {
  const all = listed('a', 'b', 'c');
  const choice = new Choice(all);
  const made = ['a', 'b', 'c'].map((id) => ({ model: modelFacts(id) }));
  choice.flip('b');
  all.value = [modelFacts('a'), modelFacts('b')];
  expect(choice.ofChosen(made).map(({ model }) => model.id)).toEqual(['a']);
  choice.flip('b');
  expect(choice.ofChosen(made).map(({ model }) => model.id)).toEqual(['a', 'b']);
});

test('nobody may be chosen; but where all that were chosen are gone, others take their places', () => {
  const all = listed('a', 'b');
  const choice = new Choice(all);
  choice.flip('a');
  choice.flip('b');
  expect(idsOf(choice)).toEqual([]);
  choice.flip('b');
  all.value = [modelFacts('c'), modelFacts('d')];
  expect(idsOf(choice)).toEqual(['c', 'd']);
});
