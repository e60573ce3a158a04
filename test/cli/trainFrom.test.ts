import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunRecord } from '../../src/formats/record.ts';
import { byteTokenizer } from '../../src/text/tokenizer/bytes.ts';
import { readTokenizer } from '../../src/text/tokenizer/file/read.ts';
import type { Tokenizer } from '../../src/text/tokenizer/tokenizer.ts';
import { SOURCE_TEXT, TARGET_TEXT } from '../train/fixtures.ts';
import { jsonBytes, modelFiles, TINY } from '../train/start/models.ts';
import { Bench, jsonLines, run, shareDevice } from './commands.ts';

let bench: Bench;
let first: string;
let second: string;

/** A run of both stages, and one that says nothing of the model and reads what the second stage reads. */
const BASE = {
  version: 1,
  corpora: { target: 'file:target.txt', source: 'file:source.txt' },
  evaluation: { every: 2, windows: 4 },
  seed: 3,
};
const TWO_STAGES = {
  ...BASE,
  name: 'two-stages',
  model: { layers: 1, width: 16, heads: 1, mlp: 32, context: 16 },
  recipe: { targetTokens: 193, epochs: 1, ratio: 0.5, finalRatio: 1 },
  optimizer: { batch: 2, learningRate: 0.02, warmup: 0.25, decay: 0.5 },
};
const SECOND_STAGE = {
  ...BASE,
  name: 'second-stage',
  recipe: { targetTokens: 193, epochs: 1, ratio: 1 },
  optimizer: { batch: 2, learningRate: 0.02, warmup: 0, decay: 1 },
};

const recordOf = (out: string) => jsonLines(out).find(({ event }) => event === 'done')?.record as RunRecord;

/** A tokenizer of bytes of which two have changed places: of as many tokens as that of bytes, and another one. */
async function ownTokenizer(): Promise<Tokenizer> {
  const file = JSON.parse(JSON.stringify(byteTokenizer.file()));
  const { vocab } = file.model;
  [vocab.a, vocab.b] = [vocab.b, vocab.a];
  return readTokenizer(file, 'tokenizer.json');
}

/** A folder with these files, and its path. */
function folder(name: string, files: ReadonlyMap<string, Uint8Array>): string {
  for (const [file, bytes] of files) {
    const path = bench.path(`${name}/${file}`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
  return bench.path(name);
}

beforeAll(async () => {
  await shareDevice({ softwareOnly: true });
  bench = new Bench();
  bench.file('target.txt', TARGET_TEXT);
  bench.file('source.txt', SOURCE_TEXT);
  first = bench.file('first.json', TWO_STAGES);
  second = bench.file('second.json', SECOND_STAGE);
});
afterAll(() => bench.remove());

describe('train --from', () => {
  let whole: RunRecord;
  beforeAll(async () => {
    const half = await run(['train', first, '--out', bench.path('half'), '--steps', '6']);
    expect(half.code, half.error).toBe(0);
    const all = await run(['train', first, '--out', bench.path('whole'), '--json']);
    whole = recordOf(all.out);
  });

  test('a checkpoint, with its moments, is the second stage of the run that had both', async () => {
    const args = ['train', second, '--from', bench.path('half'), '--keep-moments', '--json'];
    const { code, out, error } = await run([...args, '--out', bench.path('again')]);
    expect(code, error).toBe(0);
    expect(error).toMatch(
      /begins from half \(.*half\): [\d,.]+ ?k? parameters \(1 layer, width 16, 1 head, mlp 32, context 16, 257 tokens\), with AdamW's moments of step 6\n/,
    );
    const record = recordOf(out);
    expect(record.config).toMatchObject({
      model: TWO_STAGES.model,
      tokenizer: { kind: 'bytes' },
      start: { name: 'half', moments: { step: 6 } },
    });
    const before = whole.curve.find(({ step }) => step === 6);
    expect(record.curve[0]?.targetLoss).toBeCloseTo(before?.targetLoss ?? 0, 5);
    const wanted = whole.curve.filter(({ step }) => step > 6);
    expect(wanted.length).toBeGreaterThan(0);
    expect(record.curve.slice(1).map(({ step, targetLoss }) => [step + 6, targetLoss !== undefined])).toEqual(
      wanted.map(({ step, targetLoss }) => [step, targetLoss !== undefined]),
    );
    for (const [index, { loss, targetLoss }] of record.curve.slice(1).entries()) {
      expect(Math.abs(loss! - wanted[index]!.loss!)).toBeLessThanOrEqual(1e-5);
      expect(Math.abs((targetLoss ?? 0) - (wanted[index]?.targetLoss ?? 0))).toBeLessThanOrEqual(1e-5);
    }
    expect(Math.abs(record.final!.targetLoss - whole.final!.targetLoss)).toBeLessThanOrEqual(1e-5);
  });

  test('a zip, stopped and resumed without it, is the run that was not stopped', async () => {
    const names = ['config.json', 'model.safetensors', 'tokenizer.json'];
    const zip = zipSync(
      Object.fromEntries(names.map((name) => [`half/${name}`, readFileSync(bench.path(`half/${name}`))])),
    );
    const from = ['--from', bench.file('half.zip', zip)];
    const at = (out: string) => ['train', second, '--out', bench.path(out), '--json'];
    const unbroken = await run([...at('unbroken'), ...from]);
    expect(unbroken.code, unbroken.error).toBe(0);
    expect(unbroken.error).toContain('with fresh moments of AdamW\n');
    expect((await run([...at('broken'), ...from, '--steps', '2'])).code).toBe(0);
    const other = await run([...at('broken'), '--from', bench.path('whole'), '--resume']);
    expect([other.code, other.error]).toEqual([
      2,
      expect.stringContaining('second.json: start.fingerprint: the checkpoint has'),
    ]);
    const rest = await run([...at('broken'), '--resume']);
    expect(rest.code, rest.error).toBe(0);
    expect(recordOf(rest.out).curve).toEqual(recordOf(unbroken.out).curve);
    expect(recordOf(rest.out).id).toBe(recordOf(unbroken.out).id);
  });

  test('several runs that go on without the model: one without a checkpoint is refused, and begins with the model named again', async () => {
    const third = bench.file('third.json', { ...SECOND_STAGE, name: 'third', seed: 4 });
    const args = ['train', second, third, '--out', bench.path('several'), '--steps', '1', '--json'];
    const from = ['--from', bench.path('half')];
    expect((await run([...args, ...from])).code).toBe(0);
    rmSync(bench.path('several/third'), { recursive: true });
    const { code, error } = await run([...args, '--resume']);
    expect([code, error]).toEqual([
      2,
      expect.stringMatching(
        /--resume: there is no checkpoint of third in .*third, and the others began from half; give --from again/,
      ),
    ]);
    const again = await run([...args, '--resume', ...from]);
    expect(again.code, again.error).toBe(0);
    expect(again.error).toMatch(
      /third: nothing to resume in .*; begins at step 0 with the weights of half\n/,
    );
  });

  test('a model with a tokenizer of its own reads with it, also after a resume', async () => {
    const own = await ownTokenizer();
    const from = folder('own', modelFiles({ ...TINY, mlp: 32 }, own));
    const args = [
      'train',
      bench.file('own.json', { ...SECOND_STAGE, recipe: { targetTokens: 97 } }),
      '--out',
      bench.path('of-own'),
      '--json',
    ];
    const begun = await run([...args, '--from', from, '--steps', '1']);
    expect(begun.code, begun.error).toBe(0);
    rmSync(from, { recursive: true });
    const rest = await run([...args, '--resume']);
    expect(rest.code, rest.error).toBe(0);
    expect(recordOf(rest.out).config.tokenizer).toEqual({
      kind: 'file',
      path: 'tokenizer.json',
      fingerprint: own.fingerprint,
    });
  });
});

describe('train --from refuses', () => {
  const refuses = (from: string, words: RegExp, config = second) =>
    bench.refuses(['train', config, '--from', from, '--out', bench.path('nowhere')], words);

  test('what is no model', async () => {
    await refuses(
      bench.path('missing'),
      /--from: there is no folder .*missing; name that of a model, or a \.zip of it/,
    );
    await refuses(second, /--from: .*second\.json is a file; name the folder of a model/);
    await refuses(bench.file('text.zip', 'no zip at all'), /text\.zip: /);
    await refuses(
      folder('empty', new Map([['notes.txt', new Uint8Array(1)]])),
      /--from: .*empty.config\.json: there is no such file; a model is a folder/,
    );
    await bench.refuses(
      ['train', second, '--keep-moments', '--out', bench.path('nowhere')],
      /--keep-moments goes with --from/,
    );
    const plain = folder('plain', modelFiles());
    await bench.refuses(
      ['train', second, '--from', plain, '--keep-moments', '--out', bench.path('nowhere')],
      /--from: .*plain.state\.safetensors: there is no such file; AdamW's moments/,
    );
  });

  test('files that are damaged, too large, or of another model', async () => {
    const files = modelFiles();
    const weights = files.get('model.safetensors')!;
    const cut = folder('damaged', files.set('model.safetensors', weights.subarray(0, weights.length - 1)));
    await refuses(cut, /--from: .*damaged.model\.safetensors: .*it is cut off/);
    // A file with a hole: it takes no room on the disk.
    truncateSync(bench.path('damaged/model.safetensors'), 5e9);
    await refuses(
      cut,
      /model\.safetensors: it is 5,000,000,000 bytes long, and at most 1,073,741,824 are read/,
    );
    const other = jsonBytes({ model_type: 'mistral', architectures: ['MistralForCausalLM'] });
    await refuses(
      folder('other', new Map([['config.json', other]])),
      /other.config\.json: model_type is "mistral"; this lab builds only "llama"/,
    );
  });

  test('a config that is of another model', async () => {
    const plain = folder('plain', modelFiles());
    const config = (changes: object) => bench.file('changed.json', { ...SECOND_STAGE, ...changes });
    await refuses(
      plain,
      /changed\.json: model\.width: 32 is not what plain has, the model that the run begins from \(16\)/,
      config({ model: { width: 32 } }),
    );
    await refuses(
      plain,
      /changed\.json: tokenizer: a run that begins from a model reads with its tokenizer, and that of plain is bytes/,
      config({ tokenizer: { kind: 'bpe', vocabulary: 512 } }),
    );
    await refuses(
      plain,
      /changed\.json: start\.fingerprint: the config begins from x/,
      config({ start: { name: 'x', fingerprint: 'a'.repeat(64) } }),
    );
    await refuses(plain, /changed\.json: model: /, config({ model: 3 }));
  });

  test('a start without its weights', async () => {
    const named = bench.file('named.json', {
      ...TWO_STAGES,
      start: { name: 'x', fingerprint: 'a'.repeat(64) },
    });
    await bench.refuses(
      ['train', named, '--out', bench.path('nowhere')],
      /named\.json: start: the run begins from x, whose weights are not here/,
    );
    const wrong = bench.file('wrong.json', { ...TWO_STAGES, start: { name: 'x', print: 'a' } });
    await bench.refuses(
      ['train', wrong, '--out', bench.path('nowhere')],
      /wrong\.json: start\.print: there is no such field; the known fields are name, fingerprint, moments/,
    );
  });
});

test('train --help tells of it', async () => {
  const { out } = await run(['train', '--help']);
  expect(out).toMatch(/--from <dir> +begin with the weights and the tokenizer of a Hugging Face/);
  expect(out).toContain('--keep-moments');
});
