/** The end of a parquet file: what columns it has, and where the pages of one of them lie. */

import { type FileMetaData, parquetMetadata, parquetSchema, type SchemaTree } from 'hyparquet';
import { TextError } from '../errors.ts';
import { chooseColumn } from './column.ts';
import { concatenated } from './concatenated.ts';
import { type RandomSource, readRange } from './source.ts';

/** Length of the footer and the mark, which end the file. */
const END_BYTES = 8;
const LEAST_BYTES = 4 + END_BYTES;

/** Read from the end in the first request; most footers are within. */
const FIRST_READ_BYTES = 2 ** 16;

const MAX_FOOTER_BYTES = 256 * 2 ** 20;

/** A column's share of a row group: bytes `start` … `end − 1` of the file. */
export type Chunk = {
  readonly start: number;
  readonly end: number;
  readonly rows: number;
  readonly codec: string;
};

export type TextColumn = {
  readonly column: string;
  /** The schema from its root to the column. */
  readonly schemaPath: SchemaTree[];
  /** In file order. */
  readonly chunks: readonly Chunk[];
};

/** Finds the column of text. Throws {@link TextError} where the file is no parquet file or has no such column. */
export async function readFooter(
  source: RandomSource,
  wanted: string | null,
  signal: AbortSignal | undefined,
): Promise<TextColumn> {
  const { name } = source;
  const metadata = parsed(name, await footer(source, signal));
  const root = parquetSchema(metadata);
  const columns = root.children.map((child) => child.element.name);
  const isTextual = (child: SchemaTree) => isText(child) || (isBytes(child) && child.element.name === wanted);
  const textual = root.children.filter(isTextual).map((child) => child.element.name);
  const column = chooseColumn(name, wanted, columns, textual);
  const schemaPath = [root, ...root.children.filter((child) => child.element.name === column)].slice(0, 2);
  return { column, schemaPath, chunks: chunksOf(name, metadata, column) };
}

/** A flat column marked as text. */
function isText({ element, children }: SchemaTree): boolean {
  const { type, converted_type, logical_type, repetition_type } = element;
  const isMarked = converted_type === 'UTF8' || logical_type?.type === 'STRING';
  return type === 'BYTE_ARRAY' && isMarked && children.length === 0 && repetition_type !== 'REPEATED';
}

/** Old writers leave the mark away; such a column is text where a person says so. */
function isBytes({ element, children }: SchemaTree): boolean {
  const { type, converted_type, logical_type, repetition_type } = element;
  const isBare = converted_type === undefined && logical_type === undefined;
  return type === 'BYTE_ARRAY' && isBare && children.length === 0 && repetition_type !== 'REPEATED';
}

async function footer(source: RandomSource, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const { name, size } = source;
  if (size < LEAST_BYTES) throw cutOff(name, size);
  const from = Math.max(0, size - FIRST_READ_BYTES);
  const end = await readRange(source, from, size, signal);
  const view = new DataView(end.buffer, end.byteOffset, end.length);
  const mark = String.fromCharCode(...end.subarray(-4));
  if (mark === 'PARE') {
    throw new TextError(
      name,
      'encrypted',
      'this parquet file is encrypted; write it again without encryption',
    );
  }
  if (mark !== 'PAR1') throw cutOff(name, size);
  const length = view.getUint32(end.length - END_BYTES, true) + END_BYTES;
  if (length > size)
    throw damaged(name, `its footer should be ${length} bytes long, and the file is ${size}`);
  if (length > MAX_FOOTER_BYTES) {
    throw new TextError(
      name,
      'too large',
      `its footer is ${length} bytes long, and at most ${MAX_FOOTER_BYTES} are read; write the file with larger row groups`,
    );
  }
  if (length <= end.length) return end.subarray(-length);
  const before = await readRange(source, size - length, from, signal);
  return concatenated([before, end], length);
}

function parsed(name: string, bytes: Uint8Array): FileMetaData {
  try {
    return parquetMetadata(bytes, { geoparquet: false });
  } catch (error) {
    throw damaged(name, error instanceof Error ? error.message : String(error));
  }
}

function chunksOf(name: string, metadata: FileMetaData, column: string): Chunk[] {
  return metadata.row_groups.map((group) => {
    const chunk = group.columns.find(({ meta_data }) => meta_data?.path_in_schema.join('\0') === column);
    const facts = chunk?.meta_data;
    if (!chunk || !facts) {
      const isEncrypted = group.columns.some((other) => other.crypto_metadata !== undefined);
      if (!isEncrypted) throw damaged(name, `a row group lacks the column ${JSON.stringify(column)}`);
      throw new TextError(
        name,
        'encrypted',
        `the column ${JSON.stringify(column)} is encrypted; write it plain`,
      );
    }
    if (chunk.file_path) {
      throw new TextError(
        name,
        'unsupported',
        `its column ${JSON.stringify(column)} lies in another file, ${chunk.file_path}; give that one`,
      );
    }
    const data = Number(facts.data_page_offset);
    const dictionary = Number(facts.dictionary_page_offset ?? 0);
    const start = dictionary > 0 ? Math.min(dictionary, data) : data;
    const end = start + Number(facts.total_compressed_size);
    return { start, end, rows: Number(group.num_rows), codec: facts.codec };
  });
}

function cutOff(name: string, size: number): TextError {
  return new TextError(
    name,
    'truncated',
    `it begins as a parquet file, but its end, at byte ${size}, is missing; fetch or save it again`,
    { byte: size, line: null },
  );
}

function damaged(name: string, why: string): TextError {
  return new TextError(name, 'corrupt', `its parquet footer is damaged (${why}); fetch or save it again`);
}
