/** The next round of an adaptive design: what there is already, what is known of it, and the runs that come next. */

import { stat } from 'node:fs/promises';
import { recordConfig, type TrainConfig } from '../../formats/config.ts';
import { canonicalJson } from '../../formats/json.ts';
import { type ManifestRun, parseManifest } from '../../formats/manifest.ts';
import { type PlacedRecord, readRunRecords } from '../../formats/runs/records.ts';
import { ADAPTIVE_LAWS, type SweepDesign } from '../../formats/sweepDesignFields.ts';
import { lawNamed } from '../../law/laws/catalogue.ts';
import { runOf } from '../../law/runs.ts';
import { type NextRound, nextRound } from '../../sweep/adaptive/nextRound.ts';
import type { PlannedRun } from '../../sweep/design/complete.ts';
import { readTextFile } from '../files/files.ts';
import type { Io } from '../io.ts';
import { InputError } from '../report.ts';
import { givenRecords } from './given.ts';

/** The manifest as it is so far; '' and no runs where there is none. */
export type KeptManifest = { readonly text: string; readonly runs: readonly ManifestRun[] };

export type AdaptiveRound = NextRound & {
  readonly compute: number;
  /** Finished runs that were fitted, runs of the manifest that are not finished, and given records of other texts. */
  readonly results: number;
  readonly underWay: number;
  readonly foreign: number;
};

export type AdaptiveOptions = {
  readonly out: string;
  readonly force?: boolean;
  readonly given?: readonly string[];
};

/** Throws `InputError` where a manifest is there and nobody says what came of it, and what reading it throws. */
export async function keptManifest({ out, force, given }: AdaptiveOptions): Promise<KeptManifest> {
  const isThere = await stat(out).then(
    () => true,
    () => false,
  );
  if (force || !isThere) return { text: '', runs: [] };
  const text = await readTextFile(out, '--out');
  const runs = parseManifest(text, out);
  if (given === undefined || given.length === 0) {
    throw new InputError(
      `--given: ${out} holds ${runs.length} runs already; name the folder of their results, from which the next round is chosen, or add --force to begin anew`,
    );
  }
  return { text: text.endsWith('\n') ? text : `${text}\n`, runs };
}

/** Chooses the next round among `runs`, all that the designs ask for. Throws as the fit and the reading of records do. */
export async function adaptiveRound(
  designs: readonly SweepDesign[],
  runs: readonly PlannedRun[],
  kept: KeptManifest,
  { given = [] }: AdaptiveOptions,
  io: Io,
): Promise<AdaptiveRound> {
  const asked = designs[0]?.adaptive;
  if (!asked) throw new RangeError('no adaptive design');
  const compute = asked.compute ?? largestCompute(designs, runs);
  const records = await givenRecords(given, io);
  const isOfTexts = sameTexts(runs);
  const ours = records.filter(({ record: { config } }) => isOfTexts(config));
  const { rows } = readRunRecords(ours, '--given');
  const finished = new Set(ours.map(({ record }) => record.id));
  const round = await nextRound({
    law: lawNamed(asked.law ?? ADAPTIVE_LAWS[0]),
    compute,
    runs: asked.runs,
    design: runs,
    planned: kept.runs,
    results: inOrder(rows).map(runOf),
    finished,
    signal: io.signal,
    onProgress: (share) => io.progress(`fitting: ${Math.round(100 * share)} % …`),
  });
  return {
    ...round,
    compute,
    results: rows.length,
    underWay: kept.runs.filter(({ id }) => !finished.has(id)).length,
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
function sameTexts(runs: readonly PlannedRun[]): (recorded: PlacedRecord['record']['config']) => boolean {
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
