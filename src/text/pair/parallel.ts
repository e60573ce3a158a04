/** Two texts of which the n-th documents translate each other. */

import { type CorpusSpec, REMOTE_BYTES } from '../../formats/corpusSpec.ts';
import type { PreparedCorpus } from '../corpus/prepare.ts';

/**
 * A spec as parallel texts are read. Plain text holds a document a line unless the spec says otherwise: where blank lines parted the
 * documents of one file and not of the other, the n-th documents would not be each other's translation. A blank line is a document
 * that is empty, and keeps its place.
 */
export function inParallel(spec: CorpusSpec): CorpusSpec {
  return spec.scheme !== 'world' && spec.documents === 'auto' ? { ...spec, documents: 'line' } : spec;
}

export type ParallelText = {
  readonly spec: CorpusSpec;
  readonly prepared: Pick<PreparedCorpus, 'name' | 'places'>;
};

/**
 * Why two texts cannot be parallel, or null: a line too many moves all that follow, and then what is trained on translates what is
 * validated on. Texts that know their meanings need not be as long as each other.
 */
export function unequalPlaces(target: ParallelText, source: ParallelText): string | null {
  const [ofTarget, ofSource] = [target.prepared.places, source.prepared.places];
  if (ofTarget === null || ofSource === null || ofTarget === ofSource) return null;
  const count = (documents: number) => `${documents.toLocaleString('en')} documents`;
  const words = `the texts are not parallel: ${target.prepared.name} has ${count(ofTarget)} and ${source.prepared.name} ${count(ofSource)}, blank lines counted, and the n-th is to translate the n-th`;
  const cut = [target, source].filter(({ spec }) => limitOf(spec) !== null);
  if (cut.length === 0) return `${words}; bring files of as many documents, or leave parallel out`;
  const limits = cut.map(
    ({ spec, prepared }) => `${(limitOf(spec) ?? 0).toLocaleString('en')} bytes of ${prepared.name}`,
  );
  return `${words}; no more than ${limits.join(' and ')} are taken, from the beginning: say in the spec, with bytes=, that all of it is, or leave parallel out`;
}

/** Bytes with which reading ends, whatever is left; null where a text is read to its end. A sample of a file is drawn from all of it. */
function limitOf(spec: CorpusSpec): number | null {
  if (spec.scheme === 'file') return null;
  return spec.scheme === 'world' ? spec.bytes : (spec.bytes ?? REMOTE_BYTES);
}
