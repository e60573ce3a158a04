/** Checkpoints that were trained here leave the lab, and clients that are not ours compute the same. */

import { copyFileSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AutoModelForCausalLM, AutoTokenizer, env, Tensor } from '@huggingface/transformers';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { worldDocuments } from '../../corpora/world/world.ts';
import type { Parity } from '../../src/formats/parity.ts';
import { readSafetensors, writeSafetensors } from '../../src/huggingFace/safetensors.ts';
import { rawTensors, sixteenBits } from '../huggingFace/files.ts';
import { Bench, jsonValue, run, shareDevice } from './commands.ts';

let bench: Bench;
let bytes: string;
let bpe: string;

/** Prompt and continuation fit into the context, where a cache and a window that slides are the same. */
const CONTEXT = 64;
const PROMPT = 'Mtoto ';
const TOKENS = 50;

beforeAll(async () => {
  await shareDevice();
  bench = new Bench();
  bench.file('target.txt', storiesOf(60_000));
  const train = async (name: string, more: object) => {
    const path = bench.file(`${name}.json`, {
      version: 1,
      name,
      model: { layers: 2, width: 32, heads: 2, mlp: 48, context: CONTEXT, tied: name === 'bpe' },
      recipe: { targetTokens: 1920, epochs: 4 },
      optimizer: { batch: 8, learningRate: 0.02 },
      evaluation: { every: 20, windows: 2 },
      ...more,
    });
    const { code, error } = await run(['train', path, '--out', bench.path(name)]);
    expect(code, error).toBe(0);
    return bench.path(name);
  };
  bytes = await train('bytes', { corpora: { target: 'world:sw?bytes=20000' } });
  bpe = await train('bpe', {
    corpora: { target: 'file:target.txt' },
    tokenizer: { kind: 'bpe', vocabulary: 512 },
  });
});
afterAll(() => bench.remove());

/** A file with a story a line. */
function storiesOf(bytes: number): string {
  const told = worldDocuments({ language: 'sw', distance: 0, noise: 0, seed: 5, stories: 'own' });
  let text = '';
  while (text.length < bytes) text += `${told.next().value.text}\n`;
  return text;
}

const textOf = (...path: string[]) => readFileSync(join(...path), 'utf8');

describe('a check', () => {
  test('is made on what the run was validated on, and stands in the card', async () => {
    const out = bench.path('bytes-hf');
    const { parity, ...value } = await jsonValue([
      'export',
      bytes,
      '--format',
      'hf',
      '--out',
      out,
      '--check',
    ]);
    expect(parity).toMatchObject({ passed: true, provider: 'wasm', tokens: expect.any(Number) });
    const { logits, cacheLogits, loss, engineLoss } = parity as Parity;
    expect(Math.max(logits, cacheLogits)).toBeLessThan(1e-4);
    expect(loss).toBeLessThan(1e-5);
    // The first windows of the text that the final loss is of.
    const { record } = JSON.parse(textOf(bytes, 'run.json'));
    expect(Math.abs(engineLoss - record.final.targetLoss)).toBeLessThan(0.1);
    expect(value).toEqual({
      out,
      format: 'hf',
      zip: false,
      files: readdirSync(out)
        .map((path) => ({ path, bytes: readFileSync(join(out, path)).length }))
        .sort((a, b) => order(a.path) - order(b.path)),
      checked: true,
    });
    expect(textOf(out, 'README.md')).toContain('**Checked.**');
    // The weights are those of the checkpoint, and eval reads the folder.
    const read = (path: string) =>
      readSafetensors(readFileSync(join(path, 'model.safetensors')), path).tensors;
    expect(read(out)).toEqual(read(bytes));
    const { code } = await run(['generate', out, '--prompt', PROMPT, '--tokens', '1']);
    expect(code).toBe(0);
  });

  const order = (path: string) =>
    ['README.md', 'config.json', 'generation_config.json', 'tokenizer.json', 'tokenizer_config.json'].indexOf(
      path,
    ) >>> 0;

  test('of a model that was trained on a file asks where that is, and takes another text', async () => {
    const check = ['export', bpe, '--format', 'onnx', '--out', bench.path('checked'), '--check'];
    await bench.refuses(
      check,
      /--check: the model was trained on the file target\.txt, and its record does not say where that lies; .*--text/,
    );
    await bench.refuses([...check, '--text', bench.path('none.txt')], /--text: there is no file .*none\.txt/);
    const short = bench.file('short.txt', 'mti\n');
    await bench.refuses([...check, '--text', short], /short\.txt has \d+ tokens, and a window .* takes 65/);
    const { code, out, error } = await run([...check, '--text', bench.path('target.txt')]);
    expect(code, error).toBe(0);
    expect(out).toMatch(
      /target\.txt: \d+ windows, [\d,]+ tokens\n[\s\S]*of a logit +\d\.\de-\d +1e-3\n[\s\S]*\nchecked\n$/,
    );
    expect(textOf(bench.path('checked'), 'README.md')).toContain('**Checked.**');
  });

  test('that fails writes nothing, and ends with 1', async () => {
    const broken = bench.path('broken');
    const { tensors } = readSafetensors(readFileSync(join(bytes, 'model.safetensors')), 'm');
    const values = [...tensors.values()];
    values.at(-1)!.values[0] = Number.NaN;
    const out = bench.path('out');
    await run(['export', bytes, '--format', 'hf', '--out', broken]);
    // As it would come from elsewhere.
    rmSync(join(broken, 'm3lab.json'));
    const args = ['export', broken, '--format', 'hf', '--out', out, '--check'];
    await bench.refuses(args, /--check: this model has no record that names its texts; name one with --text/);
    writeFileSync(join(broken, 'model.safetensors'), writeSafetensors(values, { format: 'pt' }));
    // What comes from elsewhere is refused as it is read; a checkpoint of ours is what it is.
    await bench.refuses(
      args,
      /broken.model\.safetensors: model\.norm\.weight holds NaN: nothing can be computed/,
    );
    copyFileSync(join(bytes, 'run.json'), join(broken, 'run.json'));
    const before = bench.list();
    const outcome = await run([...args, '--text', bench.path('target.txt')]);
    expect(outcome.code).toBe(1);
    expect(outcome.error).toContain(
      'the export is not what the engine computes: logits differ by not finite',
    );
    expect(outcome.out).not.toContain('checked\n');
    expect(await run([...args, '--text', bench.path('target.txt'), '--json'])).toMatchObject({
      code: 1,
      out: '',
    });
    expect(bench.list()).toEqual(before);
    rmSync(broken, { recursive: true });
  });
});

test('an export goes out again with its name, its record and its text, from a folder and from a zip', async () => {
  const [folder, zip] = ['other-name', 'other-name.zip'].map((name) => bench.path(name)) as [string, string];
  for (const out of [folder, zip]) await run(['export', bytes, '--format', 'hf', '--out', out]);
  const again = bench.path('again');
  const args = ['export', zip, '--format', 'hf', '--out', again];
  const { code, out, error } = await run([...args, '--check']);
  expect([code, error]).toEqual([0, expect.not.stringContaining('left out')]);
  expect(out).toContain('held-out text of world:sw?bytes=20000');
  expect(textOf(again, 'README.md')).toContain('| target text | `world:sw?bytes=20000` |');
  expect(textOf(again, 'm3lab.json')).toBe(textOf(folder, 'm3lab.json'));
  const { record } = JSON.parse(textOf(bytes, 'run.json'));
  expect(JSON.parse(textOf(again, 'm3lab.json'))).toEqual({ version: 1, name: 'bytes', record });
  rmSync(again, { recursive: true });

  writeFileSync(join(folder, 'm3lab.json'), '{"version": 7}');
  const told = await run(['export', folder, '--format', 'hf', '--out', again]);
  expect([told.code, told.error]).toEqual([
    0,
    expect.stringMatching(/other-name: m3lab\.json was left out, .*a newer version of the lab wrote it/),
  ]);
  expect(textOf(again, 'README.md')).toContain('brought into the lab without a record');
  for (const path of [folder, again]) rmSync(path, { recursive: true });
  rmSync(zip);
});

test('a prompt that is longer than the context is cut, and that is said', async () => {
  const args = ['generate', bytes, '--tokens', '1', '--prompt'];
  expect((await run([...args, 'a'.repeat(CONTEXT - 1)])).error).not.toContain('--prompt');
  expect((await run([...args, 'a'.repeat(CONTEXT)])).error).toContain(
    '--prompt: 65 tokens, and the model looks back on 64 tokens: it sees the end of the prompt alone\n',
  );
  // Without one a text begins.
  expect((await run(args.slice(0, -1))).code).toBe(0);
});

describe('a folder from elsewhere', () => {
  test('of 16-bit floats is converted, and that is said; one of 5 GB is refused before it is read', async () => {
    const folder = bench.path('elsewhere');
    await run(['export', bytes, '--format', 'hf', '--out', folder]);
    const file = join(folder, 'model.safetensors');
    const { tensors } = readSafetensors(readFileSync(file), 'm');
    const brains = [...tensors].map(
      ([name, { shape, values }]) =>
        [name, { dtype: 'BF16', shape, bytes: sixteenBits(values, 'BF16') }] as const,
    );
    writeFileSync(file, rawTensors(Object.fromEntries(brains)));
    const out = bench.path('of-brains');
    const { code, error } = await run(['export', folder, '--format', 'hf', '--out', out]);
    expect([code, error]).toEqual([
      0,
      expect.stringMatching(/elsewhere: its weights are .*\(BF16\) and were converted to 32-bit floats/),
    ]);
    expect(readSafetensors(readFileSync(join(out, 'model.safetensors')), 'm').tensors.size).toBe(
      tensors.size,
    );
    // A file with a hole: it takes no room on the disk.
    truncateSync(file, 5e9);
    for (const args of [
      ['export', folder, '--format', 'hf', '--out', bench.path('none')],
      ['generate', folder, '--prompt', 'x'],
      ['eval', folder, '--text', bench.path('target.txt')],
    ]) {
      await bench.refuses(args, /elsewhere.model\.safetensors: it is 5,000,000,000 bytes long, and at most/);
    }
    rmSync(folder, { recursive: true });
  });
});

describe('what is written', () => {
  test('as a zip is the folder, and the same bytes twice', async () => {
    const [one, two] = ['one.zip', 'two'].map((name) => bench.path(name)) as [string, string];
    expect(await run(['export', bpe, '--format', 'hf', '--out', one])).toMatchObject({
      code: 0,
      out: expect.stringContaining('not checked; --check holds the export against the engine\n'),
    });
    const to = (path: string, ...more: string[]) => ['export', bpe, '--format', 'hf', '--out', path, ...more];
    expect((await run(to(two, '--zip'))).code).toBe(0);
    expect(readFileSync(one).equals(readFileSync(two))).toBe(true);
    const files = unzipSync(readFileSync(one));
    expect(Object.keys(files)).toContain('bpe-hf/model.safetensors');
    expect(new TextDecoder().decode(files['bpe-hf/README.md'])).toContain('Not checked: ');
    await bench.refuses(to(one), /--out: .*one\.zip is there already; name another file, or add --force/);
    expect((await run(to(one, '--force'))).code).toBe(0);
  });

  test('goes nowhere where something lies, or nothing can be made of what was asked', async () => {
    const to = (...more: string[]) => ['export', bytes, '--format', 'onnx', ...more];
    await bench.refuses(to('--out', bytes), /--out: .*bytes holds something already/);
    await bench.refuses(to('--out', bench.path('target.txt')), /--out: .*target\.txt is a file/);
    await bench.refuses(to('--out', bench.path('no/such/folder')), /--out: there is no folder .*no\/such/);
    await bench.refuses(to('--out', bench.path('target.txt/x')), /--out: there is no folder .*target\.txt/);
    await bench.refuses(to('--out', bench.path('x.tar.gz')), /x\.tar\.gz is called like an archive.*\.zip/);
    await bench.refuses(to('--out', bench.path('x'), '--text', 'world:sw'), /--text is for --check/);
    await bench.refuses(to('--out', bench.path('x'), '--force'), /--force replaces a zip file alone/);
    await bench.refuses(['export', bytes, '--format', 'gguf', '--out', 'x'], /Allowed choices are hf, onnx/);
    const onnx = bench.path('of-onnx.zip');
    await run(to('--out', onnx));
    await bench.refuses(
      ['export', onnx, '--format', 'hf', '--out', bench.path('y')],
      /of-onnx\.zip.model\.safetensors: there is no such file: this is the ONNX export of a model/,
    );
    const garbage = [bench.file('garbage.zip', 'garbage'), bench.file('empty.zip', '')] as const;
    await bench.refuses(['generate', garbage[0]], /garbage\.zip: this is no zip archive/);
    await bench.refuses(['generate', garbage[1]], /empty\.zip: this file is empty, 0 bytes/);
    await bench.refuses(['generate', bench.path('target.txt')], /is a file; name the folder of a model, or/);
    await bench.refuses(['export', bytes, '--out', 'x'], /required option '--format/);
    await bench.refuses(
      ['export', bench.path('x'), '--format', 'hf', '--out', bench.path('y')],
      /there is no folder/,
    );
  });
});

describe('transformers.js goes on as the lab does', () => {
  beforeAll(() => {
    env.allowRemoteModels = false;
    env.allowLocalModels = true;
    // What it fetches it keeps; nothing is fetched here.
    env.useFSCache = false;
  });

  /** Greedy tokens of the lab itself. */
  async function ours(checkpoint: string): Promise<number[]> {
    const args = ['--prompt', PROMPT, '--tokens', String(TOKENS), '--temperature', '0'];
    return (await jsonValue(['generate', checkpoint, ...args])).tokens as number[];
  }

  test.each([
    ['bytes', () => bytes],
    ['a BPE, tied', () => bpe],
  ] as const)('%s: with a KV cache and without, 50 tokens', async (_, of) => {
    const checkpoint = of();
    const out = `${checkpoint}-onnx`;
    expect((await run(['export', checkpoint, '--format', 'onnx', '--out', out])).code).toBe(0);
    const expected = await ours(checkpoint);
    expect(expected).toHaveLength(TOKENS);
    env.localModelPath = dirname(out);
    const tokenizer = await AutoTokenizer.from_pretrained(basename(out));
    const inputs = tokenizer(PROMPT);
    const prompt: number[] = inputs.input_ids.tolist()[0].map(Number);
    expect(prompt[0]).toBe(256);
    expect(tokenizer.decode(prompt, { skip_special_tokens: true })).toBe(PROMPT);
    expect(prompt.length + TOKENS).toBeLessThanOrEqual(CONTEXT);

    const cached = await AutoModelForCausalLM.from_pretrained(basename(out));
    try {
      // The lab writes on behind the end of a document, so that it is no end here either.
      const written = await cached.generate({
        ...inputs,
        max_new_tokens: TOKENS,
        do_sample: false,
        eos_token_id: -1,
      });
      expect((written as Tensor).tolist()[0].map(Number)).toEqual([...prompt, ...expected]);
    } finally {
      await cached.dispose();
    }

    const plain = await AutoModelForCausalLM.from_pretrained(basename(out), {
      model_file_name: 'decoder_model',
    });
    try {
      const text = [...prompt];
      let least = Number.POSITIVE_INFINITY;
      for (let step = 0; step < TOKENS; step++) {
        const input_ids = whole(text);
        const { logits } = await plain({ input_ids, attention_mask: whole(text.map(() => 1)) });
        const last: number[] = logits.tolist()[0].at(-1);
        const [best = 0, second = 0] = [...last].sort((a, b) => b - a);
        least = Math.min(least, best - second);
        text.push(last.indexOf(best));
      }
      expect(text).toEqual([...prompt, ...expected]);
      // Nowhere were two tokens so near that rounding chose between them.
      expect(least).toBeGreaterThan(1e-4);
    } finally {
      await plain.dispose();
    }
  });
});

function whole(values: readonly number[]): Tensor {
  return new Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length]);
}
