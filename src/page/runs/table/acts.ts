/** What a person can do with a run table, by hand or key. */

import type { RunSummary } from '../../../formats/runSummary.ts';
import { CSV_TYPE, saveJson, saveText } from '../../parts/download/save.ts';
import { csvOf, objectsOf } from '../../parts/table/figureTable.ts';
import type { Column } from './columns.ts';
import { tableOfRuns } from './files.ts';
import { type Filter, type Live, NO_FILTER } from './filter.ts';
import type { TableAct } from './keyboard.ts';
import { type Arranged, type Line, runsOfLine } from './lines.ts';
import { nextAfter, runsBetween, withRuns } from './selection.ts';
import type { Sort } from './sorting.ts';

/** Who keeps the runs that are shown: the page's Library is one. Its promises reject with an error in words. */
export type RunKeeper = {
  /** Whether the run can be renamed and deleted: those that ship with the lab cannot. */
  isOwn(id: string): boolean;
  rename(id: string, name: string): Promise<unknown>;
  /** Gives what puts them back. */
  remove(ids: readonly string[]): Promise<() => Promise<unknown>>;
};

/** One deletion: how many runs went, and what puts them back. */
export type Removal = { readonly count: number; readonly undo: () => Promise<unknown> };

/** What the element holds; a change of any of it draws the table anew. */
export type TableState = {
  readonly live: Live;
  readonly keeper: RunKeeper | null;
  columns: readonly string[];
  selected: ReadonlySet<string>;
  filter: Filter;
  sort: Sort;
  isGrouped: boolean;
  isComparing: boolean;
  /** Keys of groups that are unfolded. */
  open: ReadonlySet<string>;
  /** Key of the line that has the focus. */
  active: string | null;
  /** Id of the run whose name is being written. */
  renaming: string | null;
  /** What was deleted since a person dismissed it last, the latest at the end: all of it can come back. */
  removed: readonly Removal[];
  /** What could not be done, in words. */
  problem: string | null;
};

/** What acts need of the element beside its state. */
export type TableStage = {
  tell(name: 'selection' | 'columns', detail: unknown): void;
  focusLines(): void;
  focusName(): void;
  /** Scrolls so that the line is seen; null for the first of all. */
  show(line: number | null): void;
};

const SHIPPED_STAY = 'Runs that ship with the lab keep their names and stay.';

export class TableActs {
  /** Where a range that shift selects begins. */
  private anchor: string | null = null;
  private readonly state: TableState;
  private readonly stage: TableStage;

  constructor(state: TableState, stage: TableStage) {
    this.state = state;
    this.stage = stage;
  }

  /** @param line that has the focus */
  press(act: TableAct, line: Line | undefined, { lines, runs }: Arranged): void {
    if (act.act === 'go') this.go(act.to, act.isSelecting, lines);
    else if (act.act === 'selectAll') this.selectRuns(runs, true);
    else if (!line) return;
    else if (act.act === 'select') this.selectLine(line, false, lines);
    else if (act.act === 'fold' || act.act === 'unfold') this.fold(line.key);
    else if (act.act === 'rename') this.beginRename(line.key);
    else {
      const isPicked = this.isPicked(line);
      const ids = isPicked ? [...this.state.selected] : runsOfLine(line).map(({ id }) => id);
      void this.remove(ids, lines);
    }
  }

  selectLine(line: Line, isRange: boolean, lines: readonly Line[]): void {
    if (isRange && this.anchor !== null) {
      this.selectRuns(runsBetween(lines, this.anchor, line.key), true);
      return;
    }
    this.anchor = line.key;
    this.selectRuns(runsOfLine(line), !this.isPicked(line));
  }

  selectRuns(runs: readonly RunSummary[], isWanted: boolean): void {
    this.setSelected(withRuns(this.state.selected, runs, isWanted));
  }

  selectNone(): void {
    this.setSelected(new Set());
  }

  setFilter(filter: Filter = NO_FILTER): void {
    this.state.filter = filter;
    this.stage.show(null);
  }

  fold(key: string): void {
    const open = new Set(this.state.open);
    if (!open.delete(key)) open.add(key);
    this.state.open = open;
  }

  choose({ key }: Column): void {
    const keys = new Set(this.state.columns);
    if (!keys.delete(key)) keys.add(key);
    this.state.columns = [...keys];
    this.stage.tell('columns', { keys: this.state.columns });
  }

  beginRename(id: string): void {
    if (!this.state.keeper) return;
    if (!this.state.keeper.isOwn(id)) {
      this.state.problem = SHIPPED_STAY;
      return;
    }
    this.state.renaming = id;
    this.stage.focusName();
  }

  /** @param name null to leave it as it was */
  async rename(run: RunSummary, name: string | null): Promise<void> {
    this.state.renaming = null;
    this.stage.focusLines();
    const wanted = name?.trim() ?? '';
    if (wanted !== '' && wanted !== run.name)
      await this.attempt(async () => this.state.keeper?.rename(run.id, wanted));
  }

  /** Deletes those of the runs that can be. */
  async remove(ids: readonly string[], lines: readonly Line[]): Promise<void> {
    const { keeper, active } = this.state;
    const own = keeper ? ids.filter((id) => keeper.isOwn(id)) : [];
    if (!keeper || own.length === 0) {
      if (keeper && ids.length > 0) this.state.problem = SHIPPED_STAY;
      return;
    }
    await this.attempt(async () => {
      const gone = new Set(own);
      const next = nextAfter(lines, active, gone);
      const undo = await keeper.remove(own);
      this.state.removed = [...this.state.removed, { count: own.length, undo }];
      this.state.active = next;
      this.setSelected(new Set([...this.state.selected].filter((id) => !gone.has(id))));
    });
  }

  /** Puts back all that was deleted, the latest first; what cannot come back now can be tried again. */
  async undoRemove(): Promise<void> {
    const { removed } = this.state;
    this.dismiss();
    await this.attempt(async () => {
      let left = removed;
      try {
        for (; left.length > 0; left = left.slice(0, -1)) await left.at(-1)?.undo();
      } finally {
        // Meanwhile more may have been deleted.
        this.state.removed = [...left, ...this.state.removed];
      }
    });
  }

  /** Takes away what is said of what was done; what was deleted stays deleted. */
  dismiss(): void {
    this.state.removed = [];
    this.state.problem = null;
    this.stage.focusLines();
  }

  save(kind: 'csv' | 'json', runs: readonly RunSummary[], columns: readonly Column[]): void {
    const table = tableOfRuns(runs, columns, this.state.live);
    if (kind === 'csv') saveText(csvOf(table), 'runs.csv', CSV_TYPE);
    else saveJson(objectsOf(table), 'runs.json');
  }

  private async attempt(what: () => Promise<unknown>): Promise<void> {
    this.state.problem = null;
    try {
      await what();
    } catch (error) {
      this.state.problem = error instanceof Error ? error.message : String(error);
    }
  }

  private go(to: number, isSelecting: boolean, lines: readonly Line[]): void {
    const line = lines[to];
    if (!line) return;
    if (isSelecting) {
      this.anchor ??= this.state.active ?? line.key;
      this.selectRuns(runsBetween(lines, this.anchor, line.key), true);
    } else {
      this.anchor = line.key;
    }
    this.state.active = line.key;
    this.stage.show(to);
  }

  private isPicked(line: Line): boolean {
    return runsOfLine(line).every(({ id }) => this.state.selected.has(id));
  }

  private setSelected(ids: ReadonlySet<string>): void {
    this.state.selected = ids;
    this.stage.tell('selection', { ids: [...ids] });
  }
}
