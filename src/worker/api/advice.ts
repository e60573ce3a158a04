/**
 * What may be asked of a fitted law: recipes, maps, thresholds. A fit is named by its number; its resamples, as far as they are there,
 * say how sure the answers are. All of it can be broken off, and is asked anew whenever a person turns something.
 */

import type { RecommendationFile } from '../../formats/recommendation.ts';
import type { RecipeKind } from '../../law/point.ts';
import type { AskedLimits, GroundProblem } from '../../law/report/ground.ts';

/** A fit, and what a person has turned of it. */
export type AskedFit = {
  readonly fit: number;
  /**
   * Values by name in the place of the fit's: the law as it would be then. Resamples say nothing of it and are left out; and who gives a
   * parameter is taken at their word where no run tells it, as with `--freeze`.
   */
  readonly turned?: Readonly<Record<string, number>> | undefined;
  readonly limits?: AskedLimits | undefined;
};

/** Sentences without a full stop, as the command line says them. */
export type AdviceWords = {
  /** How surely the best kind is the best. */
  readonly lead: readonly string[];
  readonly threshold: string | null;
  /** Where leaving one language pays to first order. */
  readonly firstOrder: string | null;
  readonly scarcity: string | null;
  readonly beyond: string | null;
  readonly gaps: readonly string[];
  readonly edges: readonly string[];
};

/** How far a recipe lies outside the runs of the fit. */
export type Beyond = {
  readonly quantity: string;
  readonly value: number;
  /** The nearest that a run has. */
  readonly reached: number;
  /** Doublings from there: 1 is twice as far, or half. */
  readonly octaves: number;
};

export type Advised =
  | {
      readonly told: true;
      /** What `m3lab recommend --json` writes, without its map unless it was asked for. */
      readonly file: RecommendationFile;
      readonly words: AdviceWords;
      readonly beyond: readonly Beyond[];
      /** Whether a second language is there at once below the threshold, or comes bit by bit; null where there is no threshold, or a margin. */
      readonly jumps: boolean | null;
      /** Resamples that were asked. */
      readonly resamples: number;
    }
  | {
      readonly told: false;
      readonly field: GroundProblem['field'] | 'limits';
      /** Without a full stop. */
      readonly problem: string;
    };

/** A phase map in columns, by compute, then by corpus: cell (i, j) is at i · corpora + j. */
export type MapColumns = {
  readonly computes: readonly number[];
  readonly corpora: readonly number[];
  readonly stage: 'borders' | 'cells' | 'resamples';
  /** Place of the best kind in `RECIPE_KINDS`; −1 where no recipe is possible. */
  readonly kind: Int8Array;
  /** 1 where the cell was looked at, and not taken on trust from its neighbours. */
  readonly exact: Uint8Array;
  /** Share of the resamples that agree; NaN where they were not asked, or there is nothing to choose. */
  readonly certainty: Float32Array;
  /** Nats per token of the best recipe of each kind: three a cell in the order of `RECIPE_KINDS`; NaN where there is none, or the cell is not exact. */
  readonly loss: Float64Array;
  /** N, k, r, r_f and D of the best recipe: five a cell; NaN where there is none, or the cell is not exact. */
  readonly recipe: Float64Array;
  /** D*(C) by compute, tokens; NaN where the law knows none. */
  readonly optimalTokens: Float64Array;
};

export type LinePoint = {
  readonly compute: number;
  readonly state: 'crossed' | 'always' | 'never' | 'untold';
  /** D_T^c in tokens; null unless it is crossed. */
  readonly targetTokens: number | null;
  /** 95 %, where 0 is never and Infinity always; null without resamples. */
  readonly interval: readonly [number, number] | null;
  readonly jumps: boolean | null;
};

export type BestEpochs = {
  readonly points: readonly {
    readonly compute: number;
    /** x = D_T/D*(C). */
    readonly x: number;
    /** Of the best recipe of all kinds. */
    readonly k: number;
    readonly kind: RecipeKind;
    readonly interval: readonly [number, number] | null;
    /** k of the best monolingual recipe; null where there is none. */
    readonly monolingual: number | null;
  }[];
  /** The largest over x of the spread of ln k* between budgets; null where there is nothing to compare. */
  readonly spread: { readonly lnEpochs: number; readonly worstX: number } | null;
  /** Budgets at which the law knows no optimal data, so that nothing is scarce. */
  readonly left: readonly number[];
};

/** The best loss of each kind over corpora, at one budget. */
export type Slice = {
  readonly compute: number;
  readonly corpora: readonly number[];
  /** Nats per token; NaN where there is no recipe of the kind. Three a corpus in the order of `RECIPE_KINDS`. */
  readonly loss: Float64Array;
};

/** Long commands tell how far they are under the `task` that they are given, a number of the caller's. */
type Long = { readonly task: number };

export type AdviceCommand =
  /** The recipe for a budget in FLOPs and a corpus in unique target tokens. With `map`, as `m3lab recommend --map`. */
  | ({
      readonly command: 'advise';
      readonly asked: AskedFit;
      readonly compute: number;
      readonly targetTokens: number;
      /** Of the fit, at most. */
      readonly resamples: number;
      /** Nats per token by which a second language has to lead at the threshold. */
      readonly margin: number;
      readonly map: boolean;
    } & Long)
  /** Tells of the map by `mapLevel` events, coarse at first; answers with the last. */
  | ({
      readonly command: 'phaseMap';
      readonly asked: AskedFit;
      readonly computes: readonly number[];
      readonly corpora: readonly number[];
      readonly resamples: number;
    } & Long)
  | ({
      readonly command: 'thresholdLine';
      readonly asked: AskedFit;
      readonly computes: readonly number[];
      readonly resamples: number;
      readonly margin: number;
    } & Long)
  /** k* against scarcity at each budget. */
  | ({
      readonly command: 'bestEpochs';
      readonly asked: AskedFit;
      readonly computes: readonly number[];
      readonly scarcities: readonly number[];
      readonly resamples: number;
    } & Long)
  | {
      readonly command: 'slice';
      readonly asked: AskedFit;
      readonly compute: number;
      readonly corpora: readonly number[];
    };

export type AdviceReply = {
  advise: Advised;
  phaseMap: MapColumns;
  thresholdLine: readonly LinePoint[];
  bestEpochs: BestEpochs;
  slice: Slice;
};

export type AdviceEvent = { readonly event: 'mapLevel'; readonly task: number; readonly map: MapColumns };
