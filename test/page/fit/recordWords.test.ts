import { describe, expect, it } from 'vitest';
import { recordWords, sourcesOf } from '../../../src/page/fit/importing/recordWords.ts';

const NOTHING = { name: 'a.jsonl', taken: 0, known: 0, differing: [], refused: [], refusedCount: 0 };

describe('what became of records that were brought along', () => {
  it('accounts for every one of them, and says what is fitted', () => {
    const refused = [{ place: 'a.jsonl:9', reason: 'it is of a newer version' }];
    const file = { ...NOTHING, taken: 7, known: 1, differing: ['x', 'y'], refused, refusedCount: 1 };
    expect(recordWords([file])).toEqual([
      'a.jsonl: 7 runs taken, 1 was here already, 2 are here with other losses, which stay, 1 refused.',
      'a.jsonl:9: it is of a newer version',
      expect.stringContaining('being fitted now, by itself: 7 runs'),
    ]);
    expect(recordWords([{ ...NOTHING, known: 3 }]).at(-1)).toContain('stays as it is');
  });

  it('are fitted by the collections that have come of them', () => {
    expect(sourcesOf([NOTHING, { ...NOTHING, name: 'b.jsonl', taken: 1 }])).toEqual(['runs:b.jsonl']);
  });
});
