import { describe, expect, it } from 'vitest';
import { notHereWords } from '../../../src/page/fit/notHere.ts';
import { AUTOMATIC, compose, type FitSelection, isAutomatic } from '../../../src/page/fit/selection.ts';
import { rowOf, sourceOf } from './runs.ts';

const HASH = '0123456789abcdef'.repeat(4);
const sources = [
  sourceOf('runs:world', [rowOf('a'), rowOf('b')]),
  sourceOf('runs:files', [
    rowOf('c', {}, { pair: `file:a.txt#sha256=${HASH} with file:b.txt#sha256=${HASH}` }),
  ]),
];

function wordsOf(change: Partial<FitSelection>): string[] {
  const selection = { ...AUTOMATIC, ...change };
  return notHereWords(selection, compose(sources, selection), sources);
}

describe('what was asked for and is not here', () => {
  it('is nothing where nothing is missing, whole hash or short', () => {
    expect(wordsOf({})).toEqual([]);
    expect(wordsOf({ pair: '', sources: ['runs:world', 'runs:files'], tokenizer: 'bytes' })).toEqual([]);
    const pair = 'file:a.txt#sha256=01234567 with file:b.txt#sha256=01234567';
    expect(compose(sources, { ...AUTOMATIC, pair }).keys).toEqual(['c']);
    expect(wordsOf({ pair })).toEqual([]);
  });

  it('is said with what stands in its place', () => {
    expect(wordsOf({ pair: 'x with y' })).toEqual([
      'None of these runs are of x with y; those of Indonesian with English are fitted.',
    ]);
    expect(wordsOf({ tokenizer: 'bpe 512' })[0]).toContain('tokenizer bpe 512; those by bytes');
    expect(wordsOf({ sources: ['runs:gone', 'table:t.csv-1'] })).toEqual([
      'There are no runs of the collection gone here.',
      'The table t.csv-1 is not here: tables stay in the browser they were brought to.',
    ]);
  });
});

describe('a selection', () => {
  it('is automatic where nothing is chosen, in whatever order', () => {
    const { seeds, ...rest } = AUTOMATIC;
    expect(isAutomatic({ seeds, ...rest })).toBe(true);
    expect(isAutomatic({ ...AUTOMATIC, leftOut: ['a'] })).toBe(false);
  });
});
