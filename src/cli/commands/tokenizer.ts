/** `m3lab tokenizer`: train one on texts, or look at what one does to them. */

import { Command } from 'commander';
import { MAX_VOCABULARY, MIN_VOCABULARY } from '../../formats/configSchema.ts';
import { trainingTexts } from '../../text/corpus/corpus.ts';
import { MAX_CORPUS_BYTES, type PreparedCorpus } from '../../text/corpus/prepare.ts';
import { VocabularyError } from '../../text/tokenizer/errors.ts';
import { type BpeProgress, trainBpe } from '../../text/tokenizer/training/trainBpe.ts';
import { type AskedCorpus, corpusArguments, share, wholeNumber } from '../arguments.ts';
import { firstTexts, hasSpaces, tokenizerFacts } from '../corpora/corpusFacts.ts';
import { cleanDocuments, openAsked, readCorpus } from '../corpora/readCorpus.ts';
import { OutputFile } from '../files/outputFile.ts';
import { openTokenizer } from '../files/tokenizerFile.ts';
import type { Io } from '../io.ts';
import { InputError } from '../report.ts';
import { type MeasuredText, type TrainedText, tokenizerWords, trainedWords } from '../words/tokenizer.ts';
import { amount } from '../words/words.ts';

/** Text of each corpus that a tokenizer is trained on, in bytes: more changes little and takes longer. */
const TRAIN_BYTES = 10_000_000;
/** Text on which one is tried. */
const SHOW_BYTES = 1_000_000;
const SOURCE_SHARE = 0.5;

export function tokenizerCommand(ioOf: (command: Command) => Io): Command {
  return new Command('tokenizer')
    .summary('train a tokenizer, or look into one')
    .description('Tokenizers as tokenizer.json files of Hugging Face.')
    .addCommand(trainCommand(ioOf))
    .addCommand(showCommand(ioOf));
}

type TrainOptions = {
  readonly text: readonly AskedCorpus[];
  readonly source?: readonly AskedCorpus[];
  readonly sourceShare?: number;
  readonly vocab: number;
  readonly maxBytes: number;
  readonly out: string;
  readonly force?: true;
};

function trainCommand(ioOf: (command: Command) => Io): Command {
  return new Command('train')
    .summary('train a byte-level BPE')
    .description(
      'Trains a byte-level BPE on texts and writes it as a tokenizer.json. It sees the documents that train would train on, and is ' +
        'measured on those that train would hold out. The same texts give the same tokenizer.',
    )
    .requiredOption('--text <specs...>', 'corpora, or files', corpusArguments)
    .option('--source <specs...>', 'corpora of the second language', corpusArguments)
    .option(
      '--source-share <share>',
      `weight of the second language beside the first, whatever their sizes (default: ${SOURCE_SHARE})`,
      share,
    )
    .requiredOption(
      '--vocab <n>',
      `tokens, from ${MIN_VOCABULARY} to ${MAX_VOCABULARY}: 256 bytes, the end of a document, and what is learnt`,
      wholeNumber(MIN_VOCABULARY, MAX_VOCABULARY),
    )
    .option(
      '--max-bytes <n>',
      'of each corpus a random sample of at most this size',
      wholeNumber(1),
      TRAIN_BYTES,
    )
    .requiredOption('--out <file>', 'file to write')
    .option('--force', 'replace a file that is there')
    .option('--json', 'one JSON value on stdout: file, kind, vocabulary, fingerprint, seconds, texts')
    .action(async (options: TrainOptions, command: Command) => {
      if (options.sourceShare !== undefined && !options.source)
        throw new InputError('--source-share: there is no --source to give a share to');
      await train(options, ioOf(command));
    });
}

type Side = { readonly texts: readonly ReadText[]; readonly share: number };
type ReadText = { readonly spec: string; readonly prepared: PreparedCorpus };

async function train(options: TrainOptions, io: Io): Promise<void> {
  const { out, vocab, maxBytes, force } = options;
  const sourceShare = options.source ? (options.sourceShare ?? SOURCE_SHARE) : 0;
  const file = await OutputFile.begin(out, '--out', force ? 'replace' : 'refuse');
  try {
    const sides: Side[] = [
      { texts: await readAll(options.text, '--text', maxBytes, io), share: 1 - sourceShare },
      { texts: await readAll(options.source ?? [], '--source', maxBytes, io), share: sourceShare },
    ];
    const began = performance.now();
    const bpe = await trainBpe({
      texts: sides.map(({ texts, share: weight }) => ({ documents: seen(texts, maxBytes), share: weight })),
      vocabulary: vocab,
      signal: io.signal,
      onProgress: (progress) => io.progress(progressWords(progress)),
    }).catch((error: unknown) => {
      throw error instanceof VocabularyError ? new InputError(`--vocab: ${error.message}`) : error;
    });
    const seconds = (performance.now() - began) / 1000;
    io.progress('measuring it …');
    const texts: TrainedText[] = [];
    for (const [side, { texts: ofSide, share: weight }] of sides.entries()) {
      for (const { spec, prepared } of ofSide) {
        const sample = [...firstTexts(prepared.validation)];
        texts.push({
          spec,
          side: side === 0 ? 'text' : 'source',
          share: weight,
          trainedBytes: Math.min(prepared.train.bytesWithEnds, maxBytes),
          fertility: tokenizerFacts(out, bpe, sample).fertility,
          hasSpaces: await hasSpaces(sample, io.signal),
        });
      }
    }
    io.progress('');
    await file.write(`${JSON.stringify(bpe.file(), null, 2)}\n`);
    await file.commit();
    const { kind, vocabulary, fingerprint } = bpe;
    const value = { file: out, kind, vocabulary, fingerprint, seconds, texts };
    if (io.json) io.value(value);
    else io.text(`${trainedWords(value)}\n`);
  } catch (error) {
    await file.abandon();
    throw error;
  }
}

async function readAll(
  asked: readonly AskedCorpus[],
  what: string,
  maxBytes: number,
  io: Io,
): Promise<ReadText[]> {
  const read: ReadText[] = [];
  for (const corpus of asked) {
    const options = { maxBytes: Math.max(MAX_CORPUS_BYTES, maxBytes) };
    read.push({ spec: corpus.text, prepared: await readCorpus({ ...corpus, what }, options, io) });
  }
  return read;
}

function* seen(texts: readonly ReadText[], maxBytes: number): Generator<string> {
  for (const { prepared } of texts) yield* trainingTexts(prepared, maxBytes);
}

function progressWords({ bytes, share: done }: BpeProgress): string {
  return done === 0 ? `counting words: ${amount(bytes, 'B')} …` : `merging: ${Math.floor(100 * done)} %`;
}

type ShowOptions = { readonly text?: readonly AskedCorpus[]; readonly maxBytes: number };

function showCommand(ioOf: (command: Command) => Io): Command {
  return new Command('show')
    .summary('say what a tokenizer is, and what it does to texts')
    .description(
      'Says of what kind a tokenizer is, its vocabulary, its end of a document, and whether it gives back what it is given.',
    )
    .argument('<file>', 'tokenizer.json')
    .option('--text <specs...>', 'corpora, or files, to try it on', corpusArguments)
    .option('--max-bytes <n>', 'of each corpus the first documents, to this size', wholeNumber(1), SHOW_BYTES)
    .option('--json', 'one JSON value on stdout')
    .action(async (file: string, options: ShowOptions, command: Command) => {
      await show(file, options, ioOf(command));
    });
}

async function show(file: string, { text = [], maxBytes }: ShowOptions, io: Io): Promise<void> {
  const tokenizer = await openTokenizer(file, 'tokenizer');
  const texts: MeasuredText[] = [];
  for (const asked of text) {
    const sample = await firstDocuments(asked, maxBytes, io);
    const { fertility } = tokenizerFacts(file, tokenizer, sample);
    texts.push({
      spec: asked.text,
      documents: sample.length,
      fertility,
      hasSpaces: await hasSpaces(sample, io.signal),
    });
  }
  const { kind, vocabulary, endOfDocument, fingerprint, warnings } = tokenizer;
  const endName = nameOf(tokenizer.file(), endOfDocument);
  const value = { file, kind, vocabulary, endOfDocument, endName, fingerprint, warnings, texts };
  if (io.json) io.value(value);
  else io.text(`${tokenizerWords(value)}\n`);
}

async function firstDocuments(asked: AskedCorpus, maxBytes: number, io: Io): Promise<string[]> {
  const corpus = await openAsked({ ...asked, what: '--text' }, io);
  const found: string[] = [];
  let bytes = 0;
  for await (const { text } of cleanDocuments(corpus, io.signal)) {
    if (bytes < maxBytes) found.push(text);
    bytes += Buffer.byteLength(text);
    // Of what is fetched the rest is near, and is kept for the next time.
    const isRemote = asked.spec.scheme === 'https' || asked.spec.scheme === 'hf';
    if (bytes >= maxBytes && !isRemote) break;
  }
  if (found.length === 0) throw new InputError(`--text: ${asked.text} has no document that is not empty`);
  return found;
}

/** How a `tokenizer.json` spells a token; null where it does not name it among its added tokens. */
function nameOf({ added_tokens: added }: Readonly<Record<string, unknown>>, token: number): string | null {
  if (!Array.isArray(added)) return null;
  const entry: unknown = added.find((one: unknown) => fieldOf(one, 'id') === token);
  const name = fieldOf(entry, 'content');
  return typeof name === 'string' ? name : null;
}

function fieldOf(value: unknown, key: 'id' | 'content'): unknown {
  return typeof value === 'object' && value !== null && key in value
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}
