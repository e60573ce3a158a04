/**
 * One text column of a parquet file → documents. Only that column's bytes are read, page after page, so that a file
 * of one large row group needs no more memory than one of many small ones.
 */

import type { Compressors, DecodedArray, PageHeader } from 'hyparquet';
import { parquetHeader, readPage } from 'hyparquet/src/column.js';
import { convert, DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { compressors } from 'hyparquet-compressors';
import { TextError } from '../errors.ts';
import { concatenated } from './concatenated.ts';
import { type Chunk, readFooter, type TextColumn } from './parquetFooter.ts';
import { type RandomSource, readRange } from './source.ts';

/** Asked for at once: a request is worth its way, and a few documents need no more. */
const READ_BYTES = 2 * 2 ** 20;

/** Writers make pages of about 1 MiB. */
const MAX_PAGE_BYTES = 256 * 2 ** 20;
const MAX_PAGE_ROWS = 2 ** 24;
/** A page's header may hold the least and the greatest of its texts. */
const MAX_HEADER_BYTES = 16 * 2 ** 20;

type ColumnDecoder = Parameters<typeof readPage>[2];

/**
 * The column's texts in file order, '' for a null. Throws {@link TextError} where the file is cut off, damaged or
 * packed in a way that is not read, where a text is not UTF-8, and where there is no such column of text.
 */
export async function* parquetTexts(
  source: RandomSource,
  wanted: string | null,
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  const found = await readFooter(source, wanted, signal);
  let before = 0;
  for (const chunk of found.chunks) {
    const decoder = decoderOf(source.name, found, chunk);
    yield* chunkTexts(source, decoder, chunk, before, signal);
    before += chunk.rows;
  }
}

async function* chunkTexts(
  source: RandomSource,
  decoder: ColumnDecoder,
  chunk: Chunk,
  rowsBefore: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  const window = new Window(source, chunk, signal);
  let dictionary: DecodedArray | undefined;
  for (let row = 0; row < chunk.rows; ) {
    const header = await headerOf(window);
    const { type } = header;
    const packed = header.compressed_page_size;
    const facts = header.data_page_header ?? header.data_page_header_v2;
    const rows = facts?.num_values ?? 0;
    if (Math.max(packed, header.uncompressed_page_size) > MAX_PAGE_BYTES || rows > MAX_PAGE_ROWS) {
      throw new TextError(
        source.name,
        'too large',
        `a page of ${rows} rows unfolds to ${header.uncompressed_page_size} bytes, and at most ${MAX_PAGE_BYTES / 2 ** 20} MiB and ${MAX_PAGE_ROWS} rows are unpacked at once; write the file with pages of about 1 MiB`,
        { byte: window.position, line: null },
      );
    }
    if (!(packed >= 0) || rows > chunk.rows - row) throw window.damaged('a page is longer than its column');
    await window.need(packed);
    const first = rowsBefore + row;
    const page = { from: first, to: first + rows - 1, header, dictionary };
    const values = decoded(window, decoder, page);
    if (type === 'DICTIONARY_PAGE') dictionary = values;
    if (type !== 'DATA_PAGE' && type !== 'DATA_PAGE_V2') continue;
    if (values.length !== rows || rows < 1)
      throw window.damaged(`a page of ${rows} rows holds ${values.length}`);
    for (const value of values) yield typeof value === 'string' ? value : '';
    row += rows;
  }
}

type Page = {
  readonly from: number;
  readonly to: number;
  readonly header: PageHeader;
  readonly dictionary: DecodedArray | undefined;
};

function decoded(window: Window, decoder: ColumnDecoder, page: Page): DecodedArray {
  const { type } = page.header;
  const next = window.offset + page.header.compressed_page_size;
  try {
    if (type !== 'DATA_PAGE' && type !== 'DATA_PAGE_V2' && type !== 'DICTIONARY_PAGE') return [];
    const { data } = readPage(window, page.header, decoder, page.dictionary, undefined, 0);
    return type === 'DICTIONARY_PAGE' ? convert(data ?? [], decoder) : (data ?? []);
  } catch (error) {
    if (!(error instanceof NotUtf8))
      throw window.damaged(error instanceof Error ? error.message : String(error));
    const place = type === 'DICTIONARY_PAGE' ? 'in its dictionary' : `in rows ${page.from} to ${page.to}`;
    throw new TextError(
      window.source.name,
      'not UTF-8',
      `a text of the column ${JSON.stringify(decoder.pathInSchema.join('.'))}, ${place} (counted from 0), is not UTF-8; write the file again with UTF-8 text`,
    );
  } finally {
    window.offset = next;
  }
}

/** The part of a chunk that is in memory, and where the next page begins in it; a reader as hyparquet wants it. */
class Window {
  view: DataView<ArrayBuffer> = new DataView(new ArrayBuffer(0));
  offset = 0;
  readonly source: RandomSource;
  private readonly chunk: Chunk;
  private readonly signal: AbortSignal | undefined;
  /** Where in the file the window begins. */
  private start: number;

  constructor(source: RandomSource, chunk: Chunk, signal: AbortSignal | undefined) {
    this.source = source;
    this.chunk = chunk;
    this.signal = signal;
    this.start = chunk.start;
  }

  /** Where in the file the next page begins. */
  get position(): number {
    return this.start + this.offset;
  }

  get ahead(): number {
    return this.view.byteLength - this.offset;
  }

  /** Bytes of the chunk from here on, read or not. */
  get remaining(): number {
    return this.chunk.end - this.position;
  }

  get isAtEnd(): boolean {
    return this.ahead >= this.remaining;
  }

  /** Reads on until so many bytes lie ahead. Throws {@link TextError} where the chunk has fewer. */
  async need(bytes: number): Promise<void> {
    if (this.ahead >= bytes) return;
    const from = this.start + this.view.byteLength;
    if (bytes > this.remaining) throw this.damaged('a page goes beyond its column');
    const to = Math.min(this.chunk.end, Math.max(this.position + bytes, from + READ_BYTES));
    const more = await readRange(this.source, from, to, this.signal);
    const rest = new Uint8Array(this.view.buffer, this.view.byteOffset + this.offset, this.ahead);
    const whole = concatenated([rest, more], rest.length + more.length);
    this.start = this.position;
    this.offset = 0;
    this.view = new DataView(whole.buffer);
  }

  damaged(why: string): TextError {
    return new TextError(
      this.source.name,
      'corrupt',
      `its parquet page at byte ${this.position} is damaged (${why}); fetch or save it again`,
      { byte: this.position, line: null },
    );
  }
}

/** A header says its length by its end alone: it is read again with more bytes for as long as they do not suffice. */
async function headerOf(window: Window): Promise<PageHeader> {
  for (let bytes = 1; ; bytes = 2 * window.ahead) {
    await window.need(window.isAtEnd ? Math.max(1, window.ahead) : Math.min(bytes, window.remaining));
    const { offset } = window;
    try {
      return parquetHeader(window);
    } catch (error) {
      window.offset = offset;
      const why = error instanceof Error ? error.message : String(error);
      if (window.isAtEnd || window.ahead > MAX_HEADER_BYTES) throw window.damaged(why);
    }
  }
}

class NotUtf8 extends Error {}

function decoderOf(name: string, { column, schemaPath }: TextColumn, { codec }: Chunk): ColumnDecoder {
  const known: Compressors = compressors;
  if (codec !== 'UNCOMPRESSED' && !(codec in known)) {
    throw new TextError(
      name,
      'unsupported',
      `its column ${JSON.stringify(column)} is packed with ${codec}, which is not read; write it with zstd, snappy or gzip`,
    );
  }
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const stringFromBytes = (bytes: Uint8Array | undefined): string | undefined => {
    try {
      return bytes && utf8.decode(bytes);
    } catch {
      throw new NotUtf8();
    }
  };
  const element = schemaPath.at(-1)?.element;
  if (element?.type === undefined) throw new TextError(name, 'corrupt', 'its parquet schema is damaged');
  return {
    pathInSchema: [column],
    type: element.type,
    element,
    schemaPath,
    codec: codec as keyof Compressors,
    compressors: known,
    parsers: { ...DEFAULT_PARSERS, stringFromBytes },
  };
}
