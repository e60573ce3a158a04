/** Which stretches of a text a model may have copied from what it was trained on. */

import type { RunRecord } from '../../formats/record.ts';
import { type CopiedStretch, findCopied, type Searched } from '../../text/corpus/copied.ts';
import { targetSubset } from '../../text/corpus/corpus.ts';
import type { DocumentList } from '../../text/corpus/documentList.ts';
import type { PreparedCorpus } from '../../text/corpus/prepare.ts';
import type { Tokenizer } from '../../text/tokenizer/tokenizer.ts';
import type { Checkpoint } from '../../train/checkpoint/checkpoint.ts';
import { unlessAborted } from '../abort.ts';
import type { Copied, CopiedSpan } from '../api/models.ts';
import type { Side } from '../api/texts.ts';
import { NotNowError } from '../failures.ts';
import type { TrainedOn, TrainingTexts } from './trainingTexts.ts';

/** Bytes of a stretch at least: four or five words. */
const LEAST_BYTES = 24;
/** Of a text: the search takes memory for each. */
const MOST_BYTES = 65_536;
/** Of held-out text, that says what is usual. */
const USUAL_BYTES = 4096;
/** Of training text that is shown before and after a stretch. */
const AROUND_BYTES = 48;

/** A side that can be searched. */
type SearchedSide = Searched & { readonly side: Side };

/** How a model was trained, as far as copies are concerned. */
export type Trained = Pick<Checkpoint, 'record' | 'tokenizer'>;

export class CopyDesk {
  readonly #texts: Pick<TrainingTexts, 'of'>;
  /** Bytes of the target that runs may read, by their ids, and what is usual there, by what was searched too. */
  readonly #targetBytes = new Map<string, number>();
  readonly #usual = new Map<string, number>();
  /** Searches take memory and all of this thread: one goes after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(texts: Pick<TrainingTexts, 'of'>) {
    this.#texts = texts;
  }

  /** Throws {@link NotNowError} for a text that is too long; rejects with the signal's reason when aborted. */
  async find(trained: Trained, text: string, signal: AbortSignal): Promise<Copied> {
    const bytes = new TextEncoder().encode(text);
    if (bytes.length > MOST_BYTES) {
      const [has, most] = [bytes.length, MOST_BYTES].map((count) => count.toLocaleString('en'));
      throw new NotNowError(
        `The text has ${has} bytes, and ${most} can be looked up at once; take a part of it.`,
      );
    }
    const found = this.#last.then(() => {
      signal.throwIfAborted();
      return this.#find(trained, text, bytes, signal);
    });
    this.#last = found.catch(() => {});
    return unlessAborted(found, signal);
  }

  async #find(
    { record, tokenizer }: Trained,
    text: string,
    bytes: Uint8Array,
    signal: AbortSignal,
  ): Promise<Copied> {
    const read = record && (await this.#texts.of(record, signal));
    const sides = record && read ? this.#sides(record, read, tokenizer) : [];
    const found = await findCopied(bytes, sides, { least: LEAST_BYTES, signal });
    const places = utf16Places(text, bytes.length);
    return {
      n: LEAST_BYTES,
      spans: found.map((stretch) => spanOf(stretch, sides, places)),
      share: shareOf(found, bytes.length),
      usual: record && read?.target ? await this.#usualShare(record, read.target, sides, signal) : null,
      searched: {
        target: sides.some(({ side }) => side === 'target'),
        source: sides.some(({ side }) => side === 'source'),
      },
    };
  }

  #sides(record: RunRecord, { target, source }: TrainedOn, tokenizer: Tokenizer): SearchedSide[] {
    const { S, k } = record.realised;
    const sides: SearchedSide[] = [];
    if (target) {
      const bytes = k > 0 ? this.#bytesOf(record, target, tokenizer) : 0;
      sides.push({ side: 'target', documents: target.train, bytes });
    }
    // Its windows are drawn from all of the text, in no order.
    if (source && S > 0) {
      sides.push({ side: 'source', documents: source.train, bytes: source.train.bytesWithEnds });
    }
    return sides;
  }

  #bytesOf({ id, config }: RunRecord, target: PreparedCorpus, tokenizer: Tokenizer): number {
    const bytes =
      this.#targetBytes.get(id) ?? targetSubset(target, tokenizer, config.recipe.targetTokens).bytes;
    this.#targetBytes.set(id, bytes);
    return bytes;
  }

  /** What of held-out text is found in the same way; null where there is none. */
  async #usualShare(
    { id }: RunRecord,
    { validation }: PreparedCorpus,
    sides: readonly SearchedSide[],
    signal: AbortSignal,
  ): Promise<number | null> {
    const key = [id, ...sides.map(({ side, bytes }) => `${side} ${bytes}`)].join();
    const known = this.#usual.get(key);
    if (known !== undefined) return known;
    const text = beginningOf(validation, USUAL_BYTES);
    if (!text) return null;
    const share = shareOf(await findCopied(text, sides, { least: LEAST_BYTES, signal }), text.length);
    this.#usual.set(key, share);
    return share;
  }
}

function shareOf(stretches: readonly CopiedStretch[], bytes: number): number {
  const covered = stretches.reduce((sum, { from, to }) => sum + to - from, 0);
  return bytes === 0 ? 0 : covered / bytes;
}

/** The first documents, a line each, up to so many bytes; no character is cut. */
function beginningOf(documents: DocumentList, most: number): Uint8Array | null {
  const text = new Uint8Array(most);
  const encoder = new TextEncoder();
  let filled = 0;
  for (let index = 0; index < documents.count; index++) {
    const line = `${documents.textOf(index)}\n`;
    const { read, written } = encoder.encodeInto(line, text.subarray(filled));
    filled += written;
    if (read < line.length) break;
  }
  return filled === 0 ? null : text.subarray(0, filled);
}

function spanOf(
  { from, to, list, document, at }: CopiedStretch,
  sides: readonly SearchedSide[],
  places: Uint32Array,
): CopiedSpan {
  const searched = sides[list];
  if (!searched) throw new RangeError(`side ${list} of ${sides.length}`);
  return {
    from: places[from] ?? 0,
    to: places[to] ?? 0,
    length: to - from,
    side: searched.side,
    snippet: snippetOf(searched.documents.bytesOf(document), at, at + to - from),
  };
}

/** The stretch and what is around it, of whole characters; an ellipsis where the document goes on. */
function snippetOf(document: Uint8Array, from: number, to: number): string {
  const isInside = (at: number) => ((document[at] ?? 0) & 0b1100_0000) === 0b1000_0000;
  let begin = Math.max(0, from - AROUND_BYTES);
  let end = Math.min(document.length, to + AROUND_BYTES);
  while (begin < from && isInside(begin)) begin++;
  while (end > to && isInside(end)) end--;
  const text = new TextDecoder().decode(document.subarray(begin, end));
  return `${begin > 0 ? '…' : ''}${text}${end < document.length ? '…' : ''}`;
}

/** Of each byte of the text, and of its end, the place in UTF-16 of the character it belongs to. */
function utf16Places(text: string, bytes: number): Uint32Array {
  const places = new Uint32Array(bytes + 1);
  const encoder = new TextEncoder();
  let at = 0;
  let byte = 0;
  for (const character of text) {
    const length = encoder.encode(character).length;
    places.fill(at, byte, byte + length);
    byte += length;
    at += character.length;
  }
  places[bytes] = at;
  return places;
}
