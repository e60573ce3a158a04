/** Which documents are trained on and which are validated on. */

import { type Hash64, hexOf } from '../../formats/hash.ts';
import { TextError } from '../errors.ts';
import type { Collected } from './collect.ts';
import { HashSet, isHeldOut } from './documentHash.ts';
import { DocumentList } from './documentList.ts';
import type { DocumentStore } from './documentStore.ts';

export type Split = {
  /** In the order of the texts' hashes: each prefix is a random sample, and part of every longer prefix. */
  readonly train: DocumentList;
  /** In the order of the text. */
  readonly validation: DocumentList;
  /** Keys that no training text may have, in any language, and hashes of the texts that are validated on. */
  readonly validationKeys: HashSet;
  /** Documents left out because validation holds a translation of them, or would. */
  readonly translations: number;
};

/**
 * Holds out 5 % of the keys. A text that came under several keys, some held out and some not, is left out: on either
 * side it would meet a translation of itself on the other.
 * The order is by the hash of the text, not of the key, so that the first documents of parallel texts say different
 * things: a little of one language does not come with its translation.
 */
export function holdOut(collected: Collected, name: string): Split {
  const { store } = collected;
  const isHeld = chooseKeys(collected, name);
  const repeatedHeld = store.repeatsUnder(isHeld);
  const repeatedFree = store.repeatsUnder((key) => !isHeld(key));
  const train: number[] = [];
  const validation: number[] = [];
  const validationKeys = repeatedHeld.keys;
  for (let place = 0; place < store.count; place++) {
    const key = store.keyOf(place);
    const hash = store.hashOf(place);
    const held = isHeld(key);
    if ((held ? repeatedFree : repeatedHeld).texts.has(hash)) continue;
    (held ? validation : train).push(place);
    if (held) {
      validationKeys.add(key);
      validationKeys.add(hash);
    }
  }
  if (train.length === 0 || validation.length === 0) throw tooFew(collected, name);
  return {
    train: inHashOrder(store, Uint32Array.from(train)),
    validation: new DocumentList(store, Uint32Array.from(validation)),
    validationKeys,
    translations: store.count - train.length - validation.length,
  };
}

/** Trains on what is in no way part of the validation documents that were `given`. */
export function holdGiven({ store, excludedKeys }: Collected, given: Collected, name: string): Split {
  const { keys } = given;
  const isHeld = (key: Hash64) => excludedKeys.has(key) || (keys?.has(key) ?? false);
  const train = inHashOrder(store, places(store)).withoutKeys(isHeld);
  if (train.count === 0) throw noneToTrainOn(name);
  const validationKeys = new HashSet();
  for (const set of [given.texts, keys, excludedKeys]) if (set) validationKeys.addAll(set);
  return {
    train,
    validation: new DocumentList(given.store, places(given.store)),
    validationKeys,
    translations: store.count - train.count,
  };
}

export function noneToTrainOn(name: string): TextError {
  return new TextError(
    name,
    'too few documents',
    'every document is also in the validation text; none is left to train on',
  );
}

/** Which keys are held out: 5 % of them, or the lowest alone where a handful would all fall on one side. */
function chooseKeys(collected: Collected, name: string): (key: Hash64) => boolean {
  const { store } = collected;
  if (store.count < 2) throw tooFew(collected, name);
  let held = 0;
  let lowest = store.keyOf(0);
  for (let place = 0; place < store.count; place++) {
    const key = store.keyOf(place);
    if (isHeldOut(key)) held++;
    if (key.low < lowest.low) lowest = key;
  }
  if (held > 0 && held < store.count) return isHeldOut;
  const only = hexOf(lowest);
  return (key) => hexOf(key) === only;
}

function tooFew({ store, sample }: Collected, name: string): TextError {
  const advice = 'put a line break or a blank line between documents, or name a validation text';
  if (sample.read.documents > store.count) {
    return new TextError(
      name,
      'too few documents',
      `of ${sample.read.documents} documents only ${store.count} were taken (${sample.kept.bytes} bytes), so none can be held out for validation; take more bytes of it, or name a validation text`,
    );
  }
  return new TextError(
    name,
    'too few documents',
    store.count === 1
      ? `there is one document only, so none can be held out for validation; ${advice}`
      : `none of its ${store.count} documents can be held out for validation without training on a translation of it; name a validation text`,
  );
}

function inHashOrder(store: DocumentStore, chosen: Uint32Array): DocumentList {
  return new DocumentList(
    store,
    chosen.sort((a, b) => store.compare(a, b)),
  );
}

/** All places of a store. */
function places({ count }: DocumentStore): Uint32Array {
  return Uint32Array.from({ length: count }, (_, place) => place);
}
