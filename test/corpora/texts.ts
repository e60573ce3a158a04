/** Worlds as tests want them: so many documents, or so many bytes. */

import type { Language } from '../../corpora/languages/language.ts';
import { LANGUAGES, type LanguageCode } from '../../corpora/languages/languages.ts';
import { type WorldDocument, type WorldOptions, worldDocuments } from '../../corpora/world/world.ts';

export const CODES = Object.keys(LANGUAGES) as LanguageCode[];

export const WORLD: WorldOptions = { language: 'en', distance: 0, noise: 0, seed: 1, stories: 'own' };

export function documentsOf(options: Partial<WorldOptions>, count: number): WorldDocument[] {
  const documents: WorldDocument[] = [];
  for (const document of worldDocuments({ ...WORLD, ...options })) {
    if (documents.length === count) break;
    documents.push(document);
  }
  return documents;
}

/** Documents of at least so many bytes together, their ends included. */
export function documentsOfSize(options: Partial<WorldOptions>, bytes: number): WorldDocument[] {
  const documents: WorldDocument[] = [];
  let told = 0;
  for (const document of worldDocuments({ ...WORLD, ...options })) {
    if (told >= bytes) break;
    documents.push(document);
    told += Buffer.byteLength(document.text) + 1;
  }
  return documents;
}

/** One document a line. */
export function textOf(documents: readonly WorldDocument[]): string {
  return documents.map(({ text }) => `${text}\n`).join('');
}

/** Bits per byte of documents that know their information. */
export function floorOf(documents: readonly WorldDocument[]): number {
  const bits = documents.reduce((sum, document) => sum + (document.bits ?? Number.NaN), 0);
  return bits / Buffer.byteLength(textOf(documents));
}

export function nameOf(code: LanguageCode): string {
  const language: Language = LANGUAGES[code];
  return language.englishName;
}
