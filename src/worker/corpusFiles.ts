/**
 * Texts as they are kept between visits: tokenised, one folder a text, named by its hash. A picked file cannot be
 * opened again after a reload, so what a fleet trains on has to lie in the store.
 */

import type { Store } from '../store/store.ts';
import type { Corpus } from '../text/corpus/corpus.ts';

const FOLDER = 'corpora';
const FACTS = 'facts.json';
const TRAIN = 'train.u16';
const VALIDATION = 'validation.u16';
/** Raised when the split or the tokens of a text change their meaning; texts of another version are read anew. */
const VERSION = 2;

/** A text as the lab keeps it. */
export type KeptCorpus = {
  readonly corpus: Corpus;
  /** Size of the file. */
  readonly bytes: number;
  readonly sample: boolean;
};

type Facts = {
  version: number;
  bytes: number;
  sample: boolean;
  corpus: Omit<Corpus, 'train' | 'validation'>;
};

/** What a kept text is called in the store: names matter, for they stand in records. */
export function corpusKey({ corpus, sample }: KeptCorpus): string {
  const name = [...new TextEncoder().encode(corpus.name)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
  return `${corpus.sha256.slice(0, 32)}-${sample ? 'sample' : 'file'}-${name.slice(0, 64)}`;
}

/** Keeps a text; the facts come last, so that a text without them is no text. Throws what the store throws. */
export async function keepCorpus(store: Store, kept: KeptCorpus): Promise<string> {
  const key = corpusKey(kept);
  const folder = `${FOLDER}/${key}`;
  if (await findCorpus(store, key)) return key;
  const { train, validation, ...rest } = kept.corpus;
  const facts: Facts = { version: VERSION, bytes: kept.bytes, sample: kept.sample, corpus: rest };
  try {
    await store.write(`${folder}/${TRAIN}`, bytesOf(train));
    await store.write(`${folder}/${VALIDATION}`, bytesOf(validation));
    await store.write(`${folder}/${FACTS}`, new TextEncoder().encode(JSON.stringify(facts)));
  } catch (error) {
    await store.remove(folder).catch(() => {});
    throw error;
  }
  return key;
}

/** The text of that key, or null when it is not there whole, or of another version. */
export async function findCorpus(store: Store, key: string): Promise<KeptCorpus | null> {
  const folder = `${FOLDER}/${key}`;
  const [facts, train, validation] = await Promise.all([
    store.read(`${folder}/${FACTS}`),
    store.read(`${folder}/${TRAIN}`),
    store.read(`${folder}/${VALIDATION}`),
  ]);
  if (!facts || !train || !validation) return null;
  try {
    const { version, bytes, sample, corpus } = JSON.parse(new TextDecoder().decode(facts)) as Facts;
    if (version !== VERSION) return null;
    return { corpus: { ...corpus, train: tokensOf(train), validation: tokensOf(validation) }, bytes, sample };
  } catch {
    // Facts that are empty or torn, or tokens of an odd number of bytes: nobody finished writing them.
    return null;
  }
}

/** Removes every text that is not among `keys`. */
export async function forgetOthers(store: Store, keys: ReadonlySet<string>): Promise<void> {
  const kept = new Set((await store.list(FOLDER)).map((path) => path.split('/')[1] ?? ''));
  for (const key of kept) if (!keys.has(key)) await store.remove(`${FOLDER}/${key}`);
}

function bytesOf(tokens: Uint16Array): Uint8Array {
  return new Uint8Array(tokens.buffer, tokens.byteOffset, tokens.byteLength);
}

/** The store gives bytes at any offset; 16-bit numbers must begin at an even one. */
function tokensOf(bytes: Uint8Array): Uint16Array {
  return new Uint16Array(bytes.slice().buffer);
}
