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

/** A config, its `file:` paths made full, and the file it was read from. */
export type ConfigFile = { readonly path: string; readonly config: TrainConfig };

const FIELDS = ['target', 'source', 'targetValidation', 'sourceValidation'] as const;

/** Makes `file:` paths, which a config gives from its own folder, full ones: so runs of several configs can be compared. */
export function resolvePaths(path: string, config: TrainConfig): TrainConfig {
  const corpora: Record<string, string | null> = { ...config.corpora };
  for (const field of FIELDS) {
    const spec = parseCorpusSpec(config.corpora[field] ?? '');
    if (spec?.scheme === 'file') corpora[field] = `file:${resolve(dirname(path), spec.path)}`;
  }
  return { ...config, corpora: corpora as TrainConfig['corpora'] };
}

/** Reads the corpora of a fleet. Throws `InputError` and `TextError`, naming the file and the field. */
export async function readCorpora(files: readonly ConfigFile[], signal: AbortSignal): Promise<Corpora> {
  const [first] = files;
  if (!first) throw new InputError('name at least one config');
  const withSource = files.find(({ config }) => config.corpora.source !== null);
  const target = await readCorpus(first, 'target', signal);
  return { target, source: withSource ? await readCorpus(withSource, 'source', signal) : null };
}

async function readCorpus(file: ConfigFile, side: 'target' | 'source', signal: AbortSignal): Promise<Corpus> {
  const { corpora } = file.config;
  const open = (field: (typeof FIELDS)[number], spec: string) =>
    openSpec(spec, `${basename(file.path)}: corpora.${field}`);
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
