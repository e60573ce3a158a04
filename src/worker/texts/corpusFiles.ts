/**
 * Texts as they are kept between visits: prepared, and not yet tokenised, so that a tokenizer can still be chosen; one folder a
 * text. A picked file cannot be opened again after a reload, so what a fleet trains on has to lie in the store.
 */

import { hash64, hexOf } from '../../formats/hash.ts';
import type { Store } from '../../store/store.ts';
import { HashSet } from '../../text/corpus/documentHash.ts';
import type { DocumentList } from '../../text/corpus/documentList.ts';
import type { PreparedCorpus } from '../../text/corpus/prepare.ts';
import type { TextStatistics } from '../../text/corpus/statistics.ts';
import { documentFile, readDocumentFile } from './documentFile.ts';

export const CORPORA = 'corpora';
const FACTS = 'facts.json';
const TRAIN = 'train.documents';
const VALIDATION = 'validation.documents';
/** Raised when what is kept of a text changes its meaning; texts of another version are read anew. */
const VERSION = 4;
/** Digits of each part of a key. */
const HASH_DIGITS = 32;

/** A text as the lab keeps it. */
export type KeptText = {
  readonly prepared: PreparedCorpus;
  /** As configs and records name it. */
  readonly spec: string;
  /** Of the training documents. */
  readonly statistics: TextStatistics;
  /** Indices of training documents that are nearly a validation document; they are in the list until they are to be dropped. */
  readonly nearDuplicates: readonly number[];
};

type Facts = Omit<KeptText, 'prepared'> & {
  version: number;
  prepared: Omit<PreparedCorpus, 'train' | 'validation' | 'validationKeys'>;
};

/** What a kept text is called in the store: names matter, for they stand in records. */
export function textKey({ prepared, spec }: KeptText): string {
  return `${prepared.sha256.slice(0, HASH_DIGITS)}-${hexOf(hash64(spec))}`;
}

/** Keeps a text; the facts come last, so that a text without them is no text. Throws what the store throws. */
export async function keepText(store: Store, kept: KeptText): Promise<string> {
  const key = textKey(kept);
  const folder = `${CORPORA}/${key}`;
  if (await isKept(store, key)) return key;
  const { prepared: whole, ...rest } = kept;
  const { train, validation, validationKeys: _, ...prepared } = whole;
  const facts: Facts = { version: VERSION, ...rest, prepared };
  try {
    await store.write(`${folder}/${TRAIN}`, documentFile(train));
    await store.write(`${folder}/${VALIDATION}`, documentFile(validation));
    await store.write(`${folder}/${FACTS}`, new TextEncoder().encode(JSON.stringify(facts)));
  } catch (error) {
    await store.remove(folder).catch(() => {});
    throw error;
  }
  return key;
}

/** The text of that key, or null when it is not there whole, or of another version. */
export async function findText(store: Store, key: string): Promise<KeptText | null> {
  const facts = await readFacts(store, key);
  if (!facts) return null;
  const train = await readDocuments(store, `${CORPORA}/${key}/${TRAIN}`);
  const validation = await readDocuments(store, `${CORPORA}/${key}/${VALIDATION}`);
  if (!train || !validation) return null;
  const validationKeys = new HashSet();
  for (let index = 0; index < validation.count; index++) {
    validationKeys.add(validation.keyOf(index));
    validationKeys.add(validation.hashOf(index));
  }
  const { version: _, prepared, ...rest } = facts;
  return { ...rest, prepared: { ...prepared, train, validation, validationKeys } };
}

/** What there is to say of every text that is kept whole, without reading it. */
export async function listTexts(
  store: Store,
): Promise<{ readonly key: string; readonly spec: string; readonly sha256: string }[]> {
  const keys = new Set((await store.list(CORPORA)).map((path) => path.split('/')[1] ?? ''));
  const found = await Promise.all(
    [...keys].map(async (key) => {
      const facts = await readFacts(store, key);
      return facts ? [{ key, spec: facts.spec, sha256: facts.prepared.sha256 }] : [];
    }),
  );
  return found.flat();
}

/** Whether the text lies there whole; each file is written all or nothing, and the facts last. */
async function isKept(store: Store, key: string): Promise<boolean> {
  const paths = await store.list(`${CORPORA}/${key}`);
  const names = paths.map((path) => path.split('/').at(-1));
  return names.includes(TRAIN) && names.includes(VALIDATION) && (await readFacts(store, key)) !== null;
}

/** Null where there are none, nobody finished writing them, or another version of the lab wrote them. */
async function readFacts(store: Store, key: string): Promise<Facts | null> {
  const bytes = await store.read(`${CORPORA}/${key}/${FACTS}`);
  if (!bytes) return null;
  try {
    const facts = JSON.parse(new TextDecoder().decode(bytes)) as Facts;
    return facts.version === VERSION ? facts : null;
  } catch {
    return null;
  }
}

async function readDocuments(store: Store, path: string): Promise<DocumentList | null> {
  const bytes = await store.read(path);
  return bytes && readDocumentFile(bytes);
}
