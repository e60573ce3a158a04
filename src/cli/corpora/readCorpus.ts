/** Corpora that a command line names, read and made ready; whoever waits hears how far it is. */

import { cleaned } from '../../text/corpus/collect.ts';
import {
  MAX_CORPUS_BYTES,
  type PreparedCorpus,
  type PrepareOptions,
  prepareCorpus,
} from '../../text/corpus/prepare.ts';
import type { RawDocument } from '../../text/document.ts';
import { TextError } from '../../text/errors.ts';
import { type OpenedCorpus, openCorpus } from '../../text/openCorpus.ts';
import type { AskedCorpus } from '../arguments.ts';
import type { Io } from '../io.ts';
import { InputError } from '../report.ts';
import { amount } from '../words/words.ts';
import { downloadOf, downloadWords } from './download.ts';
import { nodeOpeners } from './openers.ts';

export type Named = AskedCorpus & {
  /** The option or argument that names it, for errors. */
  readonly what: string;
};

export type ReadingOptions = Pick<PrepareOptions, 'split' | 'nearDuplicates'> & {
  readonly validation?: Named | null;
  /** Text that is kept where the spec does not say. */
  readonly maxBytes?: number;
};

/**
 * Reads a corpus and parts it. What has to be fetched is said first. Throws `InputError`, and what the readers and the preparation
 * throw.
 */
export async function readCorpus(asked: Named, options: ReadingOptions, io: Io): Promise<PreparedCorpus> {
  const { validation = null, maxBytes = MAX_CORPUS_BYTES, ...more } = options;
  const text = await openAsked(asked, io);
  const given = validation && (await openAsked(validation, io));
  const name = asked.text;
  const prepared = await prepareCorpus({
    ...more,
    name: text.name,
    documents: text.documents,
    validation: given?.documents,
    validationName: given?.name,
    maxBytes: text.maxBytes ?? maxBytes,
    signal: io.signal,
    onProgress: ({ bytes }) => io.progress(`reading ${name}: ${amount(bytes, 'B')} …`),
  });
  io.progress('');
  checkHash(asked, prepared.sha256);
  if (validation && prepared.validationSha256) checkHash(validation, prepared.validationSha256);
  return prepared;
}

/** Opens a corpus, after saying what will be fetched for it. */
export async function openAsked({ text, spec, what }: Named, io: Io): Promise<OpenedCorpus> {
  const openers = nodeOpeners(io, what);
  try {
    const download = await downloadOf(spec, openers, io);
    if (download) io.say(downloadWords(download));
    const opened = await openCorpus(spec, openers, { signal: io.signal });
    return { ...opened, documents: advised(opened.documents, text) };
  } catch (error) {
    throw withAdvice(error, text);
  }
}

async function* advised(documents: AsyncIterable<RawDocument>, text: string): AsyncGenerator<RawDocument> {
  try {
    yield* documents;
  } catch (error) {
    throw withAdvice(error, text);
  }
}

/** Where a column must be chosen, how that is said on a command line. */
export function withAdvice(error: unknown, text: string): unknown {
  if (!(error instanceof TextError)) return error;
  const [column] = error.columns;
  if (column === undefined) return error;
  const [place] = text.split('#');
  return new InputError(`${error.message}: ${place}#${encodeURIComponent(column)}`, { cause: error });
}

function checkHash({ text, spec, what }: Named, found: string): void {
  const asked = 'sha256' in spec ? spec.sha256 : null;
  if (asked === null || asked === found) return;
  throw new InputError(
    `${what}: the text has changed: ${text} asks for SHA-256 ${asked}, and it has ${found}; bring the text it was written for, or take the hash out`,
  );
}

/** The documents of a corpus as the lab takes them, in the order of the text; none of them empty. */
export async function* cleanDocuments(
  { documents }: OpenedCorpus,
  signal: AbortSignal,
): AsyncGenerator<RawDocument> {
  for await (const document of documents) {
    signal.throwIfAborted();
    const text = cleaned(document.text);
    if (text !== '') yield { ...document, text };
  }
}
