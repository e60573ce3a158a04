/** What `m3lab train` says of texts and tokenizers while they are read. */

import type { PreparedCorpus } from '../../text/corpus/prepare.ts';
import type { PreparedPair, ReadProgress } from '../../text/pair/pair.ts';
import type { SubsetBpeProgress } from '../../text/pair/subsetBpe.ts';
import { fertility } from '../../text/tokenizer/fertility.ts';
import type { Tokenizer } from '../../text/tokenizer/tokenizer.ts';
import type { Io } from '../io.ts';
import { amount, counted } from './words.ts';

export function readingLine({ field, bytes, totalBytes }: ReadProgress): string {
  return `reading corpora.${field}: ${amount(bytes, 'B')}${totalBytes > 0 ? ` of ${amount(totalBytes, 'B')}` : ''}`;
}

export function trainingLine({ round, share }: SubsetBpeProgress): string {
  return `training the tokenizer, round ${round}: ${Math.floor(100 * share)} %`;
}

/** Says what of a text is left out, if anything is. */
export function sayTexts({ name, dropped, sample }: PreparedCorpus, io: Io): void {
  const parts = [
    [dropped.empty, 'empty'],
    [dropped.duplicates, 'repeated'],
    [dropped.validationCopies, 'also in the validation text'],
    [dropped.validationTranslations, 'translations of validation documents'],
    [dropped.nearDuplicates, 'nearly a validation document'],
  ] as const;
  const words = parts
    .filter(([count]) => count > 0)
    .map(([count, why]) => `${count.toLocaleString('en')} ${why}`);
  if (words.length > 0) io.say(`${name}: documents left out: ${words.join(', ')}`);
  const { read, kept } = sample;
  if (kept.documents < read.documents) {
    io.say(
      `${name}: ${amount(kept.bytes, 'B')} of ${amount(read.bytes, 'B')} are taken, a random sample of the documents; bytes= in its spec says how much`,
    );
  }
}

/** Documents of a text that a tokenizer is tried on. */
const TRIED_DOCUMENTS = 500;

/** Says how finely a tokenizer cuts the texts of a pair. */
export function sayTokenizer(tokenizer: Tokenizer, { target, source }: PreparedPair, io: Io): void {
  const of = ({ validation }: PreparedCorpus) => {
    const count = Math.min(validation.count, TRIED_DOCUMENTS);
    const sample = Array.from({ length: count }, (_, index) => validation.textOf(index));
    return fertility(tokenizer, sample).bytesPerToken.toFixed(2);
  };
  io.say(
    `tokenizer: ${counted(tokenizer.vocabulary, 'token')}; ${of(target)} bytes per token of the target${
      source ? `, ${of(source)} of the source` : ''
    }`,
  );
}
