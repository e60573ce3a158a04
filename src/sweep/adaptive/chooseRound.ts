/** The next round of a manifest: what is known of the designs' texts is fitted, and runs of the designs are chosen by it. */

import { recordConfig, type TrainConfig } from '../../formats/config.ts';
import { canonicalJson } from '../../formats/json.ts';
import { type PlacedRecord, readRunRecords } from '../../formats/runs/records.ts';
import { ADAPTIVE_LAWS, type SweepDesign } from '../../formats/sweepDesignFields.ts';
import { lawNamed } from '../../law/laws/catalogue.ts';
import { runOf } from '../../law/runs.ts';
import type { PlannedRun } from '../design/complete.ts';
import { type NextRound, nextRound, type Planned } from './nextRound.ts';

export type RoundWish = {
  readonly designs: readonly SweepDesign[];
  /** All runs that the designs ask for. */
  readonly runs: readonly PlannedRun[];
  /** Runs of the manifest so far. */
  readonly planned: readonly Planned[];
  /** Of whatever runs; those of other texts are left out and counted. */
  readonly records: readonly PlacedRecord[];
  /** What errors call the records. */
  readonly source: string;
  readonly signal?: AbortSignal;
  /** Told the share of the fit that is done, 0 … 1. */
  readonly onProgress?: (share: number) => void;
};

export type ChosenRound = NextRound & {
  /** C of the threshold, in FLOPs. */
  readonly compute: number;
  /** Finished runs that were fitted, runs of the manifest that are not finished, and given records of other texts. */
  readonly results: number;
  readonly underWay: number;
  readonly foreign: number;
};

/** Throws a `RangeError` where no design is adaptive, and what the fit and the reading of records throw. */
export async function chooseRound(wish: RoundWish): Promise<ChosenRound> {
  const { designs, runs, planned, records, source, signal, onProgress } = wish;
  const asked = designs[0]?.adaptive;
  if (!asked) throw new RangeError('no adaptive design');
  const compute = asked.compute ?? largestCompute(designs, runs);
  const isOfTexts = sameTexts(runs);
  const ours = records.filter(({ record: { config } }) => isOfTexts(config));
  const { rows } = readRunRecords(ours, source);
  const finished = new Set(ours.map(({ record }) => record.id));
  const round = await nextRound({
    law: lawNamed(asked.law ?? ADAPTIVE_LAWS[0]),
    compute,
    runs: asked.runs,
    design: runs,
    planned,
    results: inOrder(rows).map(runOf),
    finished,
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  });
  return {
    ...round,
    compute,
    results: rows.length,
    underWay: planned.filter(({ id }) => !finished.has(id)).length,
    foreign: records.length - ours.length,
  };
}

/** The order in which records are found is the file system's; what is chosen must not hang on it. */
function inOrder<T extends { readonly groups: Readonly<Record<string, string>> }>(rows: readonly T[]): T[] {
  return [...rows].sort((a, b) => ((a.groups.id ?? '') < (b.groups.id ?? '') ? -1 : 1));
}

function largestCompute(designs: readonly SweepDesign[], runs: readonly PlannedRun[]): number {
  const asked = designs.flatMap(({ compute = [] }) => compute);
  return Math.max(...(asked.length > 0 ? asked : runs.map(({ nominal }) => nominal.C)));
}

/** Whether a record's losses are of the texts that these runs read; a monolingual run reads no source. */
function sameTexts(runs: readonly PlannedRun[]): (recorded: TrainConfig) => boolean {
  const targetKey = ({ corpora, tokenizer }: TrainConfig) =>
    canonicalJson([corpora.target, corpora.targetValidation ?? null, tokenizer]);
  const sourceKey = ({ corpora }: TrainConfig) =>
    canonicalJson([corpora.source, corpora.sourceValidation ?? null]);
  const recorded = runs.map(({ config, texts }) => recordConfig(config, texts.hashes));
  const targets = new Set(recorded.map(targetKey));
  const sources = new Set(recorded.map(sourceKey));
  return (config) =>
    targets.has(targetKey(config)) && (config.corpora.source === null || sources.has(sourceKey(config)));
}
