/** Documents in an order: what is trained on, or validated on. */

import type { Hash64 } from '../../formats/hash.ts';
import { documentHash } from './documentHash.ts';
import { DocumentStore } from './documentStore.ts';

export class DocumentList {
  private readonly store: DocumentStore;
  private readonly places: Uint32Array;
  /** Bytes of the documents in UTF-8. */
  readonly bytes: number;
  /** The same, with one byte for the end of each document, as the lab counts everywhere. */
  readonly bytesWithEnds: number;
  /** Information in bits, the ends included; null unless all documents know theirs. */
  readonly bits: number | null;

  /** The documents at these places of the store, in this order. */
  constructor(store: DocumentStore, places: Uint32Array) {
    this.store = store;
    this.places = places;
    let bytes = 0;
    let bits: number | null = places.length > 0 ? 0 : null;
    for (const place of places) {
      bytes += store.lengthOf(place);
      const known = store.bitsOf(place);
      bits = bits === null || known === null ? null : bits + known;
    }
    this.bytes = bytes;
    this.bytesWithEnds = bytes + places.length;
    this.bits = bits;
  }

  /** Documents. */
  get count(): number {
    return this.places.length;
  }

  /** Bytes of the document at `index` in UTF-8. */
  lengthOf(index: number): number {
    return this.store.lengthOf(this.placeOf(index));
  }

  /** A view, not a copy. */
  bytesOf(index: number): Uint8Array {
    return this.store.bytesOf(this.placeOf(index));
  }

  textOf(index: number): string {
    return utf8.decode(this.bytesOf(index));
  }

  /** Information of the document in bits, its end included; null where it is not known. */
  bitsOf(index: number): number | null {
    return this.store.bitsOf(this.placeOf(index));
  }

  /** Documents that say the same in other languages have the same key. */
  keyOf(index: number): Hash64 {
    return this.store.keyOf(this.placeOf(index));
  }

  /** Of the text. */
  hashOf(index: number): Hash64 {
    return this.store.hashOf(this.placeOf(index));
  }

  /**
   * Information in bits of the first bytes of the list, ends counted as a byte each. A document that is cut counts by the share of its
   * bytes, for where in it the information lies is not known. Null unless all documents that are begun know theirs.
   */
  bitsOfFirst(bytes: number): number | null {
    let bits = 0;
    let left = Math.min(bytes, this.bytesWithEnds);
    for (let index = 0; left > 0; index++) {
      const known = this.bitsOf(index);
      if (known === null) return null;
      const length = this.lengthOf(index) + 1;
      bits += known * Math.min(1, left / length);
      left -= length;
    }
    return this.count > 0 ? bits : null;
  }

  /** The list without documents whose text has a hash that `isUnwanted`. */
  withoutTexts(isUnwanted: (hash: Hash64) => boolean): DocumentList {
    return this.filter((place) => !isUnwanted(this.store.hashOf(place)));
  }

  /** The list without documents that have, or whose text came again under, a key that `isUnwanted`. */
  withoutKeys(isUnwanted: (key: Hash64) => boolean): DocumentList {
    const repeated = this.store.repeatsUnder(isUnwanted).texts;
    return this.filter(
      (place) => !isUnwanted(this.store.keyOf(place)) && !repeated.has(this.store.hashOf(place)),
    );
  }

  /** The list without the documents at these indices. */
  without(indices: ReadonlySet<number>): DocumentList {
    return this.filter((_, index) => !indices.has(index));
  }

  private filter(isKept: (place: number, index: number) => boolean): DocumentList {
    return new DocumentList(this.store, this.places.filter(isKept));
  }

  private placeOf(index: number): number {
    const place = this.places[index];
    if (place === undefined) throw new RangeError(`document ${index} of ${this.places.length}`);
    return place;
  }
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Texts as they are, in the order given. */
export function documentList(texts: Iterable<string>): DocumentList {
  const encoder = new TextEncoder();
  const store = new DocumentStore();
  for (const text of texts) {
    const hash = documentHash(text);
    store.add({ bytes: encoder.encode(text), number: store.count, hash, key: hash, bits: null });
  }
  return new DocumentList(
    store,
    Uint32Array.from({ length: store.count }, (_, place) => place),
  );
}
