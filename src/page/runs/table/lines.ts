/** The table's lines from its runs: filtered, grouped, sorted, with the groups that are open unfolded. */

import type { RunSummary } from '../../../formats/runSummary.ts';
import { type Filter, filterRuns, type Live } from './filter.ts';
import { groupRuns, type RunGroup, sortGroups } from './groups.ts';
import { type Sort, sortRuns } from './sorting.ts';

export type Line =
  | { readonly kind: 'run'; readonly key: string; readonly run: RunSummary; readonly isInGroup: boolean }
  | { readonly kind: 'group'; readonly key: string; readonly group: RunGroup; readonly isOpen: boolean };

export type Arranged = {
  readonly lines: readonly Line[];
  /** The runs that are shown or stand folded in a group that is, in order. */
  readonly runs: readonly RunSummary[];
};

export type Arrangement = {
  readonly runs: readonly RunSummary[];
  readonly live: Live;
  readonly filter: Filter;
  readonly sort: Sort;
  readonly isGrouped: boolean;
  /** Keys of groups. */
  readonly open: ReadonlySet<string>;
  /** These alone, where something is said. */
  readonly only: ReadonlySet<string> | null;
};

/**
 * Remembers the last order: while a person types only the filter changes, and of ten thousand runs sorting is what takes time. The
 * function that comes back gives the same object while nothing has changed.
 */
export function arranger(): (wanted: Arrangement) => Arranged {
  let last: { readonly wanted: Arrangement; readonly arranged: Arranged } | undefined;
  let sorted: { readonly wanted: Arrangement; readonly runs: readonly RunSummary[] } | undefined;
  return (wanted) => {
    if (last && isSame(last.wanted, wanted)) return last.arranged;
    if (!sorted || !isSameOrder(sorted.wanted, wanted))
      sorted = { wanted, runs: sortRuns(wanted.runs, wanted.sort, wanted.live) };
    const arranged = arrange(sorted.runs, wanted);
    last = { wanted, arranged };
    return arranged;
  };
}

function isSame(a: Arrangement, b: Arrangement): boolean {
  return (Object.keys(a) as (keyof Arrangement)[]).every((key) => a[key] === b[key]);
}

/** Live values move no run but where they are sorted by. */
function isSameOrder(a: Arrangement, b: Arrangement): boolean {
  return a.runs === b.runs && a.sort === b.sort && (a.live === b.live || b.sort.length === 0);
}

function arrange(sorted: readonly RunSummary[], wanted: Arrangement): Arranged {
  const { filter, live, sort, isGrouped, open, only } = wanted;
  const passed = filterRuns(sorted, filter, live);
  const runs = only ? passed.filter(({ id }) => only.has(id)) : passed;
  if (!isGrouped) return { runs, lines: runs.map((run) => lineOf(run, false)) };
  const groups = sortGroups(groupRuns(runs), sort);
  const lines = groups.flatMap((group): Line[] => {
    if (group.runs.length === 1) return [lineOf(group.first, false)];
    const isOpen = open.has(group.key);
    const head: Line = { kind: 'group', key: group.key, group, isOpen };
    return isOpen ? [head, ...group.runs.map((run) => lineOf(run, true))] : [head];
  });
  return { lines, runs: groups.flatMap((group) => group.runs) };
}

function lineOf(run: RunSummary, isInGroup: boolean): Line {
  return { kind: 'run', key: run.id, run, isInGroup };
}

/** The runs that a line stands for. */
export function runsOfLine(line: Line): readonly RunSummary[] {
  return line.kind === 'run' ? [line.run] : line.group.runs;
}
