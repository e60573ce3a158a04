/** What a named experiment is: runs asked for in rounds, and claims held against what came out. */

import type { Canvas, Figure } from '../../figures/frame.ts';
import type { TrainConfig } from '../../formats/config.ts';
import type { Nominal, Tags } from '../../formats/manifest.ts';
import type { RunRecord } from '../../formats/record.ts';
import type { SweepDesign } from '../../formats/sweepDesignFields.ts';
import type { Setting } from './settings.ts';

/** A finished run with what it was planned as. */
export type ResultRun = {
  readonly id: string;
  readonly config: TrainConfig;
  readonly tags: Tags;
  readonly nominal: Nominal;
  readonly record: RunRecord;
};

/** One step of an experiment: the runs that can be asked for once the rounds before are finished. */
export type Round = {
  /** One word or two; the tag `round` of its runs. */
  readonly name: string;
  /** What the runs are for, one sentence. */
  readonly why: string;
  /** Designs of this round; none where what is known needs nothing more. Must be the same for the same results, in whatever order. */
  readonly designs: (results: readonly ResultRun[], setting: Setting) => readonly SweepDesign[];
};

export const VERDICTS = ['reproduced', 'not reproduced', 'undecided'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** One claim of a paper, held against the runs. */
export type Finding = {
  /** Short and stable, e.g. `direct shift`. */
  readonly name: string;
  /** The claim, in a sentence of ours. */
  readonly claim: string;
  /** Who made it, e.g. `arXiv 2410.12325, guideline (i)`. */
  readonly source: string;
  readonly verdict: Verdict;
  /** What was measured, with figures, units, intervals and margins against seed noise. */
  readonly measured: string;
  /** What would change the verdict. */
  readonly wouldChange: string;
};

export type Cell = string | number | null;

/** A table of figures; numbers are rounded where they are shown. */
export type ReportTable = {
  readonly name: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** What a reader must know of it; '' where nothing. */
  readonly note: string;
};

export type ReportFigure = {
  /** Of the file, without its ending. */
  readonly name: string;
  readonly draw: (canvas: Canvas) => Figure;
};

export type Report = {
  readonly findings: readonly Finding[];
  readonly tables: readonly ReportTable[];
  readonly figures: readonly ReportFigure[];
};

/** How a report that takes a while is stopped and followed. */
export type ReportWatch = {
  readonly signal?: AbortSignal;
  /** Told what is being done and the share of the whole that is done, 0 … 1. */
  readonly onProgress?: (doing: string, share: number) => void;
};

export type Experiment = {
  /** As after `m3lab reproduce`. */
  readonly name: string;
  /** A question, one line. */
  readonly title: string;
  readonly rounds: readonly Round[];
  /** Experiments whose finished runs in the same folder, at the same budget and on the same texts, its report reads beside its own; no round does. */
  readonly alsoReads?: readonly string[];
  /**
   * What all rounds together would ask for under the typical outcome of each, for an estimate before anything has run: a bound, and no
   * promise. Without it only the next round can be estimated.
   */
  readonly foreseen?: (setting: Setting) => readonly SweepDesign[];
  /**
   * The verdicts on the runs that there are, of all rounds; with too few runs for a claim its verdict is `undecided`, and says what is
   * missing. Never throws for what runs say. Where laws are fitted it takes a while: a promise then, which rejects with the signal's
   * reason.
   */
  readonly report: (
    results: readonly ResultRun[],
    setting: Setting,
    watch?: ReportWatch,
  ) => Report | Promise<Report>;
};
