/** A text may be asked for by its hash. */

import type { CorpusSpec } from '../../formats/corpusSpec.ts';

/**
 * Null where the text is the one that the spec asks for, or the spec asks for none; else what to say. `name` is what the text is
 * called, `asker` is where the spec stands.
 */
export function changedText(
  spec: CorpusSpec,
  found: string | null,
  { name, asker }: { readonly name: string; readonly asker: string },
): string | null {
  const asked = 'sha256' in spec ? spec.sha256 : null;
  if (asked === null || asked === found) return null;
  return `the text has changed: ${name} has SHA-256 ${found}, and ${asker} asks for ${asked}; bring the text it was written for, or take the hash out`;
}
