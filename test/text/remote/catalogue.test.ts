import { expect, test } from 'vitest';
import { CATALOGUE } from '../../../corpora/catalogue.ts';
import { parseCorpusSpec, WORLD_LANGUAGES } from '../../../src/formats/corpusSpec.ts';

test('every entry is a corpus that can be opened', () => {
  for (const { spec, code } of CATALOGUE) {
    expect(parseCorpusSpec(spec)).toEqual({
      scheme: 'hf',
      dataset: 'wikimedia/wikipedia',
      config: `20231101.${code}`,
      split: 'train',
      column: 'text',
      documents: 'auto',
      bytes: null,
      sha256: null,
    });
  }
});

test('the languages of the world are there, and ten more or so in several scripts', () => {
  const codes = CATALOGUE.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes).toEqual(expect.arrayContaining([...WORLD_LANGUAGES]));
  expect(codes.length).toBeGreaterThanOrEqual(14);
  expect(new Set(CATALOGUE.map(({ script }) => script)).size).toBeGreaterThanOrEqual(6);
});

test('a language is written in its own script, composed', () => {
  const scripts: Readonly<Record<string, RegExp>> = {
    Latin: /^[\p{Script=Latin}\s]+$/u,
    'Kana and kanji': /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+$/u,
    Ethiopic: /^\p{Script=Ethiopic}+$/u,
    Burmese: /^\p{Script=Myanmar}+$/u,
    Khmer: /^\p{Script=Khmer}+$/u,
    'N’Ko': /^\p{Script=Nko}+$/u,
    Odia: /^\p{Script=Oriya}+$/u,
  };
  for (const { ownName, script } of CATALOGUE) {
    expect(ownName).toMatch(scripts[script] ?? /^$/);
    expect(ownName).toBe(ownName.normalize('NFC'));
  }
});
