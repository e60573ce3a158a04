import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { type NamedTensor, writeSafetensors } from '../../../src/huggingFace/safetensors.ts';
import { namedTensors } from '../../../src/huggingFace/tensors.ts';
import { initialState } from '../../../src/model/llama/initialise.ts';
import { parameterTable } from '../../../src/model/llama/parameters.ts';
import { MemoryStore } from '../../../src/store/memory.ts';
import { sourceOfBlob } from '../../../src/text/readers/source.ts';
import {
  filesOfBlobs,
  filesOfBytes,
  filesOfStore,
  inParts,
  type StartFiles,
} from '../../../src/train/start/files.ts';
import { readStart } from '../../../src/train/start/start.ts';
import { filesOfZip } from '../../../src/train/start/zip.ts';
import { rawTensors, type Sixteen, sixteenBits } from '../../huggingFace/files.ts';
import { llamaFile, smallBpe } from '../../text/tokenizer/fixtures.ts';
import { jsonBytes, modelFiles, TINY, watched } from './models.ts';

const TABLE = parameterTable(TINY);
const WEIGHTS = initialState(TABLE, 5).parameters;

/** The files of the tiny model, some of them others. */
function withFiles(changes: Readonly<Record<string, Uint8Array | null>>): Map<string, Uint8Array> {
  const files = modelFiles();
  for (const [name, bytes] of Object.entries(changes)) {
    if (bytes) files.set(name, bytes);
    else files.delete(name);
  }
  return files;
}

const read = (files: ReadonlyMap<string, Uint8Array>) => readStart(filesOfBytes(files), 'tiny');

/** The weights in 16 bits. */
function sixteen(dtype: Sixteen): Uint8Array {
  const tensors = namedTensors(TABLE, WEIGHTS).map(
    ({ name, shape, values }) => [name, { dtype, shape, bytes: sixteenBits(values, dtype) }] as const,
  );
  return rawTensors(Object.fromEntries(tensors));
}

function withTensor(name: string, shape: readonly number[], values: Float32Array): Uint8Array {
  return writeSafetensors([...namedTensors(TABLE, WEIGHTS), { name, shape, values }]);
}

describe('a model', () => {
  test('is read to the bit, with its tokenizer and a fingerprint', async () => {
    const start = await read(modelFiles());
    expect(start.config).toEqual(TINY);
    expect(start.parameters).toEqual(WEIGHTS);
    expect(start.tokenizer.vocabulary).toBe(257);
    expect(start.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect([start.name, start.said, start.moments]).toEqual(['tiny', [], null]);
  });

  test('has another fingerprint where a weight or the shape is another, and the same under another name', async () => {
    const { fingerprint } = await read(modelFiles());
    const other = WEIGHTS.slice();
    other[3] = 0.25;
    const weight = await read(
      withFiles({ 'model.safetensors': writeSafetensors(namedTensors(TABLE, other), { format: 'pt' }) }),
    );
    const config = JSON.parse(new TextDecoder().decode(modelFiles().get('config.json')));
    const shape = await read(
      withFiles({ 'config.json': jsonBytes({ ...config, max_position_embeddings: 32 }) }),
    );
    expect(new Set([fingerprint, weight.fingerprint, shape.fingerprint]).size).toBe(3);
    expect((await readStart(filesOfBytes(modelFiles()), 'other')).fingerprint).toBe(fingerprint);
  });

  test('has one fingerprint however its file writes it, and is read from a view into a larger buffer', async () => {
    const { fingerprint } = await read(modelFiles());
    const bytes = writeSafetensors(namedTensors(TABLE, WEIGHTS).reverse(), { step: '12', format: 'pt' });
    // As Node hands out small files: the view begins where no float can.
    const larger = Buffer.alloc(bytes.length + 9, 0xff);
    larger.set(bytes, 5);
    const again = await read(withFiles({ 'model.safetensors': larger.subarray(5, 5 + bytes.length) }));
    expect(again.fingerprint).toBe(fingerprint);
    expect(again.parameters).toEqual(WEIGHTS);
  });

  test.each(['F16', 'BF16'] as const)('of %s is converted, and that is said', async (dtype) => {
    const start = await read(withFiles({ 'model.safetensors': sixteen(dtype) }));
    expect(start.said).toHaveLength(1);
    expect(start.said[0]).toContain(`(${dtype}) and were converted to 32-bit floats`);
    // Eleven bits of a half are left, eight of a brain float.
    const share = dtype === 'F16' ? 2 ** -10 : 2 ** -7;
    const off = WEIGHTS.findIndex(
      (weight, i) => Math.abs(start.parameters[i]! - weight) > share * Math.abs(weight) + 1e-4,
    );
    expect(off).toBe(-1);
    expect(start.parameters).not.toEqual(WEIGHTS);
  });

  test('may bring what is computed anyway, and the head that it is tied to', async () => {
    const [embedding] = namedTensors(TABLE, WEIGHTS);
    const more = [
      withTensor('model.layers.0.self_attn.rotary_emb.inv_freq', [8], new Float32Array(8)),
      withTensor('lm_head.weight', embedding!.shape, embedding!.values),
    ];
    for (const bytes of more) {
      expect((await read(withFiles({ 'model.safetensors': bytes }))).parameters).toEqual(WEIGHTS);
    }
  });

  test('may have a tokenizer of its own', async () => {
    const bpe = await smallBpe();
    const start = await read(modelFiles({ ...TINY, vocabulary: bpe.vocabulary }, bpe));
    expect(start.tokenizer.fingerprint).toBe(bpe.fingerprint);
  });

  test('is found in a folder, in a zip and in a store', async () => {
    const files = modelFiles();
    const { fingerprint } = await read(files);
    const inFolder = new Map([...files].map(([name, bytes]) => [`tiny/${name}`, bytes]));
    const blobs = new Map(
      [...inFolder].map(([path, bytes]) => [path, new Blob([bytes as Uint8Array<ArrayBuffer>])]),
    );
    blobs.set('tiny/onnx/config.json', new Blob(['{}']));
    expect((await readStart(filesOfBlobs(blobs), 'x')).fingerprint).toBe(fingerprint);
    let wholes = 0;
    const parts = inParts(async (name) => {
      wholes += 1;
      return files.get(name)!;
    });
    const counted = { ...filesOfBytes(files), read: parts };
    expect((await readStart(counted, 'x')).fingerprint).toBe(fingerprint);
    // Each file came once, however many parts were read of it.
    expect(wholes).toBe(files.size);
    const zip = zipSync({ ...Object.fromEntries(inFolder), '__MACOSX/tiny/config.json': new Uint8Array(3) });
    const archive = sourceOfBlob('tiny.zip', new Blob([zip as Uint8Array<ArrayBuffer>]));
    expect((await readStart(await filesOfZip(archive), 'x')).fingerprint).toBe(fingerprint);
    const store = new MemoryStore();
    for (const [path, bytes] of inFolder) await store.write(path, bytes);
    expect((await readStart(await filesOfStore(store, 'tiny'), 'x')).fingerprint).toBe(fingerprint);
  });

  test('that was being saved is the one that was committed', async () => {
    const store = new MemoryStore();
    const [old, fresh] = [modelFiles({ ...TINY, context: 32 }), modelFiles()];
    for (const [name, bytes] of old) await store.write(name, bytes);
    for (const [name, bytes] of fresh) await store.write(`next/${name}`, bytes);
    expect((await readStart(await filesOfStore(store, ''), 'x')).config.context).toBe(32);
    await store.write('next/commit.json', jsonBytes({ files: [...fresh.keys()] }));
    expect((await readStart(await filesOfStore(store, ''), 'x')).config.context).toBe(16);
  });
});

describe('refused in words', () => {
  const config = (change: Record<string, unknown>) =>
    jsonBytes({ ...JSON.parse(new TextDecoder().decode(modelFiles().get('config.json'))), ...change });
  const weights = modelFiles().get('model.safetensors')!;
  const [embedding, ...others] = namedTensors(TABLE, WEIGHTS);

  test.each<[string, Record<string, Uint8Array | null>, RegExp]>([
    [
      'an empty folder',
      { 'config.json': null },
      /^config\.json: there is no such file; a model is a folder with config\.json, model\.safetensors and tokenizer\.json/,
    ],
    [
      'a config that is no JSON',
      { 'config.json': new TextEncoder().encode('{') },
      /^config\.json, line 1, column 2/,
    ],
    [
      'another architecture',
      { 'config.json': config({ model_type: 'gpt_neox' }) },
      /^config\.json: model_type is "gpt_neox"; this lab builds only "llama"/,
    ],
    ['no weights', { 'model.safetensors': null }, /^model\.safetensors: there is no such file/],
    [
      'weights in several files',
      { 'model.safetensors': null, 'model.safetensors.index.json': jsonBytes({}) },
      /^model\.safetensors\.index\.json: the weights are in several files/,
    ],
    [
      'a pickle',
      { 'model.safetensors': null, 'pytorch_model.bin': new Uint8Array(9) },
      /^pytorch_model\.bin: .*which can run any program/,
    ],
    [
      'a file that is cut off',
      { 'model.safetensors': weights.subarray(0, weights.length - 100) },
      /^model\.safetensors: .* it is cut off/,
    ],
    [
      'a header that is cut off',
      { 'model.safetensors': weights.subarray(0, 40) },
      /^model\.safetensors: the header is longer than the file/,
    ],
    [
      'no bytes',
      { 'model.safetensors': new Uint8Array(0) },
      /^model\.safetensors: 0 bytes are no safetensors file/,
    ],
    [
      'shapes of another model',
      { 'config.json': config({ intermediate_size: 32 }) },
      /mlp\.gate_proj\.weight has shape \[24,16\]; config\.json asks for \[32,16\]/,
    ],
    [
      'a tensor too few',
      { 'model.safetensors': writeSafetensors(others) },
      /the tensor model\.embed_tokens\.weight is missing/,
    ],
    [
      'a layer too few',
      { 'config.json': config({ num_hidden_layers: 2 }) },
      /the tensor model\.layers\.1\.\S+ is missing/,
    ],
    [
      'a tensor too many',
      { 'model.safetensors': withTensor('model.layers.0.self_attn.q_proj.bias', [16], new Float32Array(16)) },
      /the tensor model\.layers\.0\.self_attn\.q_proj\.bias is there/,
    ],
    [
      'another head beside a tied one',
      { 'model.safetensors': withTensor('lm_head.weight', [257, 16], new Float32Array(257 * 16)) },
      /lm_head\.weight is another one/,
    ],
    [
      'a tied head of another shape',
      { 'model.safetensors': withTensor('lm_head.weight', [16], new Float32Array(16)) },
      /lm_head\.weight has shape \[16\]; config\.json asks for \[257,16\]/,
    ],
    [
      'weights that are not finite',
      {
        'model.safetensors': writeSafetensors([
          { ...embedding!, values: embedding!.values.map((v, i) => (i === 9 ? Number.NaN : v)) },
          ...others,
        ]),
      },
      /embed_tokens\.weight holds NaN/,
    ],
    [
      'no tokenizer',
      { 'tokenizer.json': null },
      /^tokenizer\.json: there is no such file; a model is a folder/,
    ],
    [
      'a tokenizer of another kind',
      { 'tokenizer.json': null, 'tokenizer.model': new Uint8Array(3) },
      /^tokenizer\.json: there is no such file; tokenizer\.model is not read/,
    ],
    [
      'a tokenizer of another size',
      { 'tokenizer.json': jsonBytes(llamaFile()) },
      /^tokenizer\.json: it has \d+ tokens, and the model 257/,
    ],
    [
      'a tokenizer without an end',
      { 'tokenizer.json': jsonBytes(JSON.parse(JSON.stringify(llamaFile()).replaceAll('</s>', '<x>'))) },
      /^tokenizer\.json: added_tokens: no token ends a document/,
    ],
    [
      'a tokenizer that is none',
      { 'tokenizer.json': jsonBytes({}) },
      /^tokenizer\.json: model\.type: this field is missing/,
    ],
    [
      'more tokens than 16 bits hold',
      { 'config.json': config({ vocab_size: 70_000 }) },
      /70000 is not between 256 and 65,536/,
    ],
    [
      'a model too large',
      {
        'config.json': config({
          hidden_size: 32_768,
          num_attention_heads: 512,
          num_key_value_heads: 512,
          head_dim: 64,
        }),
      },
      /^config\.json: the model has [\d,]+ parameters, and at most 268,435,456 are read/,
    ],
  ])('%s', async (_, changes, words) => {
    await expect(read(withFiles(changes))).rejects.toThrow(words);
  });

  test('5 GB, of which not a byte is read', async () => {
    const { files, bytesOf } = watched(modelFiles(), { 'model.safetensors': 5e9 });
    await expect(readStart(files, 'x')).rejects.toThrow(
      'model.safetensors: it is 5,000,000,000 bytes long, and at most 1,073,741,824 are read',
    );
    expect(bytesOf('model.safetensors')).toBe(0);
  });

  test('a wrong header, of whose tensors not a byte is read', async () => {
    const bytes = withTensor('more', [1], new Float32Array(1));
    const { files, bytesOf } = watched(withFiles({ 'model.safetensors': bytes }));
    await expect(readStart(files, 'x')).rejects.toThrow('the tensor more is there');
    expect(bytesOf('model.safetensors')).toBe(8 + bytes.length - 4 * TABLE.counts.total - 4);
  });

  test('a model that is another one while it is read', async () => {
    const { files } = watched(withFiles({ 'model.safetensors': weights.subarray(0, weights.length - 4) }), {
      'model.safetensors': weights.length,
    });
    await expect(readStart(files, 'x')).rejects.toThrow('model.norm.weight ends at byte');
  });

  test('moments that cannot be', async () => {
    const first = namedTensors(TABLE, WEIGHTS, 'first_moment.');
    const second = namedTensors(TABLE, WEIGHTS.map(Math.abs), 'second_moment.');
    const model = writeSafetensors(namedTensors(TABLE, WEIGHTS), { format: 'pt', step: '6' });
    const withState = (tensors: readonly NamedTensor[], step = '6') =>
      filesOfBytes(
        withFiles({
          'model.safetensors': model,
          'state.safetensors': writeSafetensors(tensors, { step }),
        }),
      );
    const readState = (files: StartFiles) => readStart(files, 'x', { moments: true });
    const { moments } = await readState(withState([...first, ...second]));
    expect(moments?.firstMoment).toEqual(WEIGHTS);
    expect(moments?.secondMoment).toEqual(WEIGHTS.map(Math.abs));
    expect(moments?.step).toBe(6);
    const changed = (tensors: readonly NamedTensor[], value: number) =>
      tensors.map((tensor, index) =>
        index === 2 ? { ...tensor, values: tensor.values.with(7, value) } : tensor,
      );
    const bad: [StartFiles, RegExp][] = [
      [withState([...first, ...changed(second, -1e-9)]), /second_moment\.\S+ has a number below zero/],
      [withState([...changed(first, Number.NaN), ...second]), /first_moment\.\S+ holds NaN/],
      [withState([...first, ...second.slice(1)]), /the tensor second_moment\.\S+ is missing/],
      [withState([...first, ...second], '0'), /there are 0 steps behind these moments/],
    ];
    for (const [files, words] of bad) await expect(readState(files)).rejects.toThrow(words);
  });

  test('two models in one folder', () => {
    const blobs = new Map(['a/config.json', 'b/config.json'].map((path) => [path, new Blob([])]));
    expect(() => filesOfBlobs(blobs)).toThrow(
      'b/config.json: a/ holds a model too; choose the folder of one',
    );
  });

  test('moments where there are none', async () => {
    const files = filesOfBytes(modelFiles());
    await expect(readStart(files, 'x', { moments: true })).rejects.toThrow(
      /^state\.safetensors: there is no such file/,
    );
  });
});

test('an abort ends the reading with its reason', async () => {
  const reason = new Error('enough');
  await expect(
    readStart(filesOfBytes(modelFiles()), 'x', { signal: AbortSignal.abort(reason) }),
  ).rejects.toBe(reason);
});
