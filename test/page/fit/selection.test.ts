import { describe, expect, it } from 'vitest';
import { asChosen, mineLeft } from '../../../src/page/fit/byItself.ts';
import {
  AUTOMATIC,
  BY_HAND,
  compose,
  continued,
  fittedCount,
  OTHER_TEXTS,
} from '../../../src/page/fit/selection.ts';
import { byItselfWords, countWords } from '../../../src/page/fit/sources/words.ts';
import { NOT_SAID } from '../../../src/page/runs/pairWords.ts';
import { rowOf, sourceOf } from './runs.ts';

const mono = { pair: 'world:id' };
const sw = { pair: 'world:id with world:sw' };

describe('which runs are fitted', () => {
  it('takes by itself the pair with the most runs, and those of its target alone', () => {
    const rows = [rowOf('a'), rowOf('b'), rowOf('c', {}, mono), rowOf('d', {}, sw)];
    const made = compose([sourceOf('runs:x', rows)], AUTOMATIC);
    expect(made.pair).toBe('world:id with world:en');
    expect(made.keys).toEqual(['a', 'b', 'c']);
    expect(made.pairs).toEqual([
      { name: 'world:id with world:en', runs: 3 },
      { name: 'world:id with world:sw', runs: 2 },
    ]);
    expect(made.about.chosen).toEqual(['pair=world:id with world:en']);
  });

  it('takes all pairs where that is asked for', () => {
    const rows = [rowOf('a'), rowOf('d', {}, sw)];
    expect(compose([sourceOf('x', rows)], { ...AUTOMATIC, pair: '' }).keys).toEqual(['a', 'd']);
  });

  it('keeps tokenizers apart, the one with the most runs first', () => {
    const rows = [rowOf('a', {}, { tokenizer: 'bpe 1024' }), rowOf('b'), rowOf('c')];
    const made = compose([sourceOf('x', rows)], AUTOMATIC);
    expect(made.keys).toEqual(['b', 'c']);
    expect(made.tokenizers).toHaveLength(2);
  });

  it('counts a run that lies in two collections once, and says so', () => {
    const made = compose([sourceOf('x', [rowOf('a'), rowOf('b')]), sourceOf('y', [rowOf('a')])], AUTOMATIC);
    expect(made.keys).toEqual(['a', 'b']);
    expect(made.leftOut).toContainEqual({
      reason: 'the same run as in another collection',
      rows: 1,
      first: 'runs: a',
    });
  });

  it('takes lines of a table for different runs, whatever they say', () => {
    const rows = [rowOf('a', { place: 't.csv:2' }), rowOf('a', { place: 't.csv:3' })];
    expect(compose([sourceOf('table:1', rows, 'table')], AUTOMATIC).keys).toHaveLength(2);
  });

  it('leaves out the largest losses and what a person says, each with its reason', () => {
    const rows = [rowOf('a', { loss: 5 }), rowOf('b', { loss: 9 }), rowOf('c', { loss: 4 })];
    const made = compose([sourceOf('x', rows)], { ...AUTOMATIC, dropTop: 1, leftOut: ['b', 'c', 'gone'] });
    expect(made.without).toEqual([
      { reason: 'among the 1 largest losses', rows: [1] },
      { reason: BY_HAND, rows: [1, 2] },
    ]);
    expect(fittedCount(made)).toBe(1);
    expect(made.about.chosen).toContain('without the 1 largest losses');
  });

  it('shares one weight among the seeds of a recipe where that is asked for', () => {
    const rows = [rowOf('a'), rowOf('b', {}, { seed: '2' }), rowOf('c', { N: 2e5 })];
    const made = compose([sourceOf('x', rows)], { ...AUTOMATIC, seeds: 'recipe' });
    expect(made.rows.map(({ weight }) => weight)).toEqual([0.5, 0.5, 1]);
  });

  it('names what is of other texts, of none that are said, or of another tokenizer', () => {
    const rows = [
      rowOf('a'),
      rowOf('b'),
      rowOf('other', {}, { pair: 'x with y' }),
      rowOf('unsaid', {}, { pair: '' }),
      rowOf('bpe', {}, { tokenizer: 'bpe 512' }),
    ];
    const made = compose([sourceOf('x', rows)], AUTOMATIC);
    expect(made.keys).toEqual(['a', 'b']);
    expect(made.leftOut.map(({ reason, rows: count, first }) => [reason, count, first])).toEqual([
      ['of other texts', 1, 'runs: other'],
      ['it is not said which texts they are of', 1, 'runs: unsaid'],
      ['of another tokenizer', 1, 'runs: bpe'],
    ]);
  });

  it('offers runs that name no texts apart from those that do', () => {
    const rows = [rowOf('a'), rowOf('b'), rowOf('unsaid', {}, { pair: '' })];
    const sources = [sourceOf('x', rows)];
    expect(compose(sources, AUTOMATIC).pairs).toEqual([
      { name: 'world:id with world:en', runs: 2 },
      { name: NOT_SAID, runs: 1 },
    ]);
    expect(compose(sources, { ...AUTOMATIC, pair: NOT_SAID }).keys).toEqual(['unsaid']);
    const alone = compose([sourceOf('t', rows.slice(2), 'table')], AUTOMATIC);
    expect([alone.pairs, alone.pair, alone.rows.length]).toEqual([[], '', 1]);
  });

  it('keeps runs of a tokenizer that is not said apart from the others', () => {
    const rows = [rowOf('a', {}, { tokenizer: '' }), rowOf('b', {}, { tokenizer: '' }), rowOf('c')];
    const made = compose([sourceOf('x', rows)], AUTOMATIC);
    expect([made.keys, made.tokenizer]).toEqual([['a', 'b'], NOT_SAID]);
  });

  it('counts what a source leaves out with the texts it is of', () => {
    const source = sourceOf('x', [rowOf('a'), rowOf('b')]);
    const leftOut = [
      { reason: 'diverged', rows: 2, first: 'x: d', pair: 'world:id' },
      { reason: 'diverged', rows: 3, first: 'x: e', pair: 'deu with eng' },
    ];
    const made = compose([{ ...source, runs: { ...source.runs, leftOut } }], AUTOMATIC);
    expect(made.leftOut.map(({ reason, rows }) => [reason, rows])).toEqual([
      [OTHER_TEXTS, 3],
      ['diverged', 2],
    ]);
    expect(countWords(made)).toBe('2 runs are fitted, 2 are left out and 3 are of other texts.');
  });

  it('takes by itself what ships with the lab, and says what of a person’s own is not in it', () => {
    const shipped = sourceOf('runs:grid', [rowOf('a'), rowOf('b')], 'shipped');
    const sources = [
      sourceOf('runs:eight', [rowOf('c')]),
      sourceOf('table:t', [rowOf('d')], 'table'),
      shipped,
    ];
    const made = compose(sources, AUTOMATIC);
    expect(made.keys).toEqual(['a', 'b']);
    expect(byItselfWords(AUTOMATIC, sources, made)).toContain('measured runs that ship with the lab');
    const mine = mineLeft(sources);
    expect(mine?.words).toBe('2 runs of your own are not in it: runs:eight and table:t.');
    const chosen = { ...AUTOMATIC, sources: mine?.keys ?? null };
    expect(compose(sources, chosen).rows.map(({ groups }) => groups.id)).toEqual(['c', 'd']);
    expect(byItselfWords(chosen, sources, made)).toBe('');
    expect(asChosen(['runs:grid'], sources)).toBeNull();
    expect(asChosen(['runs:grid', 'runs:eight'], sources)).toHaveLength(2);
    const own = sources.slice(0, 2);
    expect(compose(own, AUTOMATIC).rows).toHaveLength(2);
    expect(mineLeft(own)).toBeNull();
  });

  it('takes only the sources that are chosen', () => {
    const sources = [sourceOf('x', [rowOf('a')]), sourceOf('y', [rowOf('b')])];
    const made = compose(sources, { ...AUTOMATIC, sources: ['y'] });
    expect(made.keys).toEqual(['b']);
    expect(made.about.sources).toMatchObject([{ file: 'y', rows: 1 }]);
  });
});

describe('what goes on from what was sent', () => {
  const before = compose([sourceOf('x', [rowOf('a'), rowOf('b')])], AUTOMATIC);

  it('adds new runs behind those that are there, wherever they came', () => {
    const now = compose([sourceOf('x', [rowOf('new', { loss: 9 }), rowOf('b'), rowOf('a')])], {
      ...AUTOMATIC,
      dropTop: 1,
    });
    const { order, added } = continued(now, before);
    expect(added).toBe(1);
    expect(order.keys).toEqual(['a', 'b', 'new']);
    expect(order.without).toEqual([{ reason: 'among the 1 largest losses', rows: [2] }]);
  });

  it('begins anew where a run is gone or has another loss', () => {
    const gone = compose([sourceOf('x', [rowOf('a')])], AUTOMATIC);
    const other = compose([sourceOf('x', [rowOf('a'), rowOf('b', { loss: 2 })])], AUTOMATIC);
    expect(continued(gone, before).added).toBeNull();
    expect(continued(other, before).added).toBeNull();
  });
});
