/** A model beside those that are kept already: whether it is one of them, how it is told from them, and where it comes to lie. */

import type { ModelNote } from '../../formats/modelNote.ts';
import { MODELS, type ModelPlace } from './modelFolder.ts';

/** The one of the same fingerprint; null where there is none, or it is not known. */
export function sameAmong(kept: readonly ModelPlace[], fingerprint: string | null): ModelPlace | null {
  if (fingerprint === null) return null;
  return kept.find(({ note }) => note?.fingerprint === fingerprint) ?? null;
}

/** The name, or the same with the first number that no other has: `tiny (2)`. */
export function freeName(name: string, kept: readonly Pick<ModelPlace, 'name'>[]): string {
  const taken = new Set(kept.map((model) => model.name));
  if (!taken.has(name)) return name;
  for (let number = 2; ; number++) {
    const numbered = `${name} (${number})`;
    if (!taken.has(numbered)) return numbered;
  }
}

/** Of one that is about to be kept. */
export function newFolder(): string {
  return `${MODELS}/${crypto.randomUUID()}`;
}

export function noteOf(about: Omit<ModelNote, 'version' | 'at'>): ModelNote {
  return { version: 1, ...about, at: Date.now() };
}
