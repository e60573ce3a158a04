/** What a model that knows spelling and little else reaches on a corpus; and how far one text is from another. */

import { Breather } from '../breather.ts';
import type { DocumentList } from './documentList.ts';
import { MAX_ORDER, NgramModel } from './ngram.ts';
import type { PreparedCorpus } from './prepare.ts';

export type NgramScore = {
  /** Of the best order; the end of a document counts as a byte, as everywhere in the lab. */
  readonly bitsPerByte: number;
  /** Bytes of its longest context. */
  readonly order: number;
  /** Bits per byte with contexts of up to 0, 1, … 5 bytes. */
  readonly byOrder: readonly number[];
};

export type NgramReference = NgramScore & {
  /** Bytes it was trained on; fewer than asked for where the text is shorter, or its model would take too much memory. */
  readonly trainedBytes: number;
};

type Cancellable = { readonly signal?: AbortSignal | undefined };

/** How large a model may become, in nodes: see `MAX_NODES`. */
type Bounded = { readonly maxNodes?: number | undefined };

/** How much is measured on: the first bytes, with one for each end of a document; all where nothing is said. */
type Measured = { readonly measuredBytes?: number | undefined };

/**
 * The best Witten–Bell byte n-gram of contexts of up to 5 bytes, trained on the first `trainBytes` of the training text (ends
 * of documents counted, the last document cut where they are reached), measured on the validation documents or on the first
 * `measuredBytes` of them.
 */
export async function referenceBitsPerByte(
  { train, validation }: Pick<PreparedCorpus, 'train' | 'validation'>,
  trainBytes: number = Number.POSITIVE_INFINITY,
  options: Cancellable & Bounded & Measured = {},
): Promise<NgramReference> {
  const model = await trainNgram(train, { ...options, trainBytes });
  const score = await crossEntropy(model, validation, options);
  return { ...score, trainedBytes: model.trainedBytes };
}

/** Trains on the first `trainBytes` of the documents, or on all. Rejects with the signal's reason when aborted. */
export async function trainNgram(
  documents: DocumentList,
  {
    signal,
    maxNodes,
    trainBytes = Number.POSITIVE_INFINITY,
  }: Cancellable & Bounded & { readonly trainBytes?: number } = {},
): Promise<NgramModel> {
  const breather = new Breather(signal);
  const model = new NgramModel(maxNodes);
  for (let index = 0; index < documents.count && !model.isFull; index++) {
    const left = trainBytes - model.trainedBytes;
    if (left <= 0) break;
    if (breather.isDue()) await breather.rest();
    const bytes = documents.bytesOf(index);
    model.add(bytes.subarray(0, left), bytes.length < left);
  }
  return model;
}

/**
 * Bits per byte of documents under a model of other documents. Against what the same documents have under a model of their
 * own language, it says how far the two languages are apart in spelling.
 */
export async function crossEntropy(
  model: NgramModel,
  documents: DocumentList,
  { signal, measuredBytes = Number.POSITIVE_INFINITY }: Cancellable & Measured = {},
): Promise<NgramScore> {
  const breather = new Breather(signal);
  const bits = new Float64Array(MAX_ORDER + 1);
  const contexts = model.begin();
  const measured = Math.min(measuredBytes, documents.bytesWithEnds);
  let left = measured;
  for (let index = 0; left > 0; index++) {
    if (breather.isDue()) await breather.rest();
    const bytes = documents.bytesOf(index);
    model.addInformation(bytes.subarray(0, left), contexts, bits, bytes.length < left);
    left -= bytes.length + 1;
  }
  const byOrder = Array.from(bits, (ofOrder) => ofOrder / measured);
  const bitsPerByte = Math.min(...byOrder);
  return { bitsPerByte, order: byOrder.indexOf(bitsPerByte), byOrder };
}
