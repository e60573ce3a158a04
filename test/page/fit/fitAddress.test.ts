import { describe, expect, it } from 'vitest';
import { fitAddressOf, fitQueryOf, NOTHING_SAID } from '../../../src/page/fit/fitAddress.ts';
import { AUTOMATIC } from '../../../src/page/fit/selection.ts';

const { leftOut: _, ...nothingChosen } = AUTOMATIC;
const NOTHING = { law: null, selection: nothingChosen, against: 'C' } as const;
const read = (text: string) => fitAddressOf(new URLSearchParams(text));

describe('the address of a fit', () => {
  it('says what was chosen, and is read as it was written', () => {
    const chosen = {
      law: 'chinchilla',
      selection: {
        sources: ['runs:world, id', 'table:a&b.csv-x1'],
        pair: 'world:id with world:sw',
        tokenizer: 'bpe 1024',
        dropTop: 3,
        seeds: 'recipe',
      },
      against: 'r_1',
    } as const;
    const query = fitQueryOf(chosen);
    expect(query.getAll('from')).toEqual(['world, id']);
    expect(query.getAll('table')).toEqual(['a&b.csv-x1']);
    expect(read(query.toString())).toEqual({ ...chosen, problems: [] });
  });

  it('tells nothing chosen, all pairs as one, and no collection at all apart', () => {
    expect(fitQueryOf(NOTHING).toString()).toBe(NOTHING_SAID);
    expect(read(NOTHING_SAID)).toEqual({ ...NOTHING, problems: [] });
    expect(read('')).toEqual({ ...NOTHING, problems: [] });
    for (const change of [{ pair: '' }, { sources: [] }, { tokenizer: '' }]) {
      const selection = { ...nothingChosen, ...change };
      const query = fitQueryOf({ ...NOTHING, selection });
      expect(read(query.toString()).selection).toEqual(selection);
    }
  });

  it('names files by the first digits of their hashes', () => {
    const pair = `file:a.txt#sha256=${'0123456789abcdef'.repeat(4)} with world:en`;
    const query = fitQueryOf({ ...NOTHING, selection: { ...nothingChosen, pair } });
    expect(query.get('pair')).toBe('file:a.txt#sha256=01234567 with world:en');
  });

  it('answers what it cannot read in words, and takes the rest', () => {
    const { problems, law, selection, against } = read(
      'law=m3&drop=-1&seeds=some&against=loss&pari=x&from=world-id',
    );
    expect({ law, against }).toEqual({ law: 'm3', against: 'C' });
    expect(selection).toEqual({ ...nothingChosen, sources: ['runs:world-id'] });
    expect(problems).toHaveLength(4);
    expect(problems.join(' ')).toMatch(
      /pari in the address.*drop.*“-1” is not a whole number from 0 to 1000/,
    );
    expect(problems.join(' ')).toMatch(/“some” is not one of each, recipe.*“loss” is not one of C, N, D_T/);
  });
});
