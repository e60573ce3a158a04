/** The table of contents at the end of a zip archive (PKWARE's APPNOTE, sections 4.3.12 to 4.3.16), with Zip64. */

import { TextError } from '../errors.ts';
import { type RandomSource, readRange } from './source.ts';

export type ZipEntry = {
  /** With the folders it lies in, parted by `/`. */
  readonly name: string;
  /** 0: as it is; 8: deflate. */
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Where its own header lies in the archive. */
  readonly headerOffset: number;
};

const END_BYTES = 22;
const ZIP64_LOCATOR_BYTES = 20;
const ZIP64_END_BYTES = 56;
const ENTRY_BYTES = 46;
const MAX_COMMENT_BYTES = 2 ** 16 - 1;
const MAX_DIRECTORY_BYTES = 64 * 2 ** 20;

const END_MARK = 0x06054b50;
const ZIP64_LOCATOR_MARK = 0x07064b50;
const ZIP64_END_MARK = 0x06064b50;
const ENTRY_MARK = 0x02014b50;
const ZIP64_FIELD = 1;
/** Every archive begins with the letters PK. */
const ZIP_MARK = [0x50, 0x4b] as const;

/** Stands for a number that is said in a field of 64 bits. */
const NO_32 = 0xffffffff;

/** All entries, folders too, in the order of the archive. Throws {@link TextError} where the end is missing or damaged. */
export async function readDirectory(
  archive: RandomSource,
  signal: AbortSignal | undefined,
): Promise<ZipEntry[]> {
  const { name } = archive;
  const { start, bytes, entries } = await findDirectory(archive, signal);
  if (bytes > MAX_DIRECTORY_BYTES) {
    throw new TextError(
      name,
      'too large',
      `its table of contents is ${bytes} bytes long, and at most ${MAX_DIRECTORY_BYTES} are read; pack fewer files`,
    );
  }
  const view = viewOf(await readRange(archive, start, start + bytes, signal));
  const found: ZipEntry[] = [];
  for (let at = 0; found.length < entries; ) {
    if (at + ENTRY_BYTES > bytes || view.getUint32(at, true) !== ENTRY_MARK) throw damaged(name, start + at);
    const length =
      ENTRY_BYTES +
      view.getUint16(at + 28, true) +
      view.getUint16(at + 30, true) +
      view.getUint16(at + 32, true);
    if (at + length > bytes) throw damaged(name, start + at);
    found.push(entryOf(new DataView(view.buffer, view.byteOffset + at, length)));
    at += length;
  }
  return found;
}

async function findDirectory(
  archive: RandomSource,
  signal: AbortSignal | undefined,
): Promise<{ start: number; bytes: number; entries: number }> {
  const { name, size } = archive;
  const from = Math.max(0, size - END_BYTES - MAX_COMMENT_BYTES);
  const tail = viewOf(await readRange(archive, from, size, signal));
  let at = tail.byteLength - END_BYTES;
  while (at >= 0 && tail.getUint32(at, true) !== END_MARK) at--;
  if (at < 0) {
    await refuseOthers(archive, signal);
    throw new TextError(
      name,
      'truncated',
      `it begins as a zip archive, but the table of contents at its end, byte ${size}, is missing; fetch or save it again`,
      { byte: size, line: null },
    );
  }
  const small = {
    entries: tail.getUint16(at + 10, true),
    bytes: tail.getUint32(at + 12, true),
    start: tail.getUint32(at + 16, true),
  };
  if (tail.getUint16(at + 4, true) !== 0 && tail.getUint16(at + 4, true) !== 0xffff) {
    throw new TextError(name, 'unsupported', 'it is one part of an archive in several files; pack it as one');
  }
  const locatorAt = at - ZIP64_LOCATOR_BYTES;
  if (locatorAt < 0 || tail.getUint32(locatorAt, true) !== ZIP64_LOCATOR_MARK) return checked(small);
  const endAt = uint64(tail, locatorAt + 8);
  if (endAt + ZIP64_END_BYTES > size) throw damaged(name, from + locatorAt);
  const end = viewOf(await readRange(archive, endAt, endAt + ZIP64_END_BYTES, signal));
  if (end.getUint32(0, true) !== ZIP64_END_MARK) throw damaged(name, endAt);
  return checked({ entries: uint64(end, 32), bytes: uint64(end, 40), start: uint64(end, 48) });

  function checked(place: { start: number; bytes: number; entries: number }) {
    const isWithin = place.start + place.bytes <= size && place.entries * ENTRY_BYTES <= place.bytes;
    if (!isWithin) throw damaged(name, from + at);
    return place;
  }
}

/** Throws where there is nothing, or a file that never was an archive: what is missing at its end is not what is wrong with it. */
async function refuseOthers(archive: RandomSource, signal: AbortSignal | undefined): Promise<void> {
  const { name, size } = archive;
  if (size === 0) throw new TextError(name, 'empty', 'this file is empty, 0 bytes; fetch or save it again');
  const [first, second] = await readRange(archive, 0, Math.min(size, ZIP_MARK.length), signal);
  if (first === ZIP_MARK[0] && second === ZIP_MARK[1]) return;
  throw new TextError(
    name,
    'corrupt',
    'this is no zip archive, whatever its name says: it does not begin like one; choose another file',
    { byte: 0, line: null },
  );
}

function entryOf(view: DataView): ZipEntry {
  const nameBytes = view.getUint16(28, true);
  const extraBytes = view.getUint16(30, true);
  const name = new TextDecoder().decode(
    new Uint8Array(view.buffer, view.byteOffset + ENTRY_BYTES, nameBytes),
  );
  // The numbers that do not fit stand in this order in the field for 64 bits, and only those.
  let wide = wideField(view, ENTRY_BYTES + nameBytes, extraBytes);
  const wideOr = (small: number): number => {
    if (small !== NO_32 || wide === null || wide.at + 8 > wide.end) return small;
    const value = uint64(view, wide.at);
    wide = { at: wide.at + 8, end: wide.end };
    return value;
  };
  const bytes = wideOr(view.getUint32(24, true));
  const packedBytes = wideOr(view.getUint32(20, true));
  const headerOffset = wideOr(view.getUint32(42, true));
  return {
    name: name.replaceAll('\\', '/'),
    method: view.getUint16(10, true),
    isEncrypted: (view.getUint16(8, true) & 1) !== 0,
    crc: view.getUint32(16, true),
    packedBytes,
    bytes,
    headerOffset,
  };
}

function wideField(view: DataView, from: number, length: number): { at: number; end: number } | null {
  for (let at = from; at + 4 <= from + length; ) {
    const bytes = view.getUint16(at + 2, true);
    const end = Math.min(at + 4 + bytes, from + length);
    if (view.getUint16(at, true) === ZIP64_FIELD) return { at: at + 4, end };
    at = end;
  }
  return null;
}

function uint64(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

function damaged(name: string, byte: number): TextError {
  return new TextError(
    name,
    'corrupt',
    `its table of contents is damaged at byte ${byte}; fetch or save the archive again`,
    { byte, line: null },
  );
}
