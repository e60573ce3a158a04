import { describe, expect, test } from 'vitest';
import { readSafetensors } from '../../src/huggingFace/safetensors.ts';
import { initialState } from '../../src/model/llama/initialise.ts';
import { parameter, parameterTable, readTensor } from '../../src/model/llama/parameters.ts';
import type { MemoryStore } from '../../src/store/memory.ts';
import { readTokenizer } from '../../src/text/tokenizer/file/read.ts';
import {
  readCheckpoint,
  readSavedRun,
  readState,
  saveCheckpoint,
} from '../../src/train/checkpoint/checkpoint.ts';
import { CheckpointError } from '../../src/train/checkpoint/error.ts';
import { gpt2File, smallBpe } from '../text/tokenizer/fixtures.ts';
import { prepare, smallConfig } from './fixtures.ts';
import { ReferenceEngine } from './referenceEngine.ts';

/** A store with the checkpoint of a run of no steps; sizes that need padding, the head apart from the embedding. */
async function saved() {
  const config = smallConfig({ model: { layers: 2, mlp: 24, tied: false } });
  const { trainer, store } = await prepare(new ReferenceEngine(), [config]);
  await trainer.checkpoint();
  const table = parameterTable({
    layers: 2,
    width: 16,
    heads: 1,
    mlp: 24,
    context: 16,
    vocabulary: 257,
    tied: false,
  });
  return { store: store as MemoryStore, table, state: initialState(table, config.seed) };
}

async function editJson(store: MemoryStore, path: string, edit: (json: Record<string, unknown>) => void) {
  const json = JSON.parse(new TextDecoder().decode((await store.read(path))!));
  edit(json);
  await store.write(path, new TextEncoder().encode(JSON.stringify(json)));
}

describe('a checkpoint', () => {
  test('has the five files, with the names and shapes of Hugging Face', async () => {
    const { store, table, state } = await saved();
    expect(await store.list('')).toEqual(
      ['config.json', 'model.safetensors', 'run.json', 'state.safetensors', 'tokenizer.json'].map(
        (n) => `run/${n}`,
      ),
    );
    const { tensors, metadata } = readSafetensors((await store.read('run/model.safetensors'))!, 'model');
    expect(metadata).toEqual({ format: 'pt', step: '0' });
    const shapes = Object.fromEntries([...tensors.values()].map(({ name, shape }) => [name, shape]));
    expect(shapes).toMatchObject({
      'model.embed_tokens.weight': [257, 16],
      'lm_head.weight': [257, 16],
      'model.layers.1.mlp.gate_proj.weight': [24, 16],
      'model.layers.1.mlp.down_proj.weight': [16, 24],
      'model.layers.0.input_layernorm.weight': [16],
      'model.norm.weight': [16],
    });
    expect(Object.keys(shapes)).toHaveLength(3 + 2 * 9);
    const name = 'model.layers.1.mlp.down_proj.weight';
    expect(tensors.get(name)?.values).toEqual(readTensor(state.parameters, parameter(table, name)));
    const config = JSON.parse(new TextDecoder().decode((await store.read('run/config.json'))!));
    expect(config).toMatchObject({
      model_type: 'llama',
      hidden_size: 16,
      intermediate_size: 24,
      num_hidden_layers: 2,
      num_key_value_heads: 1,
      head_dim: 16,
      max_position_embeddings: 16,
      rms_norm_eps: 1e-5,
      rope_theta: 10000,
      vocab_size: 257,
      bos_token_id: 256,
      eos_token_id: 256,
      tie_word_embeddings: false,
    });
  });

  test('reads back to the bit, padding included', async () => {
    const { store, table, state } = await saved();
    const read = await readCheckpoint(store, 'run');
    expect(read.config).toEqual(table.config);
    expect(read.parameters).toEqual(state.parameters);
    expect(read.tokenizer.endOfDocument).toBe(256);
    expect(read.record?.config.name).toBe('run');
    expect(await readState(store, 'run', table, 0)).toEqual(state);
    expect((await readSavedRun(store, 'run'))?.resume.step).toBe(0);
    expect(await readSavedRun(store, 'elsewhere')).toBeNull();
  });

  test('keeps the tokenizer of its run, trained or brought along', async () => {
    const { store } = await saved();
    const run = await readSavedRun(store, 'run');
    const bpe = await smallBpe();
    for (const tokenizer of [bpe, await readTokenizer(gpt2File(bpe), 'gpt2')]) {
      const { vocabulary, endOfDocument } = tokenizer;
      const table = parameterTable({
        layers: 1,
        width: 16,
        heads: 1,
        mlp: 24,
        context: 16,
        vocabulary,
        tied: true,
      });
      await saveCheckpoint(store, 'other', { table, tokenizer }, initialState(table, 0), run!);
      const read = await readCheckpoint(store, 'other');
      expect(read.tokenizer.fingerprint).toBe(tokenizer.fingerprint);
      expect([...read.tokenizer.encode('mtoto walked')]).toEqual([...tokenizer.encode('mtoto walked')]);
      const config = JSON.parse(new TextDecoder().decode((await store.read('other/config.json'))!));
      expect(config).toMatchObject({ vocab_size: vocabulary, bos_token_id: endOfDocument });
    }
  });

  test('can be read without its run.json, as one from elsewhere', async () => {
    const { store } = await saved();
    await store.remove('run/run.json');
    expect((await readCheckpoint(store, 'run')).record).toBeNull();
  });

  test.each<[string, (store: MemoryStore) => Promise<void>, RegExp]>([
    [
      'a missing model',
      (store) => store.remove('run/model.safetensors'),
      /^run\/model\.safetensors: there is no such file/,
    ],
    [
      'a missing tokenizer',
      (store) => store.remove('run/tokenizer.json'),
      /^run\/tokenizer\.json: there is no such file/,
    ],
    [
      'another family',
      (store) => editJson(store, 'run/config.json', (json) => (json.model_type = 'gpt2')),
      /^run\/config\.json: model_type/,
    ],
    [
      'grouped heads',
      (store) => editJson(store, 'run/config.json', (json) => (json.num_key_value_heads = 4)),
      /num_key_value_heads is 4; this lab builds only 1/,
    ],
    [
      'another epsilon',
      (store) => editJson(store, 'run/config.json', (json) => delete json.rms_norm_eps),
      /rms_norm_eps is 0\.000001/,
    ],
    [
      'a missing number',
      (store) => editJson(store, 'run/config.json', (json) => delete json.hidden_size),
      /hidden_size is missing/,
    ],
    [
      'a wrong shape',
      (store) => editJson(store, 'run/config.json', (json) => (json.intermediate_size = 32)),
      /gate_proj\.weight has shape \[24,16\]; config\.json asks for \[32,16\]/,
    ],
    [
      'another tokenizer',
      (store) => editJson(store, 'run/tokenizer.json', (json) => (json.model = { type: 'WordPiece' })),
      /^run\/tokenizer\.json: model\.type: "WordPiece" cannot be read/,
    ],
    [
      'the tokenizer of another model',
      async (store) => {
        const file = JSON.stringify((await smallBpe()).file());
        await store.write('run/tokenizer.json', new TextEncoder().encode(file));
      },
      /^run\/tokenizer\.json: it has 700 tokens and the model 257/,
    ],
    [
      'a run.json that says nothing',
      (store) => store.write('run/run.json', new TextEncoder().encode('null')),
      /^run\/run\.json: null is not an object in braces; it was changed, or not written by m3lab train/,
    ],
    [
      'a run.json of another version',
      (store) => editJson(store, 'run/run.json', (json) => (json.version = 2)),
      /^run\/run\.json: version: 2 is not 1;/,
    ],
    [
      'a record whose config cannot be',
      (store) =>
        editJson(store, 'run/run.json', (json) => {
          (json.record as { config: { model: { heads: number } } }).config.model.heads = 3;
        }),
      /^run\/run\.json: config: model\.width: 16 is not divisible by 3 heads; it was changed/,
    ],
    ...(['pending', 'tuning', 'microBatch', 'plan', 'corpora'] as const).map(
      (field): [string, (store: MemoryStore) => Promise<void>, RegExp] => [
        `a run.json without ${field}`,
        (store) =>
          editJson(store, 'run/run.json', (json) => delete (json.resume as Record<string, unknown>)[field]),
        new RegExp(`^run/run\\.json: resume\\.${field}: this field is missing; it was changed`),
      ],
    ),
    [
      'JSON that is none',
      (store) => store.write('run/config.json', new TextEncoder().encode('{')),
      /config\.json, line 1/,
    ],
  ])('with %s is refused', async (_, damage, words) => {
    const { store } = await saved();
    await damage(store);
    await expect(readCheckpoint(store, 'run')).rejects.toThrow(words);
  });

  test('with facts that cannot be resumed from is an error of the checkpoint', async () => {
    const { store } = await saved();
    await editJson(store, 'run/run.json', (json) => {
      (json.resume as { step: unknown }).step = 1.5;
    });
    await expect(readSavedRun(store, 'run')).rejects.toThrow(CheckpointError);
    await expect(readSavedRun(store, 'run')).rejects.toThrow(/resume\.step: 1\.5 is not a whole number/);
  });

  test('whose files are of different steps does not resume', async () => {
    const { store, table } = await saved();
    await expect(readState(store, 'run', table, 3)).rejects.toThrow(CheckpointError);
    await expect(readState(store, 'run', table, 3)).rejects.toThrow(/is of step 0, and run\.json of step 3/);
  });
});
