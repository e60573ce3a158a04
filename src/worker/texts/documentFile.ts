/**
 * A list of documents as one file: how many there are, for each its information where that is known, its length and key, then
 * all texts in UTF-8. Numbers are little-endian, as on every device that has WebGPU.
 */

import { documentHash } from '../../text/corpus/documentHash.ts';
import { DocumentList } from '../../text/corpus/documentList.ts';
import { DocumentStore } from '../../text/corpus/documentStore.ts';

/** Count of documents, and whether their information stands there: 8 bytes, so that the doubles behind them are aligned. */
const HEAD_NUMBERS = 2;
/** Length, and both halves of the key. */
const COLUMNS = 3;

/** The bytes that {@link readDocumentFile} reads back. */
export function documentFile(documents: DocumentList): Uint8Array {
  const { count } = documents;
  const known = documents.bits === null ? 0 : count;
  const layout = layoutOf(count, known);
  const file = new Uint8Array(layout.texts + documents.bytes);
  new Uint32Array(file.buffer, 0, HEAD_NUMBERS).set([count, known]);
  const bits = new Float64Array(file.buffer, layout.bits, known);
  const rows = new Uint32Array(file.buffer, layout.rows, COLUMNS * count);
  let at = layout.texts;
  for (let index = 0; index < count; index++) {
    const bytes = documents.bytesOf(index);
    const { high, low } = documents.keyOf(index);
    rows.set([bytes.length, high, low], COLUMNS * index);
    if (known > 0) bits[index] = documents.bitsOf(index) ?? Number.NaN;
    file.set(bytes, at);
    at += bytes.length;
  }
  return file;
}

/** The documents of a file; null where it is torn. */
export function readDocumentFile(given: Uint8Array): DocumentList | null {
  // The store gives bytes at any offset; numbers must begin at an even one.
  const file = given.byteOffset % 8 === 0 ? given : given.slice();
  if (file.length < 4 * HEAD_NUMBERS) return null;
  const [count = 0, known = 0] = new Uint32Array(file.buffer, file.byteOffset, HEAD_NUMBERS);
  const layout = layoutOf(count, known);
  if (file.length < layout.texts || (known !== 0 && known !== count)) return null;
  const bits = new Float64Array(file.buffer, file.byteOffset + layout.bits, known);
  const rows = new Uint32Array(file.buffer, file.byteOffset + layout.rows, COLUMNS * count);
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  const store = new DocumentStore();
  let at = layout.texts;
  for (let index = 0; index < count; index++) {
    const [length = 0, high = 0, low = 0] = rows.subarray(COLUMNS * index, COLUMNS * (index + 1));
    const bytes = file.subarray(at, at + length);
    const hash = documentHash(utf8.decode(bytes));
    store.add({ bytes, number: index, hash, key: { high, low }, bits: bits[index] ?? null });
    at += length;
  }
  if (at !== file.length) return null;
  return new DocumentList(
    store,
    Uint32Array.from({ length: count }, (_, place) => place),
  );
}

/** Where each part begins, in bytes. */
function layoutOf(count: number, known: number): { bits: number; rows: number; texts: number } {
  const bits = 4 * HEAD_NUMBERS;
  const rows = bits + 8 * known;
  return { bits, rows, texts: rows + 4 * COLUMNS * count };
}
