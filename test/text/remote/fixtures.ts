/** Texts and files to be served: the same ones each time. */

import { parquetWriteBuffer } from 'hyparquet-writer';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { HubSpec, WebSpec } from '../../../src/formats/corpusSpec.ts';
import { parseCorpusSpec } from '../../../src/formats/corpusSpec.ts';
import type { RawDocument } from '../../../src/text/document.ts';

/** Documents of about `characters` letters that no packing makes much smaller; some with line breaks and other scripts. */
export function texts(count: number, characters: number, seed = 1): string[] {
  const random = xoroshiro128plus(seed);
  const letters = 'abcdefghijklmnopqrstuvwxyz      ';
  return Array.from({ length: count }, (_, document) => {
    let text = document % 3 === 0 ? `ደብዳቤ ${document}\n\n` : `letter ${document}: `;
    for (let i = 0; i < characters; i++) text += letters[uniformInt(random, 0, letters.length - 1)];
    return text;
  });
}

/** A parquet file with the columns `id`, `text` and `extra`; the last is as large as the text. */
export function parquet(documents: readonly string[], rowGroupSize: number): Uint8Array {
  const extra = documents.map((text) => [...text].reverse().join(''));
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'id', data: documents.map((_, i) => String(i)), type: 'STRING' },
        { name: 'extra', data: extra, type: 'STRING' },
        { name: 'text', data: [...documents], type: 'STRING' },
      ],
      rowGroupSize,
      codec: 'UNCOMPRESSED',
    }),
  );
}

export function remoteSpec(text: string): WebSpec | HubSpec {
  const spec = parseCorpusSpec(text);
  if (spec.scheme !== 'https' && spec.scheme !== 'hf')
    throw new Error(`${text} is no spec of a corpus elsewhere`);
  return spec;
}

export async function textsOf(documents: AsyncIterable<RawDocument>): Promise<string[]> {
  const found: string[] = [];
  for await (const { text } of documents) found.push(text);
  return found;
}

export function utf8(text: string): number {
  return new TextEncoder().encode(text).length;
}
