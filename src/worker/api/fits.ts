/** What may be asked of fits: laws, runs in columns, fits and all that says how far to trust one, laws of one's own, tables. */

import type { FitFile } from '../../formats/fit.ts';
import type { LawRuns } from '../../formats/lawRuns.ts';
import type { OwnLawFile } from '../../formats/ownLaw.ts';
import type { ReadRunsOptions } from '../../formats/runs/options.ts';
import type { LeftOut, RunSource, Runs } from '../../formats/runs/row.ts';
import type { Helpfulness } from '../../law/certainty/nextRun.ts';
import type { Profile } from '../../law/certainty/profile.ts';
import type { HeldOut } from '../../law/comparison/heldOut.ts';
import type { NullTest } from '../../law/comparison/nulls.ts';
import type { Score } from '../../law/comparison/score.ts';
import type { SeedNoise } from '../../law/comparison/seedNoise.ts';
import type { SliceName } from '../../law/comparison/slices.ts';
import type { TableRow } from '../../law/comparison/table.ts';
import type { GroupDifference } from '../../law/groupDifferences.ts';
import type { LawParameter } from '../../law/law.ts';
import type { Quantity } from '../../law/point.ts';

/** One of the lab's by its name, or one of the user's by its definition. */
export type LawAsked = string | OwnLawFile;

export type ParameterFacts = LawParameter & {
  /** Of its symbol, inline. */
  readonly mathml: string;
};

export type LawFacts = {
  readonly name: string;
  readonly title: string;
  /** A `<math>` element as text, to be parsed and not set as HTML; the same in one line of plain text. */
  readonly mathml: string;
  readonly text: string;
  readonly source: string;
  readonly note: string;
  readonly parameters: readonly ParameterFacts[];
  readonly reads: readonly Quantity[];
  /** Effects that one may ask whether the runs show, as in print: `φ = 0`. */
  readonly effects: readonly string[];
  /** The definition, where it is one of the user's own. */
  readonly own: OwnLawFile | null;
};

/** What the file of a fit says of its runs beside the runs: where they came from, what was left out and chosen on the way. */
export type RunsAbout = {
  readonly sources: readonly RunSource[];
  /** Quantity → column that it was read from. */
  readonly columns: Readonly<Record<string, string>>;
  readonly leftOut: readonly LeftOut[];
  readonly chosen: readonly string[];
};

/** Runs of a dataset that are not fitted for one reason, by their row. */
export type Without = { readonly reason: string; readonly rows: readonly number[] };

/** The runs of a fit: those of a dataset but for some. */
export type Sample = { readonly dataset: number; readonly without: readonly Without[] };

/** A fit as the page knows it. */
export type FitFacts = {
  /** By which later commands name it. */
  readonly fit: number;
  readonly dataset: number;
  readonly without: readonly Without[];
  readonly law: LawFacts;
  /** Coordinates, for predictions by `law/`; the law itself comes by its name, or from its definition. */
  readonly theta: Float64Array;
  /** What `m3lab fit --out` would write of it now: without intervals until the certainty is known, and without the resamples themselves. */
  readonly file: FitFile;
  /** Parameters that decide nothing where the fit ended, though there are runs that would tell: no gap. */
  readonly idle: readonly string[];
  /** Whether it went on from an earlier fit instead of looking everywhere. */
  readonly warm: boolean;
  readonly milliseconds: number;
};

/** One law among others. */
export type RankedLaw = {
  readonly fit: FitFacts;
  readonly crossValidation: Score | null;
  readonly heldOut: readonly HeldOut[];
};

export type LawsRanked = {
  /** The best first; AICc over the best's. */
  readonly ranked: readonly {
    readonly law: string;
    readonly difference: number;
    readonly suffices: boolean;
  }[];
  readonly apart: readonly { readonly law: string; readonly reason: string }[];
  readonly failed: readonly { readonly law: string; readonly reason: string }[];
  /** Groups of laws that say the same on these runs. */
  readonly same: readonly (readonly string[])[];
};

/** How sure the parameters are, from resamples. */
export type CertaintyFacts = {
  readonly fit: number;
  /** The file with intervals, without the resamples themselves. */
  readonly file: FitFile;
  /** Resamples so far, and as asked for. */
  readonly resamples: number;
  readonly asked: number;
  readonly way: 'refitted' | 'linearised';
  readonly cells: number;
  readonly tooFewCells: boolean;
  readonly failed: number;
  /** Parameters that lie on a bound in nearly all resamples. */
  readonly held: readonly string[];
};

/** What a fit says of every run of its dataset, by row; NaN where the law does not speak of the run. */
export type Points = {
  readonly fit: number;
  /** Nats per token. */
  readonly predicted: Float64Array;
  /** 95 % of the law's curve at the run, from the resamples; empty until there are some. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** 1 where the run entered the fit. */
  readonly fitted: Uint8Array;
  /** By how much all predictions move, root mean square of log loss, when the run is left out; to first order. NaN where it is out. */
  readonly pull: Float64Array;
  /** The parameter that it moves most, by its place in the law's list, and by how many standard errors; −1 where none. */
  readonly pulled: Int16Array;
  readonly pulledBy: Float64Array;
};

/** What the runs of a fit are, whatever the law. */
export type Ground = {
  readonly fit: number;
  readonly noise: SeedNoise | null;
  readonly groups: readonly GroupDifference[];
  readonly kinds: Readonly<Record<string, number>>;
};

export type TablePreview = {
  readonly header: readonly string[];
  readonly delimiter: string;
  /** The first lines, a cell a column. */
  readonly rows: readonly (readonly string[])[];
  /** Role → column, as the names suggest: to be confirmed. */
  readonly guessed: Readonly<Record<string, string>>;
  readonly bytes: number;
  /** Lines with something in them, the header not counted. */
  readonly lines: number;
};

/** What is wrong with a table, and where; `line` and `column` count from 1. */
export type TableProblem = {
  readonly place: { readonly line: number; readonly column: number } | null;
  /** Name of the column; '' where it is not about one. */
  readonly field: string;
  readonly words: string;
};

export type TableRead =
  | { readonly ok: true; readonly preview: TablePreview }
  | { readonly ok: false; readonly problem: TableProblem };

export type TableImport =
  | {
      readonly ok: true;
      readonly runs: LawRuns;
      readonly about: Omit<RunsAbout, 'chosen'> & { readonly notes: readonly string[] };
      readonly groups: Runs['groups'];
    }
  | { readonly ok: false; readonly problem: TableProblem };

/** A law of one's own, or what is wrong with it. */
export type OwnLawRead =
  | { readonly ok: true; readonly law: LawFacts }
  | {
      readonly ok: false;
      /** Character of the formula, from 1; null where it is not the formula. */
      readonly character: number | null;
      /** As in the definition: `name`, `parameters[2].lower`; '' for the formula. */
      readonly field: string;
      readonly problem: string;
    };

/** Long commands tell how far they are under the `task` that they are given, a number of the caller's. */
type Long = { readonly task: number };

export type FitCommand =
  | { readonly command: 'laws' }
  /** Takes the place of runs with the same id. */
  | { readonly command: 'dataset'; readonly runs: LawRuns; readonly about: RunsAbout }
  /** Adds runs to the dataset with their id; `about` is of all of them. */
  | { readonly command: 'append'; readonly runs: LawRuns; readonly about: RunsAbout }
  /** Runs that nobody asks for any more, and the fits to them. */
  | { readonly command: 'forget'; readonly dataset: number }
  /** From nothing; with few `descents` quickly, and then less sure to be the best. */
  | ({
      readonly command: 'fit';
      readonly sample: Sample;
      readonly law: LawAsked;
      readonly freeze?: Readonly<Record<string, number>>;
      readonly descents?: number;
    } & Long)
  /** From where an earlier fit of the same law ended: at once. */
  | { readonly command: 'refit'; readonly sample: Sample; readonly from: number }
  /** A law from where the fit of one that it contains ended, its further parameters from their starts: at once, and the same valley. */
  | { readonly command: 'extend'; readonly sample: Sample; readonly from: number; readonly law: string }
  /** Fits each law and tells of it by `ranked` events as it is done. `slices` are held out from each. */
  | ({
      readonly command: 'rank';
      readonly sample: Sample;
      readonly laws: readonly LawAsked[];
      readonly slices: readonly SliceName[];
    } & Long)
  /** Resamples; tells of the intervals by `certainty` events as they become sharper. */
  | ({ readonly command: 'certainty'; readonly fit: number; readonly resamples: number } & Long)
  | { readonly command: 'points'; readonly fit: number }
  | { readonly command: 'ground'; readonly fit: number }
  | ({ readonly command: 'profile'; readonly fit: number; readonly parameter: string } & Long)
  /** Cross-validation and slices of one law; tells of each by `heldOut` events. */
  | ({ readonly command: 'heldOut'; readonly fit: number; readonly slices: readonly SliceName[] } & Long)
  /** The table of laws by kind of recipe. */
  | ({ readonly command: 'kinds'; readonly fits: readonly number[] } & Long)
  | ({ readonly command: 'nulls'; readonly fit: number } & Long)
  | { readonly command: 'nextRun'; readonly fit: number }
  | { readonly command: 'ownLaw'; readonly own: OwnLawFile }
  | { readonly command: 'readTable'; readonly file: Blob; readonly name: string }
  | {
      readonly command: 'importTable';
      readonly file: Blob;
      readonly name: string;
      readonly id: number;
      readonly options: ReadRunsOptions;
    }
  /**
   * The file that `m3lab fit --out` writes: of one law, or with several of the ranking. What it lacks (resamples, slices, effects, the next
   * run) is computed first.
   */
  | ({ readonly command: 'exportFit'; readonly fits: readonly number[]; readonly resamples: number } & Long);

export type FitReply = {
  laws: readonly LawFacts[];
  dataset: null;
  append: null;
  forget: null;
  fit: FitFacts;
  refit: FitFacts;
  extend: FitFacts;
  rank: LawsRanked;
  certainty: CertaintyFacts;
  points: Points;
  ground: Ground;
  profile: Profile;
  heldOut: readonly HeldOut[];
  kinds: readonly TableRow[];
  nulls: readonly NullTest[];
  nextRun: readonly Helpfulness[];
  ownLaw: OwnLawRead;
  readTable: TableRead;
  importTable: TableImport;
  exportFit: { readonly text: string };
};

export type FitEvent =
  /** What is being done, for a person, and the share of it that is done. */
  | { readonly event: 'progress'; readonly task: number; readonly doing: string; readonly share: number }
  | { readonly event: 'ranked'; readonly task: number; readonly law: RankedLaw }
  | { readonly event: 'certainty'; readonly task: number; readonly certainty: CertaintyFacts }
  | { readonly event: 'heldOut'; readonly task: number; readonly heldOut: HeldOut };
