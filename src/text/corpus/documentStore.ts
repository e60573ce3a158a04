/**
 * The documents of a corpus, held as UTF-8: a string of a Latin text would cost as much, one of any other text twice
 * that, and a million strings are a burden to the collector of garbage.
 */

import type { Hash64 } from '../../formats/hash.ts';
import { HashSet } from './documentHash.ts';

const PIECE_BYTES = 2 ** 20;
/** A longer document has a piece of its own, so that little of any piece is left unused. */
const LARGE_BYTES = PIECE_BYTES / 16;

export type StoredDocument = {
  /** UTF-8; copied. */
  readonly bytes: Uint8Array;
  /** Place in the text as it was read, from 0. */
  readonly number: number;
  /** Of the text. */
  readonly hash: Hash64;
  /** What it shares with its translations. */
  readonly key: Hash64;
  /** Information in bits, the end included; null where it is not known. */
  readonly bits: number | null;
};

// A row of numbers for each document, by column.
const PIECE = 0;
const START = 1;
const LENGTH = 2;
const NUMBER = 3;
const HASH = 4;
const KEY = 6;
const COLUMNS = 8;

/** For each repetition: the hash of its text, and the key it stood under. */
const REPEAT_COLUMNS = 4;

export class DocumentStore {
  private pieces: (Uint8Array | null)[] = [];
  /** The piece that is being filled, and how far. */
  private filling = -1;
  private filled = 0;
  private rows = new Uint32Array(COLUMNS * 64);
  private information = new Float64Array(64);
  private repeats = new Uint32Array(0);
  private repeatCount = 0;
  /** Documents. */
  count = 0;
  /** Their bytes. */
  bytes = 0;

  add({ bytes, number, hash, key, bits }: StoredDocument): void {
    const { piece, start } = this.room(bytes.length);
    this.pieces[piece]?.set(bytes, start);
    this.rows = roomFor(this.rows, COLUMNS * (this.count + 1));
    this.rows.set(
      [piece, start, bytes.length, number, hash.high, hash.low, key.high, key.low],
      COLUMNS * this.count,
    );
    if (this.information.length <= this.count) {
      const larger = new Float64Array(2 * this.information.length);
      larger.set(this.information);
      this.information = larger;
    }
    this.information[this.count] = bits ?? Number.NaN;
    this.count++;
    this.bytes += bytes.length;
  }

  /** Notes that the text of this hash came again under a key of its own. */
  addRepeat(hash: Hash64, key: Hash64): void {
    this.repeats = roomFor(this.repeats, REPEAT_COLUMNS * (this.repeatCount + 1));
    this.repeats.set([hash.high, hash.low, key.high, key.low], REPEAT_COLUMNS * this.repeatCount++);
  }

  /** Hashes of the texts that came again under a key that `isWanted`, and these keys. */
  repeatsUnder(isWanted: (key: Hash64) => boolean): { texts: HashSet; keys: HashSet } {
    const found = { texts: new HashSet(), keys: new HashSet() };
    for (let row = 0; row < REPEAT_COLUMNS * this.repeatCount; row += REPEAT_COLUMNS) {
      const key = hashAt(this.repeats, row + 2);
      if (!isWanted(key)) continue;
      found.texts.add(hashAt(this.repeats, row));
      found.keys.add(key);
    }
    return found;
  }

  /** A view, not a copy. */
  bytesOf(place: number): Uint8Array {
    const start = this.cell(place, START);
    const piece = this.pieces[this.cell(place, PIECE)];
    if (!piece || place >= this.count) throw new RangeError(`document ${place} of ${this.count}`);
    return piece.subarray(start, start + this.cell(place, LENGTH));
  }

  lengthOf(place: number): number {
    return this.cell(place, LENGTH);
  }

  numberOf(place: number): number {
    return this.cell(place, NUMBER);
  }

  hashOf(place: number): Hash64 {
    return hashAt(this.rows, COLUMNS * place + HASH);
  }

  keyOf(place: number): Hash64 {
    return hashAt(this.rows, COLUMNS * place + KEY);
  }

  bitsOf(place: number): number | null {
    const bits = this.information[place] ?? Number.NaN;
    return Number.isNaN(bits) ? null : bits;
  }

  /** The order of training documents; negative where `a` comes first. */
  compare(a: number, b: number): number {
    return this.cell(a, HASH) - this.cell(b, HASH) || this.cell(a, HASH + 1) - this.cell(b, HASH + 1);
  }

  /** Forgets all documents but these, given by ascending place; what they came after is their new place. */
  keepOnly(places: Uint32Array): void {
    const kept = new DocumentStore();
    let last = -1;
    for (const place of places) {
      const piece = this.cell(place, PIECE);
      kept.add({
        bytes: this.bytesOf(place),
        number: this.numberOf(place),
        hash: this.hashOf(place),
        key: this.keyOf(place),
        bits: this.bitsOf(place),
      });
      // Let go as we pass, so that old and new never lie there whole.
      if (this.lengthOf(place) > LARGE_BYTES) this.pieces[piece] = null;
      else {
        if (last >= 0 && last !== piece) this.pieces[last] = null;
        last = piece;
      }
    }
    this.pieces = kept.pieces;
    this.filling = kept.filling;
    this.filled = kept.filled;
    this.rows = kept.rows;
    this.information = kept.information;
    this.count = kept.count;
    this.bytes = kept.bytes;
  }

  private room(length: number): { piece: number; start: number } {
    if (length > LARGE_BYTES) {
      this.pieces.push(new Uint8Array(length));
      return { piece: this.pieces.length - 1, start: 0 };
    }
    if (this.filling < 0 || this.filled + length > PIECE_BYTES) {
      this.pieces.push(new Uint8Array(PIECE_BYTES));
      this.filling = this.pieces.length - 1;
      this.filled = 0;
    }
    const start = this.filled;
    this.filled += length;
    return { piece: this.filling, start };
  }

  private cell(place: number, column: number): number {
    return this.rows[COLUMNS * place + column] ?? 0;
  }
}

function hashAt(rows: Uint32Array, at: number): Hash64 {
  return { high: rows[at] ?? 0, low: rows[at + 1] ?? 0 };
}

function roomFor(rows: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  if (length <= rows.length) return rows;
  const larger = new Uint32Array(Math.max(2 * rows.length, COLUMNS * 64, length));
  larger.set(rows);
  return larger;
}
