/** What may be asked and told of the runs that are kept in this browser: its own and those that were brought along. */

import type { RunRecord } from '../../formats/record.ts';
import type { RunSummary } from '../../formats/runSummary.ts';

/** A run that is kept, without its curve. */
export type KeptRun = {
  readonly summary: RunSummary;
  /** When it was put here, in milliseconds since 1970. */
  readonly at: number;
};

/** `jsonl`: a record a line. `json`: a list of records. `csv`: a row a run, without curves. All three can be brought back but the last, which is for spreadsheets and `m3lab fit`. */
export type RunsFormat = 'jsonl' | 'json' | 'csv';

/** A file of results that ships with the lab, and which of its runs are meant: the worker reads them there. */
export type ShippedPart = {
  /** Address of the file. */
  readonly url: string;
  readonly ids: readonly string[];
  /** What the manifest says of a run, by its id; the file does not say it. */
  readonly tags?: Readonly<Record<string, RunSummary['tags']>>;
};

/** Why something in a file was not taken. */
export type Refused = {
  /** File and line, or file and place in a list. */
  readonly place: string;
  readonly reason: string;
};

/** What became of a file with runs. Runs are known by their config's hash: one that is here twice is one. */
export type ImportedFile = {
  readonly name: string;
  /** Runs that are new here, or complete what was stopped before. */
  readonly taken: number;
  /** Runs that were here already. */
  readonly known: number;
  /** Runs that are here with other losses, trained on a device that rounds differently, say; what is here stays. */
  readonly differing: readonly string[];
  /** The first of those that were refused. */
  readonly refused: readonly Refused[];
  readonly refusedCount: number;
};

export type ImportOutcome = { readonly files: readonly ImportedFile[] };

export type LibraryCommand =
  /** Runs in pages, by their ids; `after` is the `next` of the page before, null for the first. */
  | { readonly command: 'runs'; readonly after: string | null }
  /** The record with its curve; null where there is none of that id. With `shipped` it is looked for in that file too. */
  | { readonly command: 'record'; readonly id: string; readonly shipped?: string }
  | { readonly command: 'renameRun'; readonly id: string; readonly name: string }
  /** Takes runs out of sight; they can be put back until the next visit. Gives the ids of those that were there. */
  | { readonly command: 'removeRuns'; readonly ids: readonly string[] }
  | { readonly command: 'restoreRuns'; readonly ids: readonly string[] }
  /**
   * Takes the runs of files: records (a record a line, a list, one record, a checkpoint's `run.json`, the events of `m3lab train
   * --json`). What is no run is refused with its place and reason; all others are taken. Can be broken off between runs; what was taken by
   * then is said all the same.
   */
  | { readonly command: 'importRuns'; readonly files: readonly File[] }
  | {
      readonly command: 'exportRuns';
      readonly ids: readonly string[];
      readonly shipped: readonly ShippedPart[];
      readonly format: RunsFormat;
    };

export type LibraryReply = {
  runs: { readonly runs: readonly KeptRun[]; readonly next: string | null };
  record: RunRecord | null;
  renameRun: null;
  removeRuns: readonly string[];
  restoreRuns: null;
  importRuns: ImportOutcome;
  exportRuns: Blob;
};

export type LibraryEvent =
  /** Runs are here that were not, or are others than they were. */
  | { readonly event: 'recorded'; readonly runs: readonly KeptRun[] }
  | { readonly event: 'removed'; readonly ids: readonly string[] }
  /** Bytes of the files with runs that have been read. */
  | { readonly event: 'importing'; readonly bytes: number; readonly totalBytes: number };
