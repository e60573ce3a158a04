/**
 * Training documents that are nearly the same as a validation document: a quotation with another comma, the same news from two
 * agencies. Documents are compared as sets of their 5-byte sequences; alike are two with a Jaccard similarity of 0.8 or
 * more. Candidates are found by MinHash with banding (Broder 1997; Leskovec, Rajaraman, Ullman, Mining of Massive
 * Datasets, chapter 3), and each is then checked exactly: nothing is reported that is not so, and of pairs at the very
 * bound fewer than one in a thousand is missed.
 *
 * They are looked for within one corpus. From the training text of one language to the validation of another only copies and
 * translations are found: this search, the longest part of a preparation, would have to be made once more for every pair.
 */

import { Breather } from '../breather.ts';
import type { DocumentList } from './documentList.ts';
import { BANDS, MinHash } from './minHash.ts';
import { MIN_BYTES, shinglesOf, similarity } from './shingles.ts';

export const NEAR_DUPLICATE_SIMILARITY = 0.8;

/** How many pairs are shown. */
const EXAMPLES = 5;
/** How much of a text is shown. */
const EXAMPLE_CHARACTERS = 200;

export type NearDuplicates = {
  /** Validation documents that have a near-duplicate in training. */
  readonly validationDocuments: number;
  /** Training documents that are one. */
  readonly trainingDocuments: number;
  /** The first pairs in the order of training, at most five; long texts are cut. */
  readonly examples: readonly {
    readonly validation: string;
    readonly training: string;
    readonly similarity: number;
  }[];
};

/**
 * Near-duplicates between two lists, and the indices of those in `train`. A document of fewer than 40 bytes has too few
 * sequences for a share of them to say much; it is a duplicate only where it is the same, and such a one is not in both lists.
 * Rejects with the signal's reason when aborted.
 */
export async function findNearDuplicates(
  train: DocumentList,
  validation: DocumentList,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<{ found: NearDuplicates; trainingIndices: ReadonlySet<number> }> {
  const breather = new Breather(signal);
  const index = new BandIndex(validation.count);
  const minHash = new MinHash();
  for (let at = 0; at < validation.count; at++) {
    if (breather.isDue()) await breather.rest();
    const bytes = validation.bytesOf(at);
    if (bytes.length >= MIN_BYTES) index.add(at, minHash.bandsOf(bytes));
  }

  const shingles = new Map<number, Float64Array>();
  const trainingIndices = new Set<number>();
  const repeated = new Set<number>();
  const examples: NearDuplicates['examples'][number][] = [];
  for (let at = 0; at < train.count; at++) {
    if (breather.isDue()) await breather.rest();
    const bytes = train.bytesOf(at);
    if (bytes.length < MIN_BYTES) continue;
    let own: Float64Array | null = null;
    for (const candidate of index.sharing(minHash.bandsOf(bytes), at)) {
      // A pair of two that are known already says nothing new.
      if (trainingIndices.has(at) && repeated.has(candidate)) continue;
      own ??= shinglesOf(bytes);
      const theirs = shingles.get(candidate) ?? shinglesOf(validation.bytesOf(candidate));
      shingles.set(candidate, theirs);
      const share = similarity(own, theirs, NEAR_DUPLICATE_SIMILARITY);
      if (share === null) continue;
      trainingIndices.add(at);
      repeated.add(candidate);
      if (examples.length < EXAMPLES) {
        examples.push({
          validation: shown(validation.textOf(candidate)),
          training: shown(train.textOf(at)),
          similarity: share,
        });
      }
    }
  }
  return {
    found: { validationDocuments: repeated.size, trainingDocuments: trainingIndices.size, examples },
    trainingIndices,
  };
}

function shown(text: string): string {
  const characters = [...text.slice(0, 2 * EXAMPLE_CHARACTERS)];
  return characters.length > EXAMPLE_CHARACTERS
    ? `${characters.slice(0, EXAMPLE_CHARACTERS).join('')}…`
    : text;
}

/** Documents by their bands: chains in a hash table of fixed size. */
class BandIndex {
  private readonly heads: Int32Array;
  private readonly next: Int32Array;
  private readonly bands: Uint32Array;
  /** For each document, who asked last: each is given once. */
  private readonly asked: Int32Array;

  constructor(documents: number) {
    const entries = BANDS * documents;
    this.heads = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(2, entries)))).fill(-1);
    this.next = new Int32Array(entries);
    this.bands = new Uint32Array(entries);
    this.asked = new Int32Array(documents).fill(-1);
  }

  add(document: number, bands: Uint32Array): void {
    for (const [band, hash] of bands.entries()) {
      const entry = BANDS * document + band;
      const slot = hash & (this.heads.length - 1);
      this.bands[entry] = hash;
      this.next[entry] = this.heads[slot] ?? -1;
      this.heads[slot] = entry;
    }
  }

  /** Documents that share a band, each once for each `asker`. */
  *sharing(bands: Uint32Array, asker: number): Generator<number> {
    for (const hash of bands) {
      let entry = this.heads[hash & (this.heads.length - 1)] ?? -1;
      for (; entry >= 0; entry = this.next[entry] ?? -1) {
        const document = Math.floor(entry / BANDS);
        if (this.bands[entry] !== hash || this.asked[document] === asker) continue;
        this.asked[document] = asker;
        yield document;
      }
    }
  }
}
