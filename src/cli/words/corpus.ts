/** What `m3lab corpus show` found out about a corpus, for people; a line is rarely longer than 80 characters. */

import type { NearDuplicates } from '../../text/corpus/nearDuplicates.ts';
import type { Dropped } from '../../text/corpus/prepare.ts';
import type { TextStatistics } from '../../text/corpus/statistics.ts';
import type { Fertility } from '../../text/tokenizer/fertility.ts';
import type { CorpusFacts, Parted, TokenizerFacts } from '../corpora/corpusFacts.ts';
import { beginning, paragraph } from './paragraph.ts';
import { amount, counted, labelled, table, wrap } from './words.ts';

/** Beside the longest name. */
const VALUE_COLUMNS = 63;
const EXAMPLE_COLUMNS = 76;
const SHOWN_SCRIPTS = 5;

export function corpusWords(facts: CorpusFacts): string {
  const { train, validation, nearDuplicates, target, tokenizer, examples, sha256, validationSha256 } = facts;
  const partings = [partedWords(facts.parted), partedWords(facts.validationParted, 'in validation ')];
  const parted = partings.filter((words) => words !== null);
  const rows: (readonly [string, string] | null)[] = [
    parted.length > 0 ? ['documents are', parted.join('\n')] : null,
    ['scripts', scriptWords(train)],
    ['left out', droppedWords(facts.dropped)],
    nearDuplicates && ['near-duplicates', nearWords(nearDuplicates)],
    ['entropy floor', floorWords(facts.floorBitsPerByte)],
    target && ['D_T', targetWords(target)],
    ['n-gram', ngramWords(facts.reference)],
    tokenizer && ['tokenizer', tokenizerLines(tokenizer, validation.words !== null)],
    ['SHA-256', sha256],
    validationSha256 === null ? null : ['of validation', validationSha256],
  ];
  return [
    facts.spec,
    '',
    statisticsTable(train, validation),
    ...sampleWords(facts),
    '',
    labelled(rows.filter((row) => row !== null)),
    ...(examples.length > 0 ? ['', 'Trained on first:', ...examples.flatMap(exampleLines)] : []),
  ].join('\n');
}

function exampleLines(text: string): string[] {
  return paragraph(text, EXAMPLE_COLUMNS).map((line, index) => `${index === 0 ? '  ' : '    '}${line}`);
}

function statisticsTable(train: TextStatistics, validation: TextStatistics): string {
  const row = (name: string, of: (statistics: TextStatistics) => string) => [name, of(train), of(validation)];
  const count = (value: number) => value.toLocaleString('en');
  return table([
    ['', 'training', 'validation'],
    row('documents', ({ documents }) => count(documents)),
    row('bytes', ({ bytes }) => count(bytes)),
    row('characters', ({ characters }) => count(characters)),
    row('characters per byte', ({ charactersPerByte }) => charactersPerByte.toFixed(3)),
    row('words', ({ words }) => (words === null ? 'no spaces' : count(words))),
    row('unigram bits per byte', ({ byteEntropy }) => byteEntropy.toFixed(3)),
  ]);
}

const PARTINGS = { line: 'a line each', block: 'parted by blank lines' } as const;

function partedWords(parted: Parted | null, where = ''): string | null {
  if (!parted) return null;
  const { by, otherwise } = parted;
  const words = `${where}${by.map((parting) => PARTINGS[parting]).join(' in some files, in others ')}`;
  return otherwise === null ? words : `${words}, as it looks; if not, say\n  ${otherwise}`;
}

function scriptWords({ scripts }: TextStatistics): string {
  const named = scripts.slice(0, SHOWN_SCRIPTS).map(({ script, share }) => `${script} ${percent(share)}`);
  return named.length > 0 ? named.join(', ') : 'no letters';
}

/** Said only where the text is larger than what is held of it. */
function sampleWords({ sample, validationSample }: CorpusFacts): string[] {
  const of = [
    [sample, 'the text'],
    [validationSample, 'the validation text'],
  ] as const;
  return of.flatMap(([taken, name]) => {
    if (taken === null || taken.kept.documents === taken.read.documents) return [];
    const { documents, bytes } = taken.read;
    return [`A random sample: ${name} has ${counted(documents, 'document')}, ${amount(bytes, 'B')}.`];
  });
}

function droppedWords(dropped: Dropped): string {
  const reasons = [
    [dropped.empty, 'empty'],
    [dropped.duplicates, 'repeated'],
    [dropped.validationCopies, 'also in the validation text'],
    [dropped.validationTranslations, 'translations of validation documents'],
    [dropped.nearDuplicates, 'nearly the same as a validation document'],
  ] as const;
  const named = reasons
    .filter(([count]) => count > 0)
    .map(([count, why]) => `${count.toLocaleString('en')} ${why}`);
  return named.length > 0 ? named.join(', ') : 'nothing';
}

function nearWords({ validationDocuments, trainingDocuments, examples }: NearDuplicates): string {
  if (validationDocuments === 0) return 'none between training and validation';
  return [
    `${counted(validationDocuments, 'validation document')} nearly the same as`,
    `${counted(trainingDocuments, 'training document')}; they make a loss look better than it is`,
    ...examples.flatMap(({ validation, training, similarity }) => [
      `${percent(similarity)} alike:`,
      `  ${beginning(validation, VALUE_COLUMNS - 2)}`,
      `  ${beginning(training, VALUE_COLUMNS - 2)}`,
    ]),
  ].join('\n');
}

function floorWords(floor: number | null): string {
  return floor === null
    ? 'not known for this text'
    : `${floor.toFixed(4)} bits per byte of validation; no model does better`;
}

function targetWords({ tokens, documents, bytes }: NonNullable<CorpusFacts['target']>): string {
  return `${counted(tokens, 'token')}: ${amount(bytes, 'B')} in ${counted(documents, 'document')}`;
}

function ngramWords({ bitsPerByte, order, byOrder, trainedBytes }: CorpusFacts['reference']): string {
  return [
    `${bitsPerByte.toFixed(4)} bits per byte of validation, at best (context of ${counted(order, 'byte')},`,
    `Witten–Bell, trained on ${amount(trainedBytes, 'B')})`,
    `0 to ${byOrder.length - 1} bytes: ${byOrder.map((bits) => bits.toFixed(3)).join('  ')}`,
  ].join('\n');
}

function tokenizerLines(
  { file, kind, vocabulary, fertility, warnings }: TokenizerFacts,
  hasSpaces: boolean,
): string {
  const { bytesPerToken, tokensPerWord } = fertility;
  const ofWords = hasSpaces ? `, ${tokensPerWord.toFixed(2)} tokens per word` : '';
  return [
    `${file}: ${TOKENIZER_KINDS[kind]}, ${counted(vocabulary, 'token')}`,
    `${bytesPerToken.toFixed(2)} bytes per token${ofWords} of validation`,
    roundTripWords(fertility),
    ...warnings.flatMap((warning) => wrap(warning.split(' '), VALUE_COLUMNS)),
  ].join('\n');
}

export const TOKENIZER_KINDS: Readonly<Record<TokenizerFacts['kind'], string>> = {
  bytes: 'bytes',
  bpe: 'byte-level BPE',
  library: 'run by @huggingface/tokenizers',
};

export function roundTripWords({ changed, bytes }: Fertility): string {
  return changed === 0
    ? `gives back ${amount(bytes, 'B')} of text exactly`
    : `changes ${counted(changed, 'document')} of ${amount(bytes, 'B')}; bits per byte will be too low`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.0995 ? 1 : 0)} %`;
}
