import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { parseRunRecord, type RunRecord } from '../../src/formats/record.ts';
import { FolderStore } from '../../src/store/folder.ts';
import { byteTokenizer } from '../../src/text/tokenizer/bytes.ts';
import { readCheckpoint } from '../../src/train/checkpoint/checkpoint.ts';
import { referenceForward } from '../reference/llama.ts';
import { SOURCE_TEXT, TARGET_TEXT } from '../train/fixtures.ts';
import { Bench, jsonLines, loseSharedDevice, run, shareDevice } from './commands.ts';

let bench: Bench;
let single: string;
beforeAll(async () => {
  await shareDevice();
  bench = new Bench();
  bench.file('target.txt', TARGET_TEXT);
  bench.file('source.txt', SOURCE_TEXT);
  single = bench.file('single.json', config('single', {}));
});
afterAll(() => bench.remove());

function config(name: string, recipe: object) {
  return {
    version: 1,
    name,
    corpora: { target: 'file:target.txt', source: 'file:source.txt' },
    model: { layers: 1, width: 16, heads: 1, mlp: 32, context: 16 },
    recipe: { targetTokens: 209, epochs: 1, ratio: 0.5, ...recipe },
    optimizer: { batch: 2, learningRate: 0.02 },
    evaluation: { every: 5, windows: 4 },
    seed: 3,
  };
}

const timeless = (record: unknown) => ({ ...(record as RunRecord), seconds: 0 });
const doneRecords = (out: string) =>
  jsonLines(out)
    .filter(({ event }) => event === 'done')
    .map(({ record }) => timeless(record));

// The first command also compiles every kernel; the limit is for a busy machine.
test('train: a fleet into folders; stopped by --steps, interrupted, and resumed, it is the uninterrupted one', async () => {
  const two = bench.file('two.json', config('two', { finalRatio: 1, firstRatio: 0.125 }));
  const fleet = (out: string, ...more: string[]) => [
    'train',
    single,
    two,
    '--out',
    bench.path(out),
    '--json',
    ...more,
  ];
  const whole = await run(fleet('whole'));
  expect(whole.code, whole.error).toBe(0);
  const events = jsonLines(whole.out);
  expect(events[0]?.event).toBe('start');
  expect(new Set(events.map(({ event }) => event))).toEqual(
    new Set(['start', 'fleet', 'loss', 'eval', 'checkpoint', 'done']),
  );
  const records = doneRecords(whole.out);
  for (const record of records) {
    expect(parseRunRecord(record, 'record').status).toBe('done');
    expect(JSON.stringify(record)).not.toContain(bench.folder);
  }
  expect(whole.error).toContain('software');

  const part = await run(fleet('cut', '--steps', '3', '--resume'));
  expect(part.code, part.error).toBe(0);
  for (const name of ['single', 'two']) {
    const folder = bench.path(`cut/${name}`);
    expect(part.error).toContain(
      `${name}: nothing to resume in ${folder}; begins at step 0 with fresh weights\n`,
    );
    expect(part.error).toContain(`${name}: saved in ${folder} at step 3 of 13; go on with --resume\n`);
  }
  expect(doneRecords(part.out).map(({ status }) => status)).toEqual(['stopped', 'stopped']);
  const again = await run(fleet('cut'));
  expect([again.code, again.error]).toEqual([
    2,
    expect.stringMatching(/--out: .*cut holds a checkpoint of single already \(step 3 of 13\); add --resume/),
  ]);

  const abort = new AbortController();
  const reason = Object.assign(new Error('interrupted by a signal'), { name: 'AbortError', code: 143 });
  const cut = await run(fleet('cut', '--resume'), {
    signal: abort.signal,
    onError: (text) => {
      if (text.includes('single: step 5')) abort.abort(reason);
    },
  });
  expect([cut.code, cut.error]).toEqual([
    143,
    expect.stringMatching(/saved in .*cut; go on with --resume\n$/),
  ]);
  const rest = await run(fleet('cut', '--resume'));
  expect(rest.code, rest.error).toBe(0);
  expect(doneRecords(rest.out)).toEqual(records);
  const finished = await run(['train', single, two, '--out', bench.path('cut'), '--resume']);
  expect(finished.out).toMatch(/single +done +13 .*\n.*two +done +13 /);
  expect(finished.error).toBe(
    ['single', 'two'].map((name) => `${name}: saved in ${bench.path(`cut/${name}`)}\n`).join(''),
  );
  const into = await run(['train', single, two, '--out', bench.path('cut/single'), '--resume']);
  expect([into.code, into.error]).toEqual([
    2,
    expect.stringMatching(/--out: .*cut.single is itself the checkpoint of a run, single; /),
  ]);
  expect(readdirSync(bench.path('cut/single'))).not.toContain('two');
  const finishedJson = await run(fleet('cut', '--resume'));
  expect(finishedJson.code).toBe(0);
  expect(doneRecords(finishedJson.out)).toEqual(records);

  const other = bench.file('two.json', { ...config('two', { finalRatio: 1, firstRatio: 0.125 }), seed: 4 });
  const changed = await run(['train', single, other, '--out', bench.path('cut'), '--resume']);
  expect([changed.code, changed.error]).toEqual([
    2,
    expect.stringMatching(/two\.json: seed: the checkpoint has 3 and the config 4/),
  ]);
}, 240_000);

test('eval scores every token once; generate writes the same text for the same seed', async () => {
  const out = bench.path('one');
  const trained = await run(['train', single, '--out', out]);
  expect(trained.code, trained.error).toBe(0);
  expect(trained.out).toMatch(/final: nats .*bits\/byte .*best: bits\/byte\nrun +status +step +of target/);
  expect(trained.error).toMatch(/single: step 5: target .* bits per byte, source .* bits per byte\n/);

  // 49 tokens to predict: three windows of 16 and one more that ends at the end.
  const text = bench.file('text.txt', 'nyumba mti maji\nsamaki ndege 12.\nmaji maji 9\n 4');
  const scored = await run(['eval', out, '--text', text, '--json']);
  expect(scored.code, scored.error).toBe(0);
  const result = JSON.parse(scored.out);
  const documents = ['nyumba mti maji', 'samaki ndege 12.', 'maji maji 9', '4'];
  const tokens = [256, ...documents.flatMap((document) => [...byteTokenizer.encode(document), 256])];
  expect(result).toMatchObject({ tokens: tokens.length - 1, bytes: tokens.length - 1 });
  expect(result.windows).toBe(Math.ceil((tokens.length - 1) / 16));

  const { table, parameters } = await readCheckpoint(new FolderStore(out), '');
  let nats = 0;
  for (let start = 0, scoredTo = 0; scoredTo < tokens.length - 1; ) {
    start = Math.min(scoredTo, tokens.length - 1 - 16);
    const inputs = tokens.slice(start, start + 16);
    const forward = referenceForward(table, parameters, inputs, tokens.slice(start + 1, start + 17), 1);
    nats += forward.nats.subarray(scoredTo - start).reduce((sum, value) => sum + value, 0);
    scoredTo = start + 16;
  }
  expect(Math.abs(result.nats - nats / (tokens.length - 1))).toBeLessThan(FLOAT32_NATS);
  expect(result.bitsPerByte).toBeCloseTo(result.nats / Math.LN2, 12);

  const generate = (...more: string[]) =>
    run(['generate', out, '--prompt', 'maji', '--tokens', '12', ...more]);
  const first = await generate('--json', '--seed', '5');
  const { prompt, text: written, tokens: drawn } = JSON.parse(first.out);
  expect(prompt).toBe('maji');
  expect(drawn).toHaveLength(12);
  expect(byteTokenizer.decode(drawn)).toBe(written);
  expect((await generate('--json', '--seed', '5')).out).toBe(first.out);
  expect((await generate('--seed', '5')).out).toBe(`maji${written}\n`);
  expect((await generate('--json', '--seed', '6')).out).not.toBe(first.out);
}, 240_000);

test('a checkpoint with a file that is missing or cut off says what to do', async () => {
  const train = ['train', single, '--out', bench.path('hurt')];
  expect((await run([...train, '--steps', '2'])).code).toBe(0);
  const hurt = async (name: string, change: (path: string) => void) => {
    const path = bench.path(`hurt/${name}`);
    copyFileSync(path, bench.path('kept'));
    change(path);
    const { code, error } = await run([...train, '--resume']);
    copyFileSync(bench.path('kept'), path);
    expect(code).toBe(2);
    return error;
  };
  const cutOff = (path: string) => {
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.subarray(0, bytes.length / 2));
  };
  const advice = 'restore the file, or train anew into another folder\n';
  expect(await hurt('state.safetensors', (path) => rmSync(path))).toBe(
    `m3lab: ${bench.path('hurt/state.safetensors')}: there is no such file; without it this checkpoint cannot be resumed; ${advice}`,
  );
  for (const name of ['state.safetensors', 'model.safetensors', 'run.json']) {
    const error = await hurt(name, cutOff);
    expect(error).toContain(`m3lab: ${bench.path(`hurt/${name}`)}`);
    expect(error).toContain(`; ${advice}`);
  }
}, 240_000);

test('a run that diverges beside others is told; when all diverge the command has failed', async () => {
  const optimizer = { batch: 2, learningRate: 1e30, warmup: 0, clip: 0 };
  const [wild, wilder] = ['wild', 'wilder'].map((name, seed) =>
    bench.file(`${name}.json`, { ...config(name, {}), optimizer, seed }),
  ) as [string, string];
  const some = await run(['train', single, wild, '--out', bench.path('some'), '--json']);
  expect([some.code, some.error]).toEqual([0, expect.stringMatching(/1 of 2 runs .*: wild diverged\n$/)]);
  const all = ['train', wild, wilder, '--out', bench.path('all')];
  for (const more of [[], ['--resume', '--json']]) {
    const { code, out, error } = await run([...all, ...more]);
    expect([code, error]).toEqual([
      1,
      expect.stringMatching(/no run came to an end: wild diverged, wilder diverged; .*learningRate/),
    ]);
    expect(out).toMatch(/wild .*diverged|"status":"diverged"/);
  }
}, 240_000);

test('what a killed first save left is cleared away by --resume', async () => {
  mkdirSync(bench.path('killed/next'), { recursive: true });
  bench.file('killed/next/config.json', '{}');
  bench.file('killed/next/.model.safetensors.part', 'half');
  const train = ['train', single, '--out', bench.path('killed'), '--steps', '1'];
  expect(await run(train)).toMatchObject({ code: 2, error: expect.stringMatching(/add --resume/) });
  expect((await run([...train, '--resume'])).code).toBe(0);
  expect(readdirSync(bench.path('killed')).sort()).toEqual(
    ['config.json', 'model.safetensors', 'run.json', 'state.safetensors', 'tokenizer.json'].sort(),
  );
}, 240_000);

test('runs of several models train one after the other, and how many side by side is told', async () => {
  const twin = bench.file('twin.json', { ...config('twin', {}), seed: 4 });
  const wide = bench.file('wide.json', {
    ...config('wide', {}),
    model: { layers: 1, width: 32, heads: 1, mlp: 32, context: 16 },
  });
  const mixed = ['train', single, wide, twin, '--out', bench.path('mixed'), '--fleet', '1', '--steps', '2'];
  const { code, out, error } = await run([...mixed, '--json']);
  expect(code, error).toBe(0);
  const events = jsonLines(out);
  const started = events.filter(({ event }) => event === 'start') as { runs?: { run: string }[] }[];
  expect(started.map(({ runs }) => runs?.map(({ run }) => run))).toEqual([['single', 'twin'], ['wide']]);
  const [fleet] = events.filter(({ event }) => event === 'fleet') as { reason?: string }[];
  expect(fleet).toMatchObject({ runs: ['single', 'twin'], size: 1, wanted: 2 });
  expect(error).toContain(`${fleet?.reason}\n`);
  for (const name of ['single', 'wide', 'twin']) {
    expect(error).toContain(`${name}: saved in ${bench.path(`mixed/${name}`)} at step 2 of `);
  }
}, 240_000);

test('a device that is lost while it trains ends the command with 75; --resume goes on', async () => {
  const request = vi.spyOn(GPUAdapter.prototype, 'requestDevice');
  const train = ['train', single, '--out', bench.path('lost')];
  const lost = await run(train, {
    onError: (text) => {
      if (text.includes('single: step 5')) void loseSharedDevice();
    },
  });
  expect(request).toHaveBeenCalledTimes(1);
  request.mockRestore();
  expect([lost.code, lost.error]).toEqual([
    75,
    expect.stringMatching(/m3lab: The GPU device was lost .*\n$/),
  ]);
  expect((await run([...train, '--resume'])).code).toBe(0);
}, 240_000);

test('doctor says what there is, for people and machines', async () => {
  const { code, out, error } = await run(['doctor', '--json']);
  expect(code, error).toBe(0);
  const facts = JSON.parse(out);
  expect(facts.adapter.limits.maxBufferSize).toBeGreaterThanOrEqual(2 ** 28);
  expect(facts.peakFlopsPerSecond).toBeGreaterThan(1e6);
  // No command of this file has measured kernels.
  expect(facts.tuning).toBeNull();
  expect(facts.browser.executable).toMatch(/chrom|edge/i);
  const lines = (await run(['doctor'])).out.split('\n');
  const start = lines.findIndex((line) => line.startsWith('features'));
  const end = lines.findIndex((line, i) => i > start && !line.startsWith(' '));
  const features = lines.slice(start, end);
  expect(features.join(' ').trim().split(/ +/)).toEqual(['features', ...facts.adapter.features]);
  for (const line of features) expect(line.length).toBeLessThanOrEqual(TERMINAL_COLUMNS);
}, 120_000);

/** What `doctor` keeps its list of features to. */
const TERMINAL_COLUMNS = 96;

/** Mean nats a token of a float32 model of this size against float64: rounding, some 30 operations deep. */
const FLOAT32_NATS = 1e-5;
