/** What a model that knows spelling and little else reaches on a corpus; and how far one text is from another. */

import { Breather } from './breather.ts';
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

/**
 * The best Witten–Bell byte n-gram of contexts of up to 5 bytes, trained on the first `trainBytes` of the training text (ends
 * of documents counted, the last document cut where they are reached), measured on the validation documents.
 */
export async function referenceBitsPerByte(
  { train, validation }: Pick<PreparedCorpus, 'train' | 'validation'>,
  trainBytes: number = Number.POSITIVE_INFINITY,
  options: Cancellable = {},
): Promise<NgramReference> {
  const model = await trainNgram(train, { ...options, trainBytes });
  const score = await crossEntropy(model, validation, options);
  return { ...score, trainedBytes: model.trainedBytes };
}

/** Trains on the first `trainBytes` of the documents, or on all. Rejects with the signal's reason when aborted. */
export async function trainNgram(
  documents: DocumentList,
  { signal, trainBytes = Number.POSITIVE_INFINITY }: Cancellable & { readonly trainBytes?: number } = {},
): Promise<NgramModel> {
  const breather = new Breather(signal);
  const model = new NgramModel();
  for (let index = 0; index < documents.count && !model.isFull; index++) {
    const left = trainBytes - model.trainedBytes;
    if (left <= 0) break;
    if (breather.isDue) await breather.rest();
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
  { signal }: Cancellable = {},
): Promise<NgramScore> {
  const breather = new Breather(signal);
  const bits = new Float64Array(MAX_ORDER + 1);
  const contexts = model.begin();
  for (let index = 0; index < documents.count; index++) {
    if (breather.isDue) await breather.rest();
    model.addInformation(documents.bytesOf(index), contexts, bits);
  }
  const byOrder = Array.from(bits, (ofOrder) => ofOrder / documents.bytesWithEnds);
  const bitsPerByte = Math.min(...byOrder);
  return { bitsPerByte, order: byOrder.indexOf(bitsPerByte), byOrder };
}
