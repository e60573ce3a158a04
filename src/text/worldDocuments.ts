/** The built-in world as a corpus: stories until so many bytes are told. */

import { worldDocuments } from '../../corpora/world/world.ts';
import type { WorldSpec } from '../formats/corpusSpec.ts';
import type { RawDocument } from './document.ts';

/** Stories are told in pieces of this many, so that whoever waits for them may do something else in between. */
const STORIES_A_PIECE = 64;

/** The documents of a spec; the last is the one that reaches its size. An end of document counts as one byte. */
export async function* documentsOfWorld(spec: WorldSpec): AsyncGenerator<RawDocument> {
  const encoder = new TextEncoder();
  let bytes = 0;
  let stories = 0;
  for (const document of worldDocuments(spec)) {
    yield document;
    bytes += encoder.encode(document.text).length + 1;
    if (bytes >= spec.bytes) return;
    if (++stories % STORIES_A_PIECE === 0) await Promise.resolve();
  }
}
