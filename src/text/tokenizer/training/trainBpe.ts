/**
 * Trains a byte-level BPE (Sennrich et al. 2016, arXiv:1508.07909; on bytes as in GPT-2): words are counted once, then the heaviest
 * pair becomes a token, again and again, and only the words that hold it are gone through.
 */

import { MAX_VOCABULARY, MIN_VOCABULARY } from '../../../formats/configSchema.ts';
import { Breather } from '../../breather.ts';
import { Bpe } from '../bpe.ts';
import { spell } from '../byteCharacters.ts';
import { END_OF_DOCUMENT } from '../bytes.ts';
import { VocabularyError } from '../errors.ts';
import { byteLevelFile, END_OF_DOCUMENT_TEXT } from '../file/byteLevel.ts';
import { Merger } from './merger.ts';
import { WordCounts } from './wordCounts.ts';

/** Reading the clock costs more than a word does. */
const STEPS_PER_LOOK = 8;

export type BpeText = {
  /** Documents in normal form C, as text or as its UTF-8 bytes. */
  readonly documents: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;
  /** What the text weighs beside the others, whatever its size: 0.3 and 0.7, or 3 and 7. 0 leaves it out. */
  readonly share: number;
};

export type BpeProgress = {
  /** Bytes read so far. */
  readonly bytes: number;
  /** Merges learnt so far. */
  readonly merges: number;
  /** Part of the merges, 0 to 1; 0 while texts are read, for their size is not known here. */
  readonly share: number;
};

type BpeOptions = {
  readonly texts: readonly BpeText[];
  /** Distinct tokens, 512 to 32,768: the 256 bytes, endOfDocument, and what is learnt. */
  readonly vocabulary: number;
  readonly signal?: AbortSignal | undefined;
  /** Called every 50 ms or so, and at the end. */
  readonly onProgress?: ((progress: BpeProgress) => void) | undefined;
};

/**
 * Trains a BPE; the same texts, shares and vocabulary give the same. Of pairs that weigh the same, that with the lower left token
 * goes first, then that with the lower right.
 * Throws {@link VocabularyError} where the texts do not hold that many tokens; rejects with the signal's reason when aborted.
 */
export async function trainBpe(options: BpeOptions): Promise<Bpe> {
  const { vocabulary, signal, onProgress } = options;
  checkVocabulary(vocabulary);
  const progress = { bytes: 0, merges: 0, share: 0 };
  const breather = new Breather(signal, {
    onRest: () => onProgress?.({ ...progress }),
    stepsPerLook: STEPS_PER_LOOK,
  });
  const words = new WordCounts();
  await readTexts(options.texts, words, breather, progress);
  const merger = new Merger(words);
  await merger.count(breather);
  const wanted = vocabulary - END_OF_DOCUMENT - 1;
  while (merger.learnt < wanted) {
    if (!(await merger.merge(breather))) throw tooLarge(vocabulary, vocabulary - wanted + merger.learnt);
    progress.merges = merger.merges.length;
    progress.share = merger.learnt / wanted;
  }
  onProgress?.(progress);
  return bpeOf(merger);
}

function checkVocabulary(vocabulary: number): void {
  if (Number.isInteger(vocabulary) && vocabulary >= MIN_VOCABULARY && vocabulary <= MAX_VOCABULARY) return;
  throw new VocabularyError(
    vocabulary,
    null,
    `a vocabulary of ${vocabulary} cannot be trained; choose a whole number from ${MIN_VOCABULARY} to ${MAX_VOCABULARY}`,
  );
}

async function readTexts(
  texts: readonly BpeText[],
  words: WordCounts,
  breather: Breather,
  progress: { bytes: number },
): Promise<void> {
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  const total = texts.reduce((sum, { share }) => sum + share, 0);
  if (!texts.every(({ share }) => share >= 0) || !(total > 0 && total < Infinity)) {
    throw new RangeError(
      `shares of ${texts.map(({ share }) => share).join(', ')}: none is below 0, not all are 0`,
    );
  }
  for (const { documents, share } of texts) {
    if (share === 0) continue;
    for await (const document of documents) {
      progress.bytes += words.add(typeof document === 'string' ? document : utf8.decode(document));
      if (breather.isDue()) await breather.rest();
    }
    words.endText(share / total);
  }
}

function tooLarge(asked: number, possible: number): VocabularyError {
  const least = possible < MIN_VOCABULARY;
  return new VocabularyError(
    asked,
    least ? null : possible,
    `a vocabulary of ${asked.toLocaleString('en')} is more than these texts hold: with ${possible.toLocaleString('en')} tokens no two stand side by side twice; ${
      least
        ? `that is less than the ${MIN_VOCABULARY} a BPE needs here, so bring more text or take bytes`
        : `ask for at most ${possible.toLocaleString('en')}, or bring more text`
    }`,
  );
}

function bpeOf({ merges, pieces }: Merger): Bpe {
  const names = pieces.map((piece) => (piece ? spell(piece) : END_OF_DOCUMENT_TEXT));
  const file = byteLevelFile({
    vocabulary: Object.fromEntries(names.map((name, token) => [name, token])),
    merges: merges.map(({ left, right }) => `${names[left]} ${names[right]}`),
    endOfDocument: END_OF_DOCUMENT,
    cut: 'lab',
  });
  return new Bpe({ pieces, merges, endOfDocument: END_OF_DOCUMENT, cut: 'lab', file });
}
