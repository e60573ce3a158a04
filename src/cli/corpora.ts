/** The corpora that configs name, opened and read. */

import { basename, dirname, resolve } from 'node:path';
import { sampleText } from '../../corpora/samples.ts';
import type { TrainConfig } from '../formats/config.ts';
import { parseCorpusSpec } from '../formats/corpusSpec.ts';
import { buildCorpus } from '../text/corpus/build.ts';
import type { Corpus } from '../text/corpus/corpus.ts';
import { byteTokenizer } from '../text/tokenizer/bytes.ts';
import type { Corpora } from '../train/fleet/plan.ts';
import { type OpenedText, openTextFile } from './files.ts';
import { InputError } from './report.ts';

const FIELDS = ['target', 'source', 'targetValidation', 'sourceValidation'] as const;

type Field = (typeof FIELDS)[number];

/** A config, its `file:` paths made full, and the file it was read from. */
export type ConfigFile = {
  readonly path: string;
  readonly config: TrainConfig;
  /** SHA-256 that its specs ask of their files; the specs of `config` are without. */
  readonly sha256: Readonly<Partial<Record<Field, string>>>;
};

/** Makes `file:` paths, which a config gives from its own folder, full ones: so texts of several configs can be compared. */
export function configFile(path: string, config: TrainConfig): ConfigFile {
  const corpora: Record<string, string | null> = { ...config.corpora };
  const sha256: Partial<Record<Field, string>> = {};
  for (const field of FIELDS) {
    const given = config.corpora[field];
    const spec = given ? parseCorpusSpec(given) : null;
    if (spec?.scheme !== 'file') continue;
    corpora[field] = `file:${resolve(dirname(path), spec.path)}`;
    if (spec.sha256 !== null) sha256[field] = spec.sha256;
  }
  return { path, config: { ...config, corpora: corpora as TrainConfig['corpora'] }, sha256 };
}

/**
 * Reads what the configs name, each text once, and gives the corpora of each of these configs. Throws `InputError` and `TextError`,
 * naming the file and the field.
 */
export async function readCorpora(
  files: readonly ConfigFile[],
  signal: AbortSignal,
): Promise<(config: TrainConfig) => Corpora> {
  const read = new Map<string, Corpus>();
  const readOnce = async (file: ConfigFile, side: 'target' | 'source'): Promise<Corpus> => {
    const { corpora } = file.config;
    const key = JSON.stringify([corpora[side], corpora[`${side}Validation`] ?? null]);
    const corpus = read.get(key) ?? (await readCorpus(file, side, signal));
    read.set(key, corpus);
    return corpus;
  };
  const ofConfigs = new Map<TrainConfig, Corpora>();
  for (const file of files) {
    const target = await readOnce(file, 'target');
    const source = file.config.corpora.source === null ? null : await readOnce(file, 'source');
    checkHashes(file, {
      target: target.sha256,
      targetValidation: target.validationSha256,
      source: source?.sha256 ?? null,
      sourceValidation: source?.validationSha256 ?? null,
    });
    ofConfigs.set(file.config, { target, source });
  }
  return (config) => {
    const corpora = ofConfigs.get(config);
    if (!corpora) throw new RangeError(`${config.name} is none of the configs that were read`);
    return corpora;
  };
}

/** Throws where a config asks for other bytes than those that were `found`. */
function checkHashes(
  { path, config, sha256 }: ConfigFile,
  found: Readonly<Record<Field, string | null>>,
): void {
  for (const field of FIELDS) {
    const [asked, is] = [sha256[field], found[field]];
    if (asked === undefined || is === null || asked === is) continue;
    throw new InputError(
      `${basename(path)}: corpora.${field}: the text has changed: ${config.corpora[field]?.slice('file:'.length)} has SHA-256 ${is}, and the config asks for ${asked}; bring the text it was written for, or take the hash out`,
    );
  }
}

async function readCorpus(file: ConfigFile, side: 'target' | 'source', signal: AbortSignal): Promise<Corpus> {
  const { corpora } = file.config;
  const open = (field: Field, spec: string) => openSpec(spec, `${basename(file.path)}: corpora.${field}`);
  const validationField = `${side}Validation` as const;
  const validationSpec = corpora[validationField];
  const text = await open(side, corpora[side] ?? '');
  const validation = validationSpec === undefined ? null : await open(validationField, validationSpec);
  return buildCorpus({
    name: text.name,
    stream: text.stream,
    tokenizer: byteTokenizer,
    signal,
    ...(validation && { validation: validation.stream, validationName: validation.name }),
  });
}

async function openSpec(spec: string, what: string): Promise<OpenedText> {
  const parsed = parseCorpusSpec(spec);
  if (parsed?.scheme === 'file') return openTextFile(parsed.path, what);
  if (parsed?.scheme === 'sample') {
    const { name, stream } = sampleText(parsed.language);
    return { name, stream: stream() };
  }
  throw new InputError(`${what}: ${spec} is not the spec of a corpus`);
}
