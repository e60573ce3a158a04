/** The manifest of a sweep: JSON lines, one run a line, with all that a machine needs to train it. `m3lab sweep plan` writes it. */

import * as v from 'valibot';
import { parseTrainConfig, recordConfig, runId, type TrainConfig } from './config.ts';
import { ConfigError, configError, refuseLists } from './configError.ts';
import { CONFIG_FIELDS, trainConfigSchema } from './configSchema.ts';
import { parseCorpusSpec } from './corpusSpec.ts';
import { parseJson } from './json.ts';
import { RUN_KINDS } from './record.ts';

const finite = v.pipe(v.number(), v.finite('is not a finite number'));
const notNegative = v.pipe(finite, v.minValue(0, 'is less than 0'));
const count = v.pipe(notNegative, v.safeInteger('is not a whole number'));
const steps = v.pipe(count, v.minValue(1, 'is less than 1'));

/** As the recipe states it, before it is rounded to windows of a stage and batches of a run. */
const nominalSchema = v.strictObject({
  kind: v.picklist(RUN_KINDS),
  N: count,
  /** k·D_T/r. */
  D: notNegative,
  /** Unique target tokens in whole windows: what the run reads k times. */
  D_T: count,
  S: notNegative,
  k: notNegative,
  r: notNegative,
  r_f: notNegative,
  r_1: notNegative,
  s: notNegative,
  /** 6·N·D. */
  C: notNegative,
});

const tagValueSchema = v.union([v.string(), finite]);

const manifestRunSchema = v.strictObject({
  version: v.literal(1),
  /** See `runId`. */
  id: v.pipe(v.string(), v.regex(/^[0-9a-f]{12}$/, 'is not 12 hexadecimal digits')),
  config: trainConfigSchema,
  /** Words for people and experiments; several values where several designs asked for the run. */
  tags: v.record(v.string(), v.union([tagValueSchema, v.array(tagValueSchema)])),
  nominal: nominalSchema,
  /** Floating-point operations of its training steps: the engine's count where a device was there when it was planned, else 6·N·D. */
  flops: notNegative,
  steps,
});

export type Nominal = v.InferOutput<typeof nominalSchema>;
export type TagValue = v.InferOutput<typeof tagValueSchema>;
export type Tags = Readonly<Record<string, TagValue | readonly TagValue[]>>;

/** One line of a manifest. */
export type ManifestRun = {
  readonly version: 1;
  readonly id: string;
  /** Paths begin at the manifest's folder; texts and tokenizers that could change carry their hash. */
  readonly config: TrainConfig;
  readonly tags: Tags;
  readonly nominal: Nominal;
  readonly flops: number;
  readonly steps: number;
};

/** The values of a tag, none where the run does not have it. */
export function tagValues(tags: Tags, tag: string): readonly TagValue[] {
  const value = tags[tag];
  if (value === undefined) return [];
  return typeof value === 'object' ? value : [value];
}

/** The text of a manifest. */
export function formatManifest(runs: readonly ManifestRun[]): string {
  return runs.map((run) => `${JSON.stringify(run)}\n`).join('');
}

/**
 * Reads a manifest; `name` is its file. Throws `JsonError` and `ConfigError`, whose `file` ends with the line: a line that is no JSON, a
 * field that is unknown, missing or out of range, a config that its id does not belong to, or
 * that names a text without its hash, a run that is there twice, no run at all.
 */
export function parseManifest(text: string, name: string): ManifestRun[] {
  const lineOf = new Map<string, number>();
  const runs: ManifestRun[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '' || line === '\uFEFF') continue;
    const place = `${name}:${index + 1}`;
    const run = parseRun(parseJson(line, place), place);
    const before = lineOf.get(run.id);
    if (before !== undefined) {
      throw new ConfigError(place, 'id', `${run.id} stands in line ${before} already; take one of them out`);
    }
    lineOf.set(run.id, index + 1);
    runs.push(run);
  }
  if (runs.length === 0)
    throw new ConfigError(name, '', 'there is no run in it; m3lab sweep plan writes manifests');
  return runs;
}

function parseRun(json: unknown, place: string): ManifestRun {
  refuseLists(json, place, MANIFEST_FIELDS);
  const parsed = v.safeParse(manifestRunSchema, json);
  if (!parsed.success) throw configError(place, parsed.issues, MANIFEST_FIELDS);
  const { id } = parsed.output;
  const config = parseTrainConfig(parsed.output.config, `${place}: config`);
  checkPinned(config, place);
  if (config.start) throw new ConfigError(place, 'config.start', STARTED);
  const expected = runId(recordConfig(config));
  if (id !== expected) {
    throw new ConfigError(
      place,
      'id',
      `${id} is not the id of this config, which is ${expected}; plan the sweep anew where the config was changed`,
    );
  }
  return { ...parsed.output, config };
}

const STARTED =
  'a manifest holds no weights, so the runs of a sweep begin with fresh ones; train this one by itself, with m3lab train --from';

/** A text that may change between plan and training would make records of other ids. */
function checkPinned({ corpora, tokenizer }: TrainConfig, place: string): void {
  const refuse = (field: string, hash: string) => {
    const problem = `carries no ${hash}, so nobody knows which text is meant; plan the sweep with m3lab sweep plan, which adds it`;
    throw new ConfigError(place, `config.${field}`, problem);
  };
  for (const field of ['target', 'source', 'targetValidation', 'sourceValidation'] as const) {
    const text = corpora[field] ?? null;
    const spec = text === null ? null : parseCorpusSpec(text);
    if (spec && spec.scheme !== 'world' && spec.sha256 === null) refuse(`corpora.${field}`, 'sha256');
  }
  if (tokenizer.kind === 'file' && tokenizer.fingerprint === undefined)
    refuse('tokenizer.path', 'fingerprint');
}

const MANIFEST_FIELDS: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(manifestRunSchema.entries),
  nominal: Object.keys(nominalSchema.entries),
  ...Object.fromEntries(
    Object.entries(CONFIG_FIELDS).map(([section, fields]) => [
      section === '' ? 'config' : `config.${section}`,
      fields,
    ]),
  ),
};
