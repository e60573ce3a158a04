import { expect, test } from 'vitest';
import {
  type RunKeeper,
  TableActs,
  type TableStage,
  type TableState,
} from '../../../src/page/runs/table/acts.ts';
import { NO_FILTER } from '../../../src/page/runs/table/filter.ts';

const STAGE: TableStage = { tell: () => {}, focusLines: () => {}, focusName: () => {}, show: () => {} };

/** Keeps these ids; `broken` makes the next attempt to put runs back fail. */
function keeperOf(ids: readonly string[]): RunKeeper & { readonly here: Set<string>; broken: boolean } {
  const here = new Set(ids);
  const keeper = {
    here,
    broken: false,
    isOwn: (id: string) => here.has(id),
    rename: async () => {},
    remove: async (gone: readonly string[]) => {
      for (const id of gone) here.delete(id);
      return async () => {
        if (keeper.broken) throw new Error('Storage is full.');
        for (const id of gone) here.add(id);
      };
    },
  };
  return keeper;
}

function stateWith(keeper: RunKeeper): TableState {
  return {
    live: new Map(),
    keeper,
    columns: [],
    selected: new Set(),
    filter: NO_FILTER,
    sort: [],
    isGrouped: false,
    isComparing: false,
    open: new Set(),
    active: null,
    renaming: null,
    removed: [],
    problem: null,
  };
}

const deleted = ({ removed }: TableState) => removed.reduce((sum, { count }) => sum + count, 0);

test('all that was deleted can come back, and not the last alone', async () => {
  const keeper = keeperOf(['a', 'b', 'c', 'd']);
  const state = stateWith(keeper);
  const acts = new TableActs(state, STAGE);
  await acts.remove(['a', 'b'], []);
  await acts.remove(['c', 'shipped'], []);
  expect(deleted(state)).toBe(3);
  expect([...keeper.here]).toEqual(['d']);
  await acts.undoRemove();
  expect([...keeper.here].sort()).toEqual(['a', 'b', 'c', 'd']);
  expect(deleted(state)).toBe(0);
});

test('what cannot be put back now can be tried again', async () => {
  const keeper = keeperOf(['a', 'b']);
  const state = stateWith(keeper);
  const acts = new TableActs(state, STAGE);
  await acts.remove(['a'], []);
  await acts.remove(['b'], []);
  keeper.broken = true;
  await acts.undoRemove();
  expect(state.problem).toBe('Storage is full.');
  expect(deleted(state)).toBe(2);
  keeper.broken = false;
  await acts.undoRemove();
  expect([keeper.here.size, deleted(state), state.problem]).toEqual([2, 0, null]);
});

test('what is dismissed stays deleted', async () => {
  const keeper = keeperOf(['a', 'b']);
  const state = stateWith(keeper);
  const acts = new TableActs(state, STAGE);
  await acts.remove(['a'], []);
  acts.dismiss();
  await acts.remove(['b'], []);
  await acts.undoRemove();
  expect([...keeper.here]).toEqual(['b']);
});
