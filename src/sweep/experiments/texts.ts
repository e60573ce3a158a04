/** Texts by their specs: which are the same, and which of them runs are about. */

import { formatCorpusSpec, parseCorpusSpec, recordedSpec } from '../../formats/corpusSpec.ts';
import type { ManifestRun } from '../../formats/manifest.ts';
import type { Texts } from './settings.ts';

/** The same text, whether its hash is known or not, wherever its file lies. */
export function isSameText(read: string, asked: string): boolean {
  return read !== '' && nameOf(read) === nameOf(asked);
}

function nameOf(text: string): string {
  const spec = parseCorpusSpec(text);
  return recordedSpec(formatCorpusSpec(spec.scheme === 'world' ? spec : { ...spec, sha256: null }), null);
}

/**
 * The texts that a manifest is about, where nobody says them: `usual` where it names no others, else what most of its runs read as target
 * and source. Of the other sources the one with more runs is the control, the next the control in another script; another target is the
 * noisy one.
 */
export function textsOf(lines: readonly ManifestRun[], usual: Texts): Texts {
  const targets = byRuns(lines.map(({ config }) => config.corpora.target));
  const sources = byRuns(lines.flatMap(({ config }) => config.corpora.source ?? []));
  const known = [usual.target, usual.noisy, usual.source, usual.control, usual.otherScript];
  const isUsual = (text: string) => known.some((one) => one && isSameText(text, one));
  const [target, noisy = null] = targets;
  const [source, control = null, otherScript = null] = sources;
  if (!target || !source || [...targets, ...sources].every(isUsual)) return usual;
  return { target, source, control, otherScript, noisy };
}

/** Each text once, that of most runs first; of equals the one that was named first. */
function byRuns(texts: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const text of texts.map(nameOf)) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([text]) => text);
}
