/** Corpora that a command line names, read and made ready; whoever waits hears how far it is. */

import type { FileSpec } from '../../formats/corpusSpec.ts';
import { cleaned } from '../../text/corpus/collect.ts';
import {
  MAX_CORPUS_BYTES,
  type PreparedCorpus,
  type PrepareOptions,
  prepareCorpus,
} from '../../text/corpus/prepare.ts';
import type { Parting, RawDocument } from '../../text/document.ts';
import { TextError } from '../../text/errors.ts';
import { type OpenedCorpus, openCorpus } from '../../text/openCorpus.ts';
import { changedText } from '../../text/pair/askedHash.ts';
import { inParallel } from '../../text/pair/parallel.ts';
import type { AskedCorpus } from '../arguments.ts';
import type { Io } from '../io.ts';
import { InputError } from '../report.ts';
import { amount } from '../words/words.ts';
import { downloadOf, downloadWords } from './download.ts';
import { fileSource, nodeOpeners } from './openers.ts';

export type Named = AskedCorpus & {
  /** The option or argument that names it, for errors. */
  readonly what: string;
};

export type ReadingOptions = Pick<PrepareOptions, 'split' | 'nearDuplicates'> & {
  readonly validation?: Named | null;
  /** Text that is kept where the spec does not say. */
  readonly maxBytes?: number;
  /** Hears what parts the documents of a plain text file. */
  readonly onParting?: (parting: Parting, of: 'corpus' | 'validation') => void;
};

/**
 * Reads a corpus and parts it; where it is split by number, as one of two parallel texts. What has to be fetched is said first.
 * Throws `InputError`, and what the readers and the preparation throw.
 */
export async function readCorpus(asked: Named, options: ReadingOptions, io: Io): Promise<PreparedCorpus> {
  const { validation = null, maxBytes = MAX_CORPUS_BYTES, onParting, ...more } = options;
  const read = (one: Named, of: 'corpus' | 'validation') => {
    const meant = options.split === 'number' ? { ...one, spec: inParallel(one.spec) } : one;
    return openAsked(meant, io, (parting) => onParting?.(parting, of));
  };
  const text = await read(asked, 'corpus');
  const given = validation && (await read(validation, 'validation'));
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

/** Opens a corpus, after saying what will be fetched for it. Its name is that of the spec; a file's is its path, as it was given. */
export async function openAsked(
  { text, spec, what }: Named,
  io: Io,
  onParting?: (parting: Parting) => void,
): Promise<OpenedCorpus> {
  const openers = { ...nodeOpeners(io, what), file: ({ path }: FileSpec) => fileSource(path, what, path) };
  try {
    const download = await downloadOf(spec, openers, io);
    if (download) io.say(downloadWords(download));
    const opened = await openCorpus(spec, openers, { signal: io.signal, onParting });
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

/** Throws {@link InputError} where a spec asks for another text than was found. */
export function checkHash({ text, spec, what }: Named, found: string): void {
  const [name = text] = text.split('#');
  const problem = changedText(spec, found, { name, asker: 'its spec' });
  if (problem !== null) throw new InputError(`${what}: ${problem}`);
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
