import { expect, test } from 'vitest';
import { beginnings, examples } from '../../../src/page/play/beginnings.ts';
import { percent, pieceName, pieceSigns } from '../../../src/page/play/tokens/words.ts';
import { promptWords } from '../../../src/page/play/writing/promptWords.ts';
import { facts } from '../facts.ts';

test('probabilities are read at a glance', () => {
  expect([0.4249, 0.0123, 0.00456, 3e-7, 0, 1, 0.9999, Number.NaN].map(percent)).toEqual([
    '42 %',
    '1.2 %',
    '0.46 %',
    '< 0.01 %',
    '0.00 %',
    '100 %',
    '100.0 %',
    '–',
  ]);
});

test('what cannot be seen of a piece has a sign, and for a screen reader a name', () => {
  expect([' the', '\n', '\t', '\u0000'].map(pieceSigns)).toEqual(['␣the', '⏎', '⇥', '·']);
  expect([' the', ' ', '\n', '\t'].map(pieceName)).toEqual([' the', 'space', 'line break', 'tab']);
});

test('beginnings are whole words of a document of each text that is open', () => {
  const target = facts('target', 100, {
    language: 'sw',
    preview: ['', 'Tarehe 23 Januari 2033 Nekesa wa Geda'],
  });
  const source = facts('source', 100, { preview: ['Once\nupon a time'] });
  expect(beginnings({ target, source })).toEqual([
    { side: 'target', language: 'sw', text: 'Tarehe 23 Januari 2033' },
    { side: 'source', language: null, text: 'Once' },
  ]);
  expect(beginnings({ target: null, source: facts('source') })).toEqual([]);
});

test('an example ends with a sentence where only its beginning is known', () => {
  const textOf = (preview: string) =>
    examples({ target: facts('target', 100, { preview: [preview] }), source: null })[0]?.text;
  expect(textOf('A cat. It sleeps. And th…')).toBe('A cat. It sleeps.');
  expect(textOf('A cat. It sleeps.')).toBe('A cat. It sleeps.');
  expect(textOf('No end in si…')).toBe('No end in si');
});

test('what a model did not see of its prompt is said', () => {
  const seen = { promptTokens: 5, promptSeen: 5, lost: [] };
  expect(promptWords(seen)).toEqual([]);
  expect(promptWords({ ...seen, promptTokens: 80, promptSeen: 32 })).toEqual([
    'The prompt has 80 tokens, and the model sees 32 at once: it saw the last of them only.',
  ]);
  expect(promptWords({ ...seen, lost: ['猫'] })).toEqual([
    'Its tokenizer lacks or changes “猫”; the model did not see it as it is.',
  ]);
  expect(promptWords({ ...seen, lost: ['猫', 'é'] })[0]).toMatch(/“猫”, “é”; .* them as they are/);
});
