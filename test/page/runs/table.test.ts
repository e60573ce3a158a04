import { describe, expect, it } from 'vitest';
import { columnOf, columnsOf } from '../../../src/page/runs/table/columns.ts';
import { compareRuns } from '../../../src/page/runs/table/comparison.ts';
import { tableOfRuns } from '../../../src/page/runs/table/files.ts';
import { facetCounts, filterRuns, NO_FILTER, toggled } from '../../../src/page/runs/table/filter.ts';
import {
  groupName,
  groupRuns,
  groupSpread,
  groupValue,
  spreadOf,
  spreadWords,
} from '../../../src/page/runs/table/groups.ts';
import { actOf, type KeyPress } from '../../../src/page/runs/table/keyboard.ts';
import { type Arrangement, arranger, type Line } from '../../../src/page/runs/table/lines.ts';
import { progressWords } from '../../../src/page/runs/table/live.ts';
import { nextAfter, runsBetween, withRuns } from '../../../src/page/runs/table/selection.ts';
import { sortedBy, sortRuns } from '../../../src/page/runs/table/sorting.ts';
import { scrollTo, windowAt } from '../../../src/page/runs/table/window.ts';
import { summary } from './summaries.ts';

const names = (runs: readonly { readonly name: string }[]) => runs.map(({ name }) => name);
const bits = columnOf('targetBitsPerByte')!;

describe('sorting', () => {
  const runs = [
    summary({ name: 'b', targetBitsPerByte: 2.5, seed: 2 }),
    summary({ name: 'a', targetBitsPerByte: null, seed: 1 }),
    summary({ name: 'd', targetBitsPerByte: 2.1, seed: 1 }),
    summary({ name: 'c', targetBitsPerByte: 2.5, seed: 1 }),
  ];

  it('puts what has no value last in either direction', () => {
    const by = (isDescending: boolean) => sortRuns(runs, [{ key: 'targetBitsPerByte', isDescending }]);
    expect(names(by(false))).toEqual(['d', 'b', 'c', 'a']);
    expect(names(by(true))).toEqual(['b', 'c', 'd', 'a']);
  });

  it('sorts by a second column where the first is equal', () => {
    const sort = [
      { key: 'targetBitsPerByte', isDescending: false },
      { key: 'seed', isDescending: false },
    ];
    expect(names(sortRuns(runs, sort))).toEqual(['d', 'c', 'b', 'a']);
  });

  it('sorts names with numbers by the numbers', () => {
    const named = ['run 10', 'run 9', 'Run 1'].map((name) => summary({ name }));
    expect(names(sortRuns(named, [{ key: 'name', isDescending: false }]))).toEqual([
      'Run 1',
      'run 9',
      'run 10',
    ]);
  });

  it('sorts names without regard to case and accents', () => {
    const named = ['Zebra', 'énorme', 'Étude', 'eta', 'apple'].map((name) => summary({ name }));
    expect(names(sortRuns(named, [{ key: 'name', isDescending: false }]))).toEqual([
      'apple',
      'énorme',
      'eta',
      'Étude',
      'Zebra',
    ]);
  });

  it('goes from rising to falling to none; shift keeps the columns before', () => {
    const rising = sortedBy([], 'k', false);
    expect(rising).toEqual([{ key: 'k', isDescending: false }]);
    const falling = sortedBy(rising, 'k', false);
    expect(falling).toEqual([{ key: 'k', isDescending: true }]);
    expect(sortedBy(falling, 'k', false)).toEqual([]);
    const both = sortedBy(falling, 'r', true);
    expect(both.map(({ key }) => key)).toEqual(['k', 'r']);
    expect(sortedBy(both, 'k', true).map(({ key }) => key)).toEqual(['r']);
    expect(sortedBy(both, 'N', false).map(({ key }) => key)).toEqual(['N']);
  });
});

describe('filtering', () => {
  const mono = summary({ name: 'C 3.7e10 mono k 4 seed 1' });
  const two = summary({
    name: 'C 3.7e10 two r_1 0.22 seed 2',
    kind: 'multi-lingual two-stage',
    seed: 2,
    status: 'diverged',
    tags: { experiment: 'phase-shift' },
  });
  const all = [mono, two];

  it('wants every word, in any order and case, and none after a minus', () => {
    const by = (words: string) => filterRuns(all, { ...NO_FILTER, words });
    expect(by('MONO c')).toEqual([mono]);
    expect(by('two stages')).toEqual([two]);
    expect(by('3.7e10 -two')).toEqual([mono]);
    expect(by('phase-shift')).toEqual([two]);
    expect(by('-"k 4" seed')).toEqual([two]);
    expect(by('  ')).toBe(all);
    expect(by(' - "')).toEqual(all);
    expect(by('"seed 3"')).toEqual([]);
  });

  it('wants one of the ticked values in every facet that has any', () => {
    const ticked = toggled(toggled(NO_FILTER, 'seed', '2'), 'seed', '1');
    expect(filterRuns(all, ticked)).toEqual(all);
    expect(filterRuns(all, toggled(ticked, 'seed', '1'))).toEqual([two]);
    expect(filterRuns(all, toggled(ticked, 'status', 'done'))).toEqual([mono]);
    expect(filterRuns(all, toggled(toggled(ticked, 'seed', '1'), 'seed', '2'))).toEqual(all);
  });

  it('takes the status of a run that is going from what is live', () => {
    const live = new Map([[mono.id, { status: 'training', step: 1, steps: 4, trainingBits: null }]]);
    expect(filterRuns(all, toggled(NO_FILTER, 'status', 'training'), live)).toEqual([mono]);
    expect(facetCounts(all, live).status).toEqual([
      { value: 'diverged', runs: 1 },
      { value: 'training', runs: 1 },
    ]);
  });

  it('counts values in the order of numbers', () => {
    const sized = [100, 9, 100].map((N, index) => summary({ name: `${index}`, N }));
    expect(facetCounts(sized).N).toEqual([
      { value: '9', runs: 1 },
      { value: '100', runs: 2 },
    ]);
  });
});

describe('groups', () => {
  const seeds = [2.4, 2.6, 2.5].map((targetBitsPerByte, index) =>
    summary({ name: `mono k 4 seed ${index + 1}`, seed: index + 1, targetBitsPerByte }),
  );
  const other = summary({ name: 'mono k 8 seed 1', k: 8, D: 262_144 });

  it('are runs that differ in nothing but the seed, their name and what was measured', () => {
    const groups = groupRuns([seeds[0]!, other, seeds[1]!, seeds[2]!]);
    expect(groups.map(({ runs }) => runs.length)).toEqual([3, 1]);
    expect(groups.map(groupName)).toEqual(['mono k 4', 'mono k 8 seed 1']);
  });

  it('show mean and deviation over seeds (n − 1)', () => {
    const [group] = groupRuns(seeds);
    const spread = groupSpread(group!, bits);
    expect(spread?.mean).toBeCloseTo(2.5, 12);
    expect(spread?.deviation).toBeCloseTo(0.1, 12);
    expect(spreadWords(spread, bits)).toBe('2.500 ± 0.100');
    expect(groupValue(group!, columnOf('k')!)).toBe(4);
    expect(groupValue(group!, columnOf('seed')!)).toBeNull();
  });

  it('leave out runs without a loss, and say nothing of the spread of one', () => {
    expect(spreadOf([null, 2])).toEqual({ mean: 2, deviation: null, runs: 1 });
    expect(spreadOf([null])).toBeNull();
    expect(spreadWords(spreadOf([2]), bits)).toBe('2.000');
    expect(spreadWords(null, bits)).toBe('–');
  });
});

describe('comparison', () => {
  it('names the settings that differ, and those that are alike as they are written', () => {
    const runs = [
      summary({ r: 0.75011 }),
      summary({ name: 'other', r: 0.75009, k: 8, targetBitsPerByte: 2 }),
    ];
    const { differing, common } = compareRuns(runs);
    expect(differing.map(({ key }) => key)).toEqual(['k']);
    expect(common.find(({ column }) => column.key === 'r')?.text).toBe('0.75');
    expect(common.some(({ column }) => column.key === 'targetBitsPerByte')).toBe(false);
  });

  it('tells texts apart that are written alike', () => {
    const pairs = ['world:id with world:en', 'world:id?bytes=30000 with world:en'];
    const { differing } = compareRuns(pairs.map((pair, index) => summary({ name: `${index}`, pair })));
    expect(differing.map(({ key }) => key)).toEqual(['pair']);
  });

  it('says nothing of no runs', () => {
    expect(compareRuns([])).toEqual({ differing: [], common: [] });
  });
});

describe('files', () => {
  it('have the columns that are shown, with all digits', () => {
    const table = tableOfRuns(
      [summary({ targetBitsPerByte: 2.123456789 })],
      columnsOf(['targetBitsPerByte', 'k']),
    );
    expect(table.columns.map(({ name }) => name)).toEqual(['id', 'name', 'targetBitsPerByte', 'k']);
    expect(table.rows).toEqual([['id of mono seed 1', 'mono seed 1', 2.123456789, 4]]);
  });
});

describe('lines', () => {
  const runs = [1, 2].flatMap((k) =>
    [1, 2].map((seed) => summary({ name: `k ${k} seed ${seed}`, k, seed, targetBitsPerByte: 4 - k })),
  );
  const plain: Arrangement = {
    runs,
    live: new Map(),
    filter: NO_FILTER,
    sort: [],
    isGrouped: false,
    open: new Set(),
    only: null,
  };
  const shape = (lines: readonly Line[]) =>
    lines.map((line) => (line.kind === 'run' ? line.run.name : `group of ${line.group.runs.length}`));

  it('are the same objects until something changes', () => {
    const arrange = arranger();
    const first = arrange(plain);
    expect(arrange({ ...plain })).toBe(first);
    expect(arrange({ ...plain, filter: { ...NO_FILTER, words: '"seed 2"' } }).runs).toHaveLength(2);
  });

  it('unfold the groups that are open, and sort groups by their means', () => {
    const arrange = arranger();
    const sort = [{ key: 'targetBitsPerByte', isDescending: false }];
    const folded = arrange({ ...plain, isGrouped: true, sort });
    expect(shape(folded.lines)).toEqual(['group of 2', 'group of 2']);
    expect(names(folded.runs)).toEqual(['k 2 seed 1', 'k 2 seed 2', 'k 1 seed 1', 'k 1 seed 2']);
    const open = new Set([folded.lines[0]!.key]);
    const unfolded = arrange({ ...plain, isGrouped: true, sort, open });
    expect(shape(unfolded.lines)).toEqual(['group of 2', 'k 2 seed 1', 'k 2 seed 2', 'group of 2']);
  });

  it('are those of the selected alone where that is asked for', () => {
    const only = new Set([runs[3]!.id]);
    expect(names(arranger()({ ...plain, only }).runs)).toEqual(['k 2 seed 2']);
  });

  it('are not sorted anew while a person types', () => {
    let reads = 0;
    const counting = runs.map((run) =>
      Object.defineProperty({ ...run }, 'targetBitsPerByte', {
        get: () => {
          reads++;
          return run.targetBitsPerByte;
        },
      }),
    );
    const arrange = arranger();
    const sort = [{ key: 'targetBitsPerByte', isDescending: false }];
    arrange({ ...plain, runs: counting, sort });
    const once = reads;
    expect(once).toBe(runs.length);
    for (const words of ['k', 'k 2'])
      arrange({ ...plain, runs: counting, sort, filter: { ...NO_FILTER, words } });
    expect(reads).toBe(once);
  });

  it('know what is selected by a range, and where the focus goes when runs are gone', () => {
    const { lines } = arranger()(plain);
    expect(names(runsBetween(lines, runs[2]!.id, runs[1]!.id))).toEqual(['k 1 seed 2', 'k 2 seed 1']);
    expect(names(runsBetween(lines, 'gone', runs[1]!.id))).toEqual(['k 1 seed 2']);
    expect(withRuns(new Set(['x']), [runs[0]!], true)).toEqual(new Set(['x', runs[0]!.id]));
    expect(nextAfter(lines, runs[1]!.id, new Set([runs[1]!.id]))).toBe(runs[2]!.id);
    expect(nextAfter(lines, runs[3]!.id, new Set([runs[3]!.id]))).toBe(runs[2]!.id);
    expect(nextAfter(lines, runs[0]!.id, new Set(runs.map(({ id }) => id)))).toBeNull();
  });

  it('are walked by keys', () => {
    const { lines } = arranger()({ ...plain, isGrouped: true });
    const open = arranger()({ ...plain, isGrouped: true, open: new Set([lines[0]!.key]) }).lines;
    const press = (key: string, extra: Partial<KeyPress> = {}): KeyPress => ({
      key,
      shiftKey: false,
      ctrlKey: false,
      metaKey: false,
      altKey: false,
      ...extra,
    });
    const at = (key: KeyPress, active: number, of = lines) => actOf(key, { active, lines: of, page: 10 });
    expect(at(press('ArrowDown'), -1)).toEqual({ act: 'go', to: 0, isSelecting: false });
    expect(at(press('ArrowDown', { shiftKey: true }), 1)).toEqual({ act: 'go', to: 1, isSelecting: true });
    expect(at(press('End'), 0)).toEqual({ act: 'go', to: 1, isSelecting: false });
    expect(at(press('ArrowRight'), 0)).toEqual({ act: 'unfold' });
    expect(at(press('ArrowLeft'), 0)).toBeNull();
    expect(at(press('ArrowLeft'), 2, open)).toEqual({ act: 'go', to: 0, isSelecting: false });
    expect(at(press('ArrowLeft'), 0, open)).toEqual({ act: 'fold' });
    expect(at(press('Enter'), 1, open)).toEqual({ act: 'rename' });
    expect(at(press('Enter'), 0, open)).toEqual({ act: 'fold' });
    expect(at(press(' '), 0)).toEqual({ act: 'select' });
    expect(at(press('a', { ctrlKey: true }), 0)).toEqual({ act: 'selectAll' });
    expect(at(press('f', { ctrlKey: true }), 0)).toBeNull();
    expect(at(press('x'), 0)).toBeNull();
  });
});

describe('the window of lines', () => {
  it('holds what is seen and some lines around it, and never more than there are', () => {
    expect(windowAt(10_000, 36, 0, 700)).toEqual({ from: 0, to: 31 });
    const middle = windowAt(10_000, 36, 36 * 5000, 700);
    expect(middle.from).toBe(4990);
    expect(middle.to).toBe(5031);
    expect(windowAt(5, 36, 9999, 700)).toEqual({ from: 0, to: 5 });
    expect(windowAt(0, 36, 0, 700)).toEqual({ from: 0, to: 0 });
  });

  it('scrolls by as little as possible', () => {
    expect(scrollTo(3, 10, 0, 100)).toBe(0);
    expect(scrollTo(3, 10, 50, 100)).toBe(30);
    expect(scrollTo(12, 10, 0, 100)).toBe(30);
  });
});

describe('a run that is going', () => {
  it('says how far it is', () => {
    const live = { step: 21, steps: 50, trainingBits: 3 };
    expect(progressWords({ ...live, status: 'training' })).toBe('training, 42 %');
    expect(progressWords({ ...live, status: 'waiting' })).toBe('waiting');
    expect(progressWords({ ...live, status: 'done' })).toBe('finished');
  });
});
