/** What is said of a model is said of its weights, whatever comes between. */

import { beforeEach, describe, expect, test } from 'vitest';
import { huggingFaceFolder } from '../../../src/export/folder.ts';
import { MemoryStore } from '../../../src/store/memory.ts';
import { Sha256 } from '../../../src/text/sha256.ts';
import { byteTokenizer } from '../../../src/text/tokenizer/bytes.ts';
import type { ModelFacts } from '../../../src/worker/api/models.ts';
import { ModelShelf } from '../../../src/worker/models/modelShelf.ts';
import { PARITY } from '../../export/exampleParity.ts';
import { tinyModel } from '../../export/onnx/tiny.ts';

const WEIGHTS = 'model.safetensors';
const ABOUT: Parameters<ModelShelf['add']>[1] = {
  name: 'a',
  origin: 'brought',
  tokenizer: 'bytes',
  said: [],
};

let store: MemoryStore;
let shelf: ModelShelf;
let model: ModelFacts;
/** Done by others just before files are copied. */
let meanwhile: () => Promise<void>;

beforeEach(async () => {
  meanwhile = async () => {};
  store = new MemoryStore();
  const notes = {
    read: async () => ({ fleet: null }),
    async hold(action: () => Promise<void>) {
      await meanwhile();
      await action();
    },
  } as unknown as ConstructorParameters<typeof ModelShelf>[0]['notes'];
  shelf = new ModelShelf({ store, notes, teller: { tell: () => {} }, isTraining: () => false });
  model = await shelf.add(filesOf(3), ABOUT);
});

function filesOf(seed: number): ReadonlyMap<string, Uint8Array> {
  const folder = huggingFaceFolder({ ...tinyModel({}, seed), tokenizer: byteTokenizer, record: null }, null);
  return new Map([...folder].filter(([name]) => name !== 'README.md'));
}

/** Other weights lie there from now on. */
async function learnOn(): Promise<void> {
  await store.write(`${model.id}/${WEIGHTS}`, filesOf(4).get(WEIGHTS) ?? new Uint8Array());
}

function parityOf(seed: number) {
  const bytes = filesOf(seed).get(WEIGHTS) ?? new Uint8Array();
  return { ...PARITY, weights: new Sha256().update(bytes).hex() };
}

describe('a verdict', () => {
  test('is kept with the weights that were checked', async () => {
    expect((await shelf.open(model.id)).weights).toBe(parityOf(3).weights);
    await shelf.keepParity(model.id, parityOf(3));
    expect((await shelf.facts(model.id)).parity).toEqual(parityOf(3));
  });

  test('that comes when other weights lie there is refused in words', async () => {
    await learnOn();
    await expect(shelf.keepParity(model.id, parityOf(3))).rejects.toThrow(
      'a is no longer the model that was checked; check it again.',
    );
    expect((await shelf.facts(model.id)).parity).toBeNull();
  });

  test('goes along with a copy of the same weights, and with no other', async () => {
    await shelf.keepParity(model.id, parityOf(3));
    expect((await shelf.keep(model.id, 'same')).parity).toEqual(parityOf(3));
    meanwhile = learnOn;
    expect((await shelf.keep(model.id, 'other')).parity).toBeNull();
  });
});
