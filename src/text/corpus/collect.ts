/** Documents as they are read → the store: normalised, counted, each text once, and no more than is asked for. */

import type { Hash64 } from '../../formats/hash.ts';
import type { Breather } from '../breather.ts';
import type { RawDocument } from '../document.ts';
import { TextError } from '../errors.ts';
import { Sha256 } from '../sha256.ts';
import { documentHash, HashSet, meaningKey, numberKey } from './documentHash.ts';
import { DocumentStore } from './documentStore.ts';

/** How much there is of something that is made of documents. */
export type Amount = {
  readonly documents: number;
  /** In UTF-8, without the documents' ends. */
  readonly bytes: number;
};

/** What was taken of a text. `kept` is less than `read` where the text is larger than what was to be held of it. */
export type Sample = {
  /** Different documents that the text holds. */
  readonly read: Amount;
  /** Those of them that were kept: a random sample. */
  readonly kept: Amount;
};

export type Collected = {
  /** Different documents, in the order of the text. */
  readonly store: DocumentStore;
  readonly sha256: string;
  readonly sample: Sample;
  /**
   * Documents of the text, empty and repeated ones counted, where some are known by their place; null where none is.
   */
  readonly places: number | null;
  readonly empty: number;
  /** Documents whose text had come before. */
  readonly duplicates: number;
  /** Documents whose text `excluded` held. */
  readonly excluded: number;
  /** Keys of their own that such documents stood under. */
  readonly excludedKeys: HashSet;
  /** Hashes of all texts, also of those that were not kept. */
  readonly texts: HashSet;
  /** Keys of all documents that have a key of their own, also of those that were not kept; null unless asked for. */
  readonly keys: HashSet | null;
};

export type CollectOptions = {
  readonly name: string;
  readonly documents: AsyncIterable<RawDocument> | Iterable<RawDocument>;
  /** Whether a document without a meaning is known by its text or by its place. */
  readonly keyBy: 'text' | 'number';
  /** Of a larger text a random sample is kept, which ends with the document that reaches this size. */
  readonly maxBytes: number;
  /** Texts to leave out. */
  readonly exclude: HashSet | null;
  readonly withKeys: boolean;
  readonly breather: Breather;
  readonly onDocument: (bytes: number) => void;
};

/**
 * Reads all documents once. Held are at most twice `maxBytes` and one document: those of the smallest hashes,
 * which are a random sample of the different texts, and the same one whatever the order of the file.
 * Throws {@link TextError} where there is no text at all.
 */
export async function collect(options: CollectOptions): Promise<Collected> {
  const { name, breather, maxBytes, exclude } = options;
  const writer = new DocumentWriter();
  const store = new DocumentStore();
  const texts = new HashSet();
  const keys = options.withKeys ? new HashSet() : null;
  const excludedKeys = new HashSet();
  const read = { documents: 0, bytes: 0 };
  let hasNumbers = false;
  let [number, empty, duplicates, excluded] = [-1, 0, 0, 0];
  // Documents from this hash on are no part of the sample.
  let bound: Hash64 | null = null;

  for await (const raw of options.documents) {
    if (breather.isDue()) await breather.rest();
    number++;
    const text = cleaned(raw.text);
    if (text === '') {
      empty++;
      continue;
    }
    const bytes = writer.write(text);
    options.onDocument(bytes.length);
    const hash = documentHash(text);
    const ownKey =
      raw.meaning !== null ? meaningKey(raw.meaning) : options.keyBy === 'number' ? numberKey(number) : null;
    if (raw.meaning === null && options.keyBy === 'number') hasNumbers = true;
    if (ownKey) keys?.add(ownKey);
    if (exclude?.has(hash)) {
      excluded++;
      if (ownKey) excludedKeys.add(ownKey);
      continue;
    }
    if (!texts.add(hash)) {
      duplicates++;
      if (ownKey) store.addRepeat(hash, ownKey);
      continue;
    }
    read.documents++;
    read.bytes += bytes.length;
    if (bound && !isBefore(hash, bound)) continue;
    store.add({ bytes, number, hash, key: ownKey ?? hash, bits: raw.bits });
    if (store.bytes > 2 * maxBytes) bound = shrink(store, maxBytes);
  }
  if (number < 0 || empty === number + 1) {
    throw new TextError(
      name,
      'empty',
      'there is no text in it, only blank lines; choose one with text in it',
    );
  }
  shrink(store, maxBytes);
  return {
    store,
    sha256: writer.hex(),
    sample: { read, kept: { documents: store.count, bytes: store.bytes } },
    places: hasNumbers ? number + 1 : null,
    empty,
    duplicates,
    excluded,
    excludedKeys,
    texts,
    keys,
  };
}

/** Keeps the documents of the smallest hashes until `maxBytes` are reached; the first hash that is not kept, if any. */
function shrink(store: DocumentStore, maxBytes: number): Hash64 | null {
  if (store.bytes <= maxBytes) return null;
  const order = Uint32Array.from({ length: store.count }, (_, place) => place);
  order.sort((a, b) => store.compare(a, b));
  let bytes = 0;
  let count = 0;
  while (count < order.length && bytes < maxBytes) bytes += store.lengthOf(order[count++] ?? 0);
  const first = order[count];
  if (first === undefined) return null;
  const bound = store.hashOf(first);
  store.keepOnly(order.subarray(0, count).sort());
  return bound;
}

function isBefore(a: Hash64, b: Hash64): boolean {
  return a.high < b.high || (a.high === b.high && a.low < b.low);
}

/** Half a surrogate pair, as JSON may hold one; UTF-8 cannot. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** A document as the lab takes it: trimmed, in Unicode normal form C, and such that UTF-8 can hold it. */
export function cleaned(text: string): string {
  return text.trim().replace(LONE_SURROGATE, '\uFFFD').normalize('NFC');
}

const BATCH_BYTES = 2 ** 16;
/** Bytes of UTF-8 that a UTF-16 unit may take. */
const UNIT_BYTES = 3;
const LINE_FEED = 10;

/** Turns texts into UTF-8, and hashes them as lines of one file. In batches: SHA-256 takes whole blocks fastest. */
class DocumentWriter {
  private readonly encoder = new TextEncoder();
  private readonly sha = new Sha256();
  private readonly batch = new Uint8Array(BATCH_BYTES);
  private filled = 0;

  /** UTF-8 of a text; valid until the next call. */
  write(text: string): Uint8Array {
    const most = UNIT_BYTES * text.length + 1;
    if (this.filled + most > BATCH_BYTES) this.flush();
    if (most > BATCH_BYTES) {
      const bytes = this.encoder.encode(text);
      this.sha.update(bytes).update(Uint8Array.of(LINE_FEED));
      return bytes;
    }
    const start = this.filled;
    const end = start + this.encoder.encodeInto(text, this.batch.subarray(start)).written;
    this.batch[end] = LINE_FEED;
    this.filled = end + 1;
    return this.batch.subarray(start, end);
  }

  /** SHA-256 of all texts, each followed by a line feed. */
  hex(): string {
    this.flush();
    return this.sha.hex();
  }

  private flush(): void {
    this.sha.update(this.batch.subarray(0, this.filled));
    this.filled = 0;
  }
}
