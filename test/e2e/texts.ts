/** The texts that the page's tests pick: small ones, so that the last measurement on every held-out document is short. */

import { type SampleLanguage, sampleText } from '../../corpora/samples.ts';

export type PickedFile = { name: string; mimeType: string; buffer: Buffer };

/** The first whole lines of a built-in text, at most `bytes` long, as a file to pick. */
export async function textFile(language: SampleLanguage, name: string, bytes: number): Promise<PickedFile> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of sampleText(language).stream()) {
    parts.push(chunk);
    length += chunk.length;
    if (length >= bytes) break;
  }
  const whole = Buffer.concat(parts).subarray(0, bytes);
  return file(name, whole.subarray(0, whole.lastIndexOf('\n') + 1));
}

export function file(name: string, content: Uint8Array | string): PickedFile {
  return { name, mimeType: 'text/plain', buffer: Buffer.from(content) };
}
