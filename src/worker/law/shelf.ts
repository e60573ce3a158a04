/** What the worker of the laws keeps between commands: runs by dataset, and fits with all that was found out about them. */

import { type LawRuns, rowsOfLawRuns } from '../../formats/lawRuns.ts';
import { LeftOutCounter, type RunRow, type Runs } from '../../formats/runs/row.ts';
import type { Bootstrap } from '../../law/certainty/bootstrap.ts';
import type { Helpfulness } from '../../law/certainty/nextRun.ts';
import type { Profile } from '../../law/certainty/profile.ts';
import type { CrossValidation } from '../../law/comparison/folds.ts';
import type { HeldOut } from '../../law/comparison/heldOut.ts';
import type { NullTest } from '../../law/comparison/nulls.ts';
import type { SliceName } from '../../law/comparison/slices.ts';
import type { TableRow } from '../../law/comparison/table.ts';
import type { Fit } from '../../law/fit/outcome.ts';
import type { Run } from '../../law/run.ts';
import { runOf } from '../../law/runs.ts';
import type { RunsAbout, Sample } from '../api/fits.ts';
import type { LawHeld } from './laws.ts';

export type Dataset = {
  readonly rows: readonly RunRow[];
  readonly runs: readonly Run[];
  readonly about: RunsAbout;
};

/** A fit with its runs, and what has been asked of it so far. */
export type FitEntry = {
  readonly id: number;
  readonly held: LawHeld;
  readonly fit: Fit;
  readonly sample: Sample;
  /** Of the dataset as it was then; those that the sample leaves out are not among them. */
  readonly runs: readonly Run[];
  /** The dataset's rows at the time, and which of them are fitted. */
  readonly all: readonly Run[];
  readonly isFitted: Uint8Array;
  readonly source: Runs;
  readonly chosen: readonly string[];
  readonly freeze: Readonly<Record<string, number>>;
  readonly warm: boolean;
  readonly milliseconds: number;
  bootstrap: Bootstrap | null;
  crossValidation: CrossValidation | null;
  readonly heldOut: Map<SliceName, HeldOut>;
  readonly profiles: Map<string, Profile>;
  nulls: readonly NullTest[] | null;
  nextRuns: readonly Helpfulness[] | null;
  /** Of this law alone. */
  kinds: TableRow | null;
};

/** Fits that are kept; the page asks of the last few, and of a ranking of all laws. */
const MOST_FITS = 60;

/** What was asked for is not here any more, or never was. */
export class GoneError extends Error {
  override readonly name = 'GoneError';
}

export class Shelf {
  readonly #datasets = new Map<number, Dataset>();
  readonly #fits = new Map<number, FitEntry>();
  #last = 0;

  put(runs: LawRuns, about: RunsAbout): void {
    const rows = rowsOfLawRuns(runs);
    this.#datasets.set(runs.id, { rows, runs: rows.map(runOf), about });
  }

  /** Throws {@link GoneError} where there is no such dataset. */
  append(more: LawRuns, about: RunsAbout): void {
    const { rows, runs } = this.dataset(more.id);
    const added = rowsOfLawRuns(more);
    this.#datasets.set(more.id, {
      rows: [...rows, ...added],
      runs: [...runs, ...added.map(runOf)],
      about,
    });
  }

  forget(dataset: number): void {
    this.#datasets.delete(dataset);
    for (const [id, { sample }] of this.#fits) if (sample.dataset === dataset) this.#fits.delete(id);
  }

  dataset(id: number): Dataset {
    const found = this.#datasets.get(id);
    if (!found) throw new GoneError(`The runs with the number ${id} are not kept any more.`);
    return found;
  }

  /** The runs of a sample, and what a file says of them. Throws {@link GoneError}. */
  take({ dataset, without }: Sample): Pick<FitEntry, 'runs' | 'all' | 'isFitted' | 'source' | 'chosen'> {
    const { rows, runs, about } = this.dataset(dataset);
    const isFitted = new Uint8Array(runs.length).fill(1);
    const leftOut = new LeftOutCounter();
    for (const { reason, rows: count, first } of about.leftOut) leftOut.add(reason, first, count);
    for (const { reason, rows: indices } of without) {
      for (const row of indices) {
        if (isFitted[row] !== 1) continue;
        isFitted[row] = 0;
        leftOut.add(reason, rows[row]?.place ?? '');
      }
    }
    const kept = rows.filter((_, row) => isFitted[row] === 1);
    return {
      all: runs,
      isFitted,
      runs: runs.filter((_, row) => isFitted[row] === 1),
      source: {
        rows: kept,
        columns: about.columns,
        sources: about.sources,
        groups: Object.keys(kept[0]?.groups ?? {}),
        leftOut: leftOut.list(),
        notes: [],
      },
      chosen: about.chosen,
    };
  }

  keep(
    made: Omit<
      FitEntry,
      'id' | 'bootstrap' | 'crossValidation' | 'heldOut' | 'profiles' | 'nulls' | 'nextRuns' | 'kinds'
    >,
  ): FitEntry {
    const id = ++this.#last;
    const entry: FitEntry = {
      ...made,
      id,
      bootstrap: null,
      crossValidation: null,
      heldOut: new Map(),
      profiles: new Map(),
      nulls: null,
      nextRuns: null,
      kinds: null,
    };
    this.#fits.set(id, entry);
    const [oldest] = this.#fits.keys();
    if (this.#fits.size > MOST_FITS && oldest !== undefined) this.#fits.delete(oldest);
    return entry;
  }

  /** The fit with that number, which is then the last to be let go. Throws {@link GoneError}. */
  fit(id: number): FitEntry {
    const found = this.#fits.get(id);
    if (!found) throw new GoneError('This fit is not kept any more; fit the runs again.');
    this.#fits.delete(id);
    this.#fits.set(id, found);
    return found;
  }
}
