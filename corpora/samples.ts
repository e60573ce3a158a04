/**
 * The built-in sample pair, for a first look with no files: short stories in English (rich) and Swahili (poor),
 * one a line, made by a small seeded generator. The same bytes on every machine, some of them at a time.
 */

import { tellEnglish } from './sample/english.ts';
import { type Sentence, StoryTeller } from './sample/stories.ts';
import { tellSwahili } from './sample/swahili.ts';

export type SampleLanguage = 'en' | 'sw';

export type SampleText = {
  readonly name: string;
  /** UTF-8 bytes in chunks; every call begins anew. */
  stream(): AsyncIterable<Uint8Array>;
};

type Sample = {
  readonly seed: number;
  readonly bytes: number;
  readonly tell: (sentence: Sentence) => string;
};

const SAMPLES: Readonly<Record<SampleLanguage, Sample>> = {
  en: { seed: 1, bytes: 600_000, tell: tellEnglish },
  sw: { seed: 2, bytes: 120_000, tell: tellSwahili },
};

const CHUNK_BYTES = 2 ** 16;

/** One text of the pair. It ends with the story that reaches its size. */
export function sampleText(language: SampleLanguage): SampleText {
  return { name: `sample:${language}`, stream: () => bytes(SAMPLES[language]) };
}

/** Swahili as the target, English as the source. */
export function samplePair(): { readonly target: SampleText; readonly source: SampleText } {
  return { target: sampleText('sw'), source: sampleText('en') };
}

async function* bytes({ seed, bytes: size, tell }: Sample): AsyncGenerator<Uint8Array> {
  const teller = new StoryTeller(seed);
  const encoder = new TextEncoder();
  let given = 0;
  let chunk = '';
  while (given + chunk.length < size) {
    chunk += `${teller.story().map(tell).join(' ')}\n`;
    if (chunk.length >= CHUNK_BYTES) {
      const encoded = encoder.encode(chunk);
      given += encoded.length;
      chunk = '';
      yield encoded;
    }
  }
  if (chunk !== '') yield encoder.encode(chunk);
}
