/** Run records as a table that csv.ts reads: a row a run, losses in nats per token. */

import { csvFormatRows } from 'd3-dsv';
import type { Tags } from '../manifest.ts';
import type { RunRecord } from '../record.ts';
import { groupsOf } from './records.ts';

/** A run, and what its manifest says of it. */
export type TaggedRecord = { readonly record: RunRecord; readonly tags: Tags };

type Cell = string | number | boolean | null | undefined;

/** Columns by name. The first ones are those of the laws; a cell without a value is empty. */
const COLUMNS: Readonly<Record<string, (record: RunRecord) => Cell>> = {
  id: ({ id }) => id,
  name: ({ config }) => config.name,
  N: ({ realised }) => realised.N,
  D: ({ realised }) => realised.D,
  D_T: ({ realised }) => realised.D_T,
  k: ({ realised }) => realised.k,
  r: ({ realised }) => realised.r,
  r_f: ({ realised }) => realised.r_f,
  r_1: ({ realised }) => realised.r_1,
  s: ({ realised }) => realised.s,
  C: ({ realised }) => realised.C,
  S: ({ realised }) => realised.S,
  loss: ({ final }) => final?.targetLoss,
  lossError: ({ final }) => final?.targetLossError,
  targetBitsPerByte: ({ final }) => final?.targetBitsPerByte,
  sourceLoss: ({ final }) => final?.sourceLoss,
  sourceBitsPerByte: ({ final }) => final?.sourceBitsPerByte,
  kind: ({ realised }) => realised.kind,
  pair: (record) => groupsOf(record).pair,
  target: ({ config }) => config.corpora.target,
  source: ({ config }) => config.corpora.source,
  tokenizer: (record) => groupsOf(record).tokenizer,
  seed: ({ config }) => config.seed,
  status: ({ status }) => status,
  sourceRepeated: ({ realised }) => realised.sourceRepeated,
  layers: ({ config }) => config.model.layers,
  width: ({ config }) => config.model.width,
  context: ({ config }) => config.model.context,
  batch: ({ config }) => config.optimizer.batch,
  learningRate: ({ config }) => config.optimizer.learningRate,
  schedule: ({ config }) => config.optimizer.schedule,
  weightDecay: ({ config }) => config.optimizer.weightDecay,
  steps: ({ realised }) => realised.steps,
  flops: ({ realised }) => realised.flops,
  seconds: ({ seconds }) => seconds,
};

/** The table, its last columns the tags of the runs; a tag that has the name of a column is called `tag.NAME`. */
export function writeRunsCsv(runs: readonly TaggedRecord[]): string {
  const tags = [...new Set(runs.flatMap((run) => Object.keys(run.tags)))].sort();
  const header = [
    ...Object.keys(COLUMNS),
    ...tags.map((tag) => (Object.hasOwn(COLUMNS, tag) ? `tag.${tag}` : tag)),
  ];
  const rows = runs.map(({ record, tags: ofRun }) => [
    ...Object.values(COLUMNS).map((of) => written(of(record))),
    ...tags.map((tag) => {
      const value = ofRun[tag];
      return typeof value === 'object' ? value.join(' ') : written(value);
    }),
  ]);
  return `${csvFormatRows([header, ...rows])}\n`;
}

/** Numbers with all their digits. */
function written(value: Cell): string {
  return value === null || value === undefined ? '' : String(value);
}
