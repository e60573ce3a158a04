/** Which languages a model was trained on, as far as its corpora say so. */

import type { CorporaConfig } from '../../formats/config.ts';
import { parseCorpusSpec } from '../../formats/corpusSpec.ts';

/** ISO 639-1 codes, target first. Only the built-in world says its language; one that is constructed has no code. */
export function languagesOf({ target, source }: CorporaConfig): string[] {
  const languages = [target, source].flatMap((text) => {
    const spec = text === null ? null : parseCorpusSpec(text);
    return spec?.scheme === 'world' && spec.distance === 0 ? [spec.language] : [];
  });
  return [...new Set(languages)];
}
