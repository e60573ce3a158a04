import { expect, test } from 'vitest';
import { beginsWords, modelsGone } from '../../../src/page/train/startWords.ts';
import { modelFacts } from '../play/models.ts';

test('beside the button stands what the runs begin from', () => {
  expect(beginsWords(modelFacts('a', { name: 'tiny', origin: 'brought', isKept: true }))).toBe(
    'All runs begin from tiny (96 steps, brought along).',
  );
  expect([null, 'gone' as const].map(beginsWords)).toEqual([null, null]);
});

test('models that are kept, or lie there as a copy, do not go with their fleet', () => {
  const kept = modelFacts('k', { name: 'A', isKept: true });
  const [a, b, c] = [
    modelFacts('a', { name: 'A', keptAs: 'A' }),
    modelFacts('b', { name: 'B' }),
    modelFacts('c', { name: 'C' }),
  ];
  expect(modelsGone([kept, a])).toBeNull();
  expect(modelsGone([kept, a, b])).toBe('The model of this fleet goes too: B.');
  expect(modelsGone([a, b, c])).toBe('The 2 models of this fleet go too: B; C.');
  expect(modelsGone(null)).toBeNull();
});
