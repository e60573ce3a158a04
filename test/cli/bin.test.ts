import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { SOURCE_TEXT, TARGET_TEXT } from '../train/fixtures.ts';
import { Bench, jsonLines } from './commands.ts';

const BINARY = fileURLToPath(new URL('../../bin/m3lab.mjs', import.meta.url));
const bench = new Bench();
afterAll(() => bench.remove());

type Ended = { readonly code: number | null; readonly out: string; readonly error: string };

function start(
  args: readonly string[],
  onOut: (child: ChildProcess, out: string) => void = () => {},
): Promise<Ended> {
  const child = spawn(process.execPath, [BINARY, ...args], { cwd: bench.folder });
  let out = '';
  let error = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
    onOut(child, out);
  });
  child.stderr.on('data', (chunk) => {
    error += chunk;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, error })));
}

// Building, where the sources are newer than what is built, is part of the first start.
test('the binary runs from any folder, and nothing but its answer is on stdout', async () => {
  expect(await start(['--version'])).toMatchObject({ code: 0, out: '0.1.0\n' });
}, 120_000);

test('SIGINT saves and ends with 130, SIGTERM with 143; --resume finishes', async () => {
  bench.file('target.txt', TARGET_TEXT);
  bench.file('source.txt', SOURCE_TEXT);
  bench.file('run.json', {
    version: 1,
    corpora: { target: 'file:target.txt', source: 'file:source.txt' },
    model: { layers: 1, width: 16, heads: 1, mlp: 32, context: 16 },
    recipe: { targetTokens: 209, epochs: 20, ratio: 0.5 },
    optimizer: { batch: 2 },
    evaluation: { every: 20, windows: 2 },
  });
  const train = ['train', 'run.json', '--out', 'out', '--json', '--tuning', 'off'];
  let saved: Record<string, unknown> | undefined;
  for (const [signal, code, more] of [
    ['SIGINT', 130, []],
    ['SIGTERM', 143, ['--resume']],
  ] as const) {
    let isAsked = false;
    const cut = await start([...train, ...more], (child, out) => {
      if (isAsked || !out.includes('"event":"eval"')) return;
      isAsked = true;
      child.kill(signal);
      // As npx does, which hands on what we got already.
      child.kill(signal);
    });
    expect(cut).toMatchObject({
      code,
      error: expect.stringContaining('saved in out; go on with --resume'),
    });
    saved = jsonLines(cut.out).at(-1);
    expect(saved).toMatchObject({ event: 'checkpoint', run: 'run' });
    expect(saved?.step).toBeLessThan(260);
  }
  const rest = await start([...train, '--resume']);
  expect(rest.code).toBe(0);
  const [begun, ...events] = jsonLines(rest.out);
  expect(begun).toMatchObject({ event: 'start', runs: [{ run: 'run', step: saved?.step }] });
  expect(events.at(-1)).toMatchObject({ event: 'done', record: { status: 'done' } });
}, 240_000);
