import { expect, test } from 'vitest';
import { parseCorpusSpec } from '../../../src/formats/corpusSpec.ts';
import { parseSweepDesigns } from '../../../src/formats/sweepDesign.ts';
import { heldText, withHeldTexts } from '../../../src/worker/queue/namedTexts.ts';

const [A, B] = ['a'.repeat(64), 'b'.repeat(64)];
const HELD = [
  { key: 'one', spec: `file:letters.csv#column=text&sha256=${A}`, sha256: A },
  { key: 'two', spec: `hf:someone/tales/default#text&sha256=${B}`, sha256: B },
];
const held = (spec: string, texts = HELD) => heldText(parseCorpusSpec(spec), texts).key;

test('a text is found by its hash whatever it is called, and by its name', () => {
  expect(held(`file:renamed.csv#sha256=${A}`)).toBe('one');
  expect(held('file:/home/me/letters.csv')).toBe('one');
  expect(held('hf:someone/tales/default')).toBe('two');
});

test('a text that is not here is named, with what is here and what to do', () => {
  expect(() => held('file:diary.txt')).toThrow(
    /file:diary\.txt is not here \(what is here: file:letters\.csv, hf:/,
  );
  expect(() => held(`file:letters.csv#sha256=${'c'.repeat(64)}`)).toThrow(
    /holds another text; open it in Train/,
  );
  expect(() => held('file:diary.txt', [])).toThrow(/is not here; open it in Train first/);
});

test('of two texts of one name the hash must be said', () => {
  const twins = [
    { key: 'one', spec: `file:a.txt#sha256=${A}`, sha256: A },
    { key: 'two', spec: `file:a.txt#sha256=${B}`, sha256: B },
  ];
  expect(held(`file:a.txt#sha256=${B}`, twins)).toBe('two');
  // Nothing else tells them apart, so the first with the same options counts as meant only where it is the only one.
  expect(() => held('file:a.txt#column=x', twins)).toThrow(/2 texts are called file:a\.txt/);
});

test('designs get the full names of their texts, in lists too', () => {
  const [design] = withHeldTexts(
    parseSweepDesigns(
      {
        version: 1,
        name: 'own',
        corpora: { target: 'file:letters.csv', source: 'world:en' },
        recipe: { targetTokens: 513 },
        grid: {
          'corpora.source': ['world:en', 'hf:someone/tales/default'],
          corpora: [{ target: 'file:letters.csv' }],
          'recipe.ratio': [0.5],
        },
      },
      'design',
    ),
    HELD,
  );
  expect(design?.corpora).toEqual({ target: HELD[0]?.spec, source: 'world:en' });
  expect(design?.grid).toEqual({
    'corpora.source': ['world:en', HELD[1]?.spec],
    corpora: [{ target: HELD[0]?.spec }],
    'recipe.ratio': [0.5],
  });
});
