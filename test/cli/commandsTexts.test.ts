/** Training on texts and tokens of other kinds than plain files and bytes. */

import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseRunRecord } from '../../src/formats/record.ts';
import { SOURCE_TEXT, TARGET_TEXT } from '../train/fixtures.ts';
import { Bench, jsonLines, run, shareDevice } from './commands.ts';

let bench: Bench;
beforeAll(async () => {
  await shareDevice();
  bench = new Bench();
});
afterAll(() => bench.remove());

function config(name: string, more: object) {
  return {
    version: 1,
    name,
    corpora: { target: 'world:en?bytes=60000', source: 'world:en?seed=7&bytes=60000' },
    model: { layers: 1, width: 16, heads: 1, mlp: 32, context: 16 },
    recipe: { targetTokens: 4000, ratio: 0.5 },
    optimizer: { batch: 8, learningRate: 0.02 },
    evaluation: { every: 20, windows: 4 },
    ...more,
  };
}

// The first command also compiles every kernel; the limit is for a busy machine.
test('a BPE is trained for the run, kept with it, used by eval and generate, and not trained again to resume', async () => {
  const path = bench.file('bpe.json', config('bpe', { tokenizer: { kind: 'bpe', vocabulary: 600 } }));
  const out = bench.path('bpe');
  const train = ['train', path, '--out', out, '--json'];
  const part = await run([...train, '--steps', '10']);
  expect(part.code, part.error).toBe(0);
  expect(part.error).toMatch(
    /tokenizer: 600 tokens; [1-9]\.\d\d bytes per token of the target, [1-9]\.\d\d of the source\n/,
  );
  const kept = readFileSync(bench.path('bpe/tokenizer.json'), 'utf8');
  expect(Object.keys(JSON.parse(kept).model.vocab)).toHaveLength(600);

  const rest = await run([...train, '--resume']);
  expect(rest.code, rest.error).toBe(0);
  expect(rest.error).not.toContain('bytes per token');
  expect(readFileSync(bench.path('bpe/tokenizer.json'), 'utf8')).toBe(kept);
  const [done] = jsonLines(rest.out).filter(({ event }) => event === 'done');
  const record = parseRunRecord(done?.record, 'record');
  expect(record.config.tokenizer).toEqual({ kind: 'bpe', vocabulary: 600, sourceShare: 0.5 });
  const { floorBitsPerByte, ngramBitsPerByte } = record.references ?? {};
  expect(floorBitsPerByte).toBeGreaterThan(0);
  expect(ngramBitsPerByte).toBeGreaterThan(floorBitsPerByte ?? Number.NaN);
  expect(record.final?.targetBitsPerByte).toBeGreaterThan(floorBitsPerByte ?? Number.NaN);

  const text = bench.file('text.txt', 'The old woman walked to the river.\nShe was glad.\n');
  const scored = JSON.parse((await run(['eval', out, '--text', text, '--json'])).out);
  expect(scored.bytes).toBe('The old woman walked to the river.'.length + 'She was glad.'.length + 2);
  expect(scored.tokens).toBeLessThan(scored.bytes);
  expect(scored.bitsPerByte).toBeCloseTo((scored.nats * scored.tokens) / Math.LN2 / scored.bytes, 12);
  const sample = (text: string) => run(['eval', out, '--text', text, '--json']);
  const packed = bench.file(
    'text.csv.gz',
    gzipSync('n,story\n1,The old woman walked to the river.\n2,She was glad.\n'),
  );
  expect(JSON.parse((await sample(`file:${packed}#story`)).out)).toEqual(scored);
  const told = JSON.parse((await sample('world:en?seed=9&bytes=2000')).out);
  expect(told.bytes).toBeGreaterThanOrEqual(2000);
  expect(told.bytes).toBeLessThan(4000);
  expect(await sample(bench.path('no.txt'))).toMatchObject({
    code: 2,
    error: `m3lab: --text: there is no file ${bench.path('no.txt')}\n`,
  });
  expect(await sample(`file:${text}#sha256=${'0'.repeat(64)}`)).toMatchObject({
    code: 2,
    out: '',
    error: expect.stringContaining('--text: the text has changed'),
  });
  const written = await run(['generate', out, '--prompt', 'The ', '--tokens', '20', '--json']);
  expect(JSON.parse(written.out).tokens).toHaveLength(20);

  // Another vocabulary is another run.
  bench.file('bpe.json', config('bpe', { tokenizer: { kind: 'bpe', vocabulary: 601 } }));
  expect(await run([...train, '--resume'])).toMatchObject({
    code: 2,
    error: expect.stringMatching(
      /bpe\.json: tokenizer\.vocabulary: the checkpoint has 600 and the config 601/,
    ),
  });
}, 240_000);

test('what the target is held against stands below the table, by run where it differs', async () => {
  const names = ['little', 'much'];
  const paths = names.map((name, i) =>
    bench.file(`${name}.json`, config(name, { recipe: { targetTokens: 2000 * (i + 1), ratio: 0.5 } })),
  );
  const { code, out, error } = await run(['train', ...paths, '--out', bench.path('two'), '--steps', '1']);
  expect(code, error).toBe(0);
  expect(out).toMatch(
    /\nfloor: 0\.\d{3} bits\/byte, the entropy of the held-out target text; no model does better\n/,
  );
  expect(out).toMatch(
    /\nn-gram: bits\/byte \d\.\d{3} \(little\), \d\.\d{3} \(much\) on the held-out target text, /,
  );
}, 240_000);

test('texts of every kind of file are read, and a tokenizer that was brought along is recorded without its path', async () => {
  const rows = TARGET_TEXT.trim().split('\n');
  bench.file('target.csv.gz', gzipSync(`id,story\n${rows.map((row, i) => `${i},"${row}"`).join('\n')}\n`));
  bench.file(
    'source.jsonl',
    SOURCE_TEXT.trim()
      .split('\n')
      .map((text) => JSON.stringify({ text }))
      .join('\n'),
  );
  const tokenizer = readFileSync(bench.path('bpe/tokenizer.json'), 'utf8');
  bench.file('brought.json', tokenizer);
  const path = bench.file(
    'files.json',
    config('files', {
      corpora: { target: 'file:target.csv.gz#story', source: 'file:source.jsonl' },
      recipe: { targetTokens: 300, ratio: 0.5 },
      optimizer: { batch: 2 },
      tokenizer: { kind: 'file', path: 'brought.json' },
    }),
  );
  const { code, out, error } = await run([
    'train',
    path,
    '--out',
    bench.path('files'),
    '--steps',
    '2',
    '--json',
  ]);
  expect(code, error).toBe(0);
  const [done] = jsonLines(out).filter(({ event }) => event === 'done');
  const record = parseRunRecord(done?.record, 'record');
  expect(record.config.corpora.target).toMatch(/^file:target\.csv\.gz#column=story&sha256=[0-9a-f]{64}$/);
  expect(record.config.tokenizer).toEqual({
    kind: 'file',
    path: 'brought.json',
    fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(JSON.stringify(record)).not.toContain(bench.folder);
  expect(record.references?.floorBitsPerByte).toBeNull();
}, 240_000);
