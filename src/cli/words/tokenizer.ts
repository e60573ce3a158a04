/** What a tokenizer is and does, for people. */

import type { Fertility } from '../../text/tokenizer/fertility.ts';
import type { Tokenizer } from '../../text/tokenizer/tokenizer.ts';
import { roundTripWords, TOKENIZER_KINDS } from './corpus.ts';
import { ending } from './paragraph.ts';
import { amount, counted, duration, labelled, table, wrap } from './words.ts';

export type TrainedText = {
  readonly spec: string;
  readonly side: 'text' | 'source';
  /** Of its side, beside the other. */
  readonly share: number;
  readonly trainedBytes: number;
  /** Of documents that were held out. */
  readonly fertility: Fertility;
  /** Between words. */
  readonly hasSpaces: boolean;
};

export type MeasuredText = {
  readonly spec: string;
  readonly documents: number;
  readonly fertility: Fertility;
  /** Between words. */
  readonly hasSpaces: boolean;
};

export function trainedWords(trained: {
  readonly file: string;
  readonly vocabulary: number;
  readonly seconds: number;
  readonly texts: readonly TrainedText[];
}): string {
  const { file, vocabulary, seconds, texts } = trained;
  const rows = texts.map(({ spec, side, share, trainedBytes, ...measured }) => [
    ending(spec, CORPUS_COLUMNS),
    `${side} ${share}`,
    amount(trainedBytes, 'B'),
    ...fertilityCells(measured),
  ]);
  return [
    `${file}: byte-level BPE, ${counted(vocabulary, 'token')}, trained in ${duration(seconds)}`,
    '',
    table([['corpus', 'share', 'trained on', ...FERTILITY_HEADS], ...rows]),
    '',
    'Measured on documents that it was not trained on.',
  ].join('\n');
}

const VALUE_CHARACTERS = 63;
/** Beside four columns of numbers. */
const CORPUS_COLUMNS = 34;

export function tokenizerWords(
  shown: Pick<Tokenizer, 'kind' | 'vocabulary' | 'endOfDocument' | 'fingerprint' | 'warnings'> & {
    readonly file: string;
    readonly endName: string | null;
    readonly texts: readonly MeasuredText[];
  },
): string {
  const { file, kind, vocabulary, endOfDocument, endName, fingerprint, warnings, texts } = shown;
  const facts = labelled([
    ['file', file],
    ['kind', TOKENIZER_KINDS[kind]],
    ['vocabulary', counted(vocabulary, 'token')],
    ['end of document', `${endOfDocument}${endName === null ? '' : ` (${endName})`}`],
    ['fingerprint', fingerprint],
    [
      'round trip',
      warnings.length > 0
        ? wrap(warnings.join(' ').split(' '), VALUE_CHARACTERS).join('\n')
        : 'gives back every text that was tried',
    ],
  ]);
  if (texts.length === 0) return facts;
  const rows = texts.map(({ spec, documents, ...measured }) => [
    ending(spec, CORPUS_COLUMNS),
    documents.toLocaleString('en'),
    amount(measured.fertility.bytes, 'B'),
    ...fertilityCells(measured),
  ]);
  return [
    facts,
    '',
    table([['corpus', 'documents', 'text', ...FERTILITY_HEADS], ...rows]),
    '',
    ...texts.map(({ spec, fertility }) => `${ending(spec, CORPUS_COLUMNS)}: ${roundTripWords(fertility)}`),
  ].join('\n');
}

const FERTILITY_HEADS = ['bytes/token', 'tokens/word'] as const;

function fertilityCells({
  fertility: { bytesPerToken, tokensPerWord },
  hasSpaces,
}: Pick<MeasuredText, 'fertility' | 'hasSpaces'>): string[] {
  return [bytesPerToken.toFixed(2), hasSpaces ? tokensPerWord.toFixed(2) : 'no spaces'];
}
