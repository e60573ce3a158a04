import { expect, test } from 'vitest';
import { mixtureNotes, partingColumns } from '../../../src/formats/runs/mixture.ts';
import { readRuns } from '../../../src/formats/runs/read.ts';

const table = (column: string, ...words: string[]) =>
  readRuns([`N,D,loss,${column}`, ...words.map((word, i) => `${i + 1},100,3,${word}`)].join('\n'), 'a.csv');

test('tokenizers and texts that differ are said, wherever they were read', () => {
  expect(mixtureNotes(table('tokenizer', 'a', 'b', 'a'))).toEqual([
    'these runs have 2 values of tokenizer (a, b): nats per token of one tokenizer do not compare with those of another; fit them apart (--where tokenizer=…)',
  ]);
  expect(mixtureNotes(table('dataset', 'c4', 'pile', 'web', 'wiki', 'news'))[0]).toMatch(
    /^these runs have 5 values of dataset \(c4, pile, web, wiki, …\): they are fitted as one.*--where dataset=…\)$/,
  );
  for (const name of ['vocab_size', 'corpus', 'data', 'Validation set', 'language'])
    expect(mixtureNotes(table(name, 'a', 'b')), name).toHaveLength(1);
});

test('one value, blanks, and columns of another kind are no mixture', () => {
  expect(mixtureNotes(table('tokenizer', 'a', 'a'))).toEqual([]);
  expect(mixtureNotes(table('tokenizer', 'a', ''))).toEqual([]);
  for (const name of ['seed', 'comment', 'database', 'targeted'])
    expect(mixtureNotes(table(name, 'a', 'b'))).toEqual([]);
});

test('tokenizers come before texts', () => {
  expect(partingColumns(['seed', 'corpus', 'tokenizer', 'pair'])).toEqual(['tokenizer', 'corpus', 'pair']);
});
