/** Whether what is saved may go on with what is given now: an exact resume, or a refusal that names the field. */

import { type CorpusHashes, recordConfig, type TrainConfig } from '../../formats/config.ts';
import { parseCorpusSpec } from '../../formats/corpusSpec.ts';
import { canonicalJson, isObject } from '../../formats/json.ts';
import type { SavedRun } from '../../formats/runFile.ts';
import { Sha256 } from '../../text/sha256.ts';
import { byteTokenizer } from '../../text/tokenizer/bytes.ts';
import type { Corpora, PlannedRun } from '../fleet/plan.ts';

/** A checkpoint that cannot go on with what it was given; `field` is the name in the train config, '' where none is at fault. */
export class ResumeError extends Error {
  override readonly name = 'ResumeError';
  readonly run: string;
  readonly field: string;
  readonly problem: string;
  constructor(run: string, field: string, problem: string) {
    super(`${run}: ${field === '' ? '' : `${field}: `}${problem}`);
    this.run = run;
    this.field = field;
    this.problem = problem;
  }
}

/** There is a run already where a new one was to be written. */
export class RunExistsError extends Error {
  override readonly name = 'RunExistsError';
  readonly run: string;
  readonly step: number;
  readonly steps: number;
  constructor(run: string, step: number, steps: number) {
    super(
      `${run}: a checkpoint of step ${step} of ${steps} is there already; resume it, or choose another place`,
    );
    this.run = run;
    this.step = step;
    this.steps = steps;
  }
}

/** SHA-256 of each text of the corpora, and the tokenizer's fingerprint. */
export function corpusHashes({ target, source, tokenizer }: Corpora): CorpusHashes {
  return {
    target: target.sha256,
    source: source?.sha256 ?? null,
    targetValidation: target.validationSha256,
    sourceValidation: source?.validationSha256 ?? null,
    tokenizer: tokenizer.fingerprint,
  };
}

/** What decides, with config and texts, the order of all that a run computes: SHA-256 of its windows and learning rates. */
export function planFingerprint({ plan, learningRates }: PlannedRun): string {
  const bytesOf = ({ buffer, byteOffset, byteLength }: Uint32Array | Float32Array) =>
    new Uint8Array(buffer, byteOffset, byteLength);
  return new Sha256().update(bytesOf(plan.windows)).update(bytesOf(learningRates)).hex();
}

/** Throws {@link ResumeError} at the first difference that would make the rest of the run another run; `fingerprint` is the plan's. */
export function checkResume(
  saved: SavedRun,
  planned: PlannedRun,
  fingerprint: string,
  corpora: Corpora,
): void {
  const { name, config } = planned;
  const hashes = corpusHashes(corpora);
  const fail = (field: string, problem: string): never => {
    throw new ResumeError(
      name,
      field,
      `${problem}; give what it was begun with, or begin a new run elsewhere`,
    );
  };
  const recorded = recordConfig(config, hashes);
  compareTexts(saved.record.config, recorded, fail);
  const { target, source } = saved.resume.corpora;
  if (target !== hashes.target) fail('corpora.target', 'the text has changed since the checkpoint');
  if (config.corpora.source !== null && source !== hashes.source) {
    fail('corpora.source', 'the text has changed since the checkpoint');
  }
  const changed = firstDifference(unnamed(saved.record.config), unnamed(recorded), '');
  if (changed) {
    fail(changed.field, `the checkpoint has ${shown(changed.saved)} and the config ${shown(changed.now)}`);
  }
  // Tokens of checkpoints that name no tokenizer are bytes.
  const tokenizer = saved.resume.tokenizer ?? byteTokenizer.fingerprint;
  if (tokenizer !== hashes.tokenizer) {
    fail(
      'tokenizer',
      `the tokenizer is another one (its fingerprint is ${hashes.tokenizer}) than that of the checkpoint (${tokenizer})`,
    );
  }
  if (saved.resume.plan !== fingerprint) {
    fail('', 'this version of the lab plans the run differently than the one that wrote the checkpoint');
  }
}

const SPECS = ['target', 'source', 'targetValidation', 'sourceValidation'] as const;

/** A file is the same text when its documents are, and as much is taken of them, wherever it lies. */
function compareTexts(
  saved: TrainConfig,
  now: TrainConfig,
  fail: (field: string, problem: string) => never,
): void {
  for (const name of SPECS) {
    const [was, is] = [saved.corpora[name] ?? null, now.corpora[name] ?? null];
    const [old, fresh] = [was && parseCorpusSpec(was), is && parseCorpusSpec(is)];
    const same =
      old && fresh && old.scheme === 'file' && fresh.scheme === 'file'
        ? old.sha256 === fresh.sha256 && old.bytes === fresh.bytes
        : was === is;
    if (same) continue;
    fail(
      `corpora.${name}`,
      old && fresh && old.scheme === 'file' && fresh.scheme === 'file' && old.sha256 !== fresh.sha256
        ? 'the text has changed since the checkpoint'
        : `the checkpoint has ${shown(was)} and the config ${shown(is)}`,
    );
  }
}

/** A run is the same whatever it is called (its id leaves the name out), and a tokenizer's file when its fingerprint is. */
function unnamed(config: TrainConfig): TrainConfig {
  const { tokenizer, start } = config;
  return {
    ...config,
    name: '',
    ...(start && { start: { ...start, name: '' } }),
    ...(tokenizer.kind === 'file' && { tokenizer: { ...tokenizer, path: '' } }),
  };
}

type Difference = { field: string; saved: unknown; now: unknown };

function firstDifference(saved: unknown, now: unknown, field: string): Difference | null {
  // Compared by what they hold.
  if (SPECS.some((name) => field === `corpora.${name}`)) return null;
  if (!isObject(saved) || !isObject(now)) {
    return canonicalJson(saved ?? null) === canonicalJson(now ?? null) ? null : { field, saved, now };
  }
  for (const key of new Set([...Object.keys(saved), ...Object.keys(now)])) {
    const found = firstDifference(saved[key], now[key], field === '' ? key : `${field}.${key}`);
    if (found) return found;
  }
  return null;
}

function shown(value: unknown): string {
  return value === undefined || value === null ? 'nothing' : JSON.stringify(value);
}
