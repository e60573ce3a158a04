/** The texts that the page's tests pick: small ones, so that the last measurement on every held-out document is short. */

import { parseCorpusSpec } from '../../src/formats/corpusSpec.ts';
import { documentsOfWorld } from '../../src/text/worldDocuments.ts';

export type PickedFile = { name: string; mimeType: string; buffer: Buffer };

/** The first stories of a language, a story a line, at most `bytes` long, as a file to pick. */
export async function textFile(language: 'sw' | 'en', name: string, bytes: number): Promise<PickedFile> {
  const world = parseCorpusSpec(`world:${language}?bytes=${bytes}`);
  if (world.scheme !== 'world') throw new RangeError(language);
  let text = '';
  for await (const document of documentsOfWorld(world)) text += `${document.text.replaceAll('\n', ' ')}\n`;
  const whole = Buffer.from(text).subarray(0, bytes);
  return file(name, whole.subarray(0, whole.lastIndexOf('\n') + 1));
}

export function file(name: string, content: Uint8Array | string): PickedFile {
  return { name, mimeType: 'text/plain', buffer: Buffer.from(content) };
}
