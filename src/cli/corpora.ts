/** The corpora that configs name, opened and read. */

import { basename, dirname, resolve } from 'node:path';
import { sampleText } from '../../corpora/samples.ts';
import type { TrainConfig } from '../formats/config.ts';
import { parseCorpusSpec } from '../formats/corpusSpec.ts';
import { byteTokenizer } from '../text/bytes.ts';
import { buildCorpus, type Corpus } from '../text/corpus.ts';
import type { Corpora } from '../train/fleetPlan.ts';
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

/** Makes `file:` paths, which a config gives from its own folder, full ones: so runs of several configs can be compared. */
export function configFile(path: string, config: TrainConfig): ConfigFile {
  const corpora: Record<string, string | null> = { ...config.corpora };
  const sha256: Partial<Record<Field, string>> = {};
  for (const field of FIELDS) {
    const spec = parseCorpusSpec(config.corpora[field] ?? '');
    if (spec?.scheme !== 'file') continue;
    corpora[field] = `file:${resolve(dirname(path), spec.path)}`;
    if (spec.sha256 !== null) sha256[field] = spec.sha256;
  }
  return { path, config: { ...config, corpora: corpora as TrainConfig['corpora'] }, sha256 };
}

/** Reads the corpora of a fleet. Throws `InputError` and `TextError`, naming the file and the field. */
export async function readCorpora(files: readonly ConfigFile[], signal: AbortSignal): Promise<Corpora> {
  const [first] = files;
  if (!first) throw new InputError('name at least one config');
  const withSource = files.find(({ config }) => config.corpora.source !== null);
  const target = await readCorpus(first, 'target', signal);
  checkHashes(files, first, { target: target.sha256, targetValidation: target.validationSha256 });
  if (!withSource) return { target, source: null };
  const source = await readCorpus(withSource, 'source', signal);
  checkHashes(files, withSource, { source: source.sha256, sourceValidation: source.validationSha256 });
  return { target, source };
}

/** Throws where a config asks for other bytes than those that were read for it; `read` gave the specs of what was read. */
function checkHashes(
  files: readonly ConfigFile[],
  read: ConfigFile,
  found: Readonly<Partial<Record<Field, string | null>>>,
): void {
  for (const { path, config, sha256 } of files) {
    for (const field of FIELDS) {
      const [asked, is] = [sha256[field], found[field]];
      const spec = config.corpora[field];
      // Of a text that was not read, for it is another's, the plan of the fleet will say so.
      if (asked === undefined || !is || asked === is || spec !== read.config.corpora[field]) continue;
      throw new InputError(
        `${basename(path)}: corpora.${field}: the text has changed: ${spec?.slice('file:'.length)} has SHA-256 ${is}, and the config asks for ${asked}; bring the text it was written for, or take the hash out`,
      );
    }
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
