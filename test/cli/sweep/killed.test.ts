import { readdirSync } from 'node:fs';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatManifest } from '../../../src/formats/manifest.ts';
import type { RunRecord } from '../../../src/formats/record.ts';
import { manifestRun, tinyConfig } from '../../sweep/manifests.ts';
import { Bench } from '../commands.ts';
import { recordsIn, sweepRun } from './processes.ts';

const KILLS = 5;
/** Of the moments at which processes are killed; what a process has done by then depends on the machine. */
const SEED = 20261121;

const bench = new Bench();
afterAll(() => bench.remove());

const RUNS = [1, 1.5, 2].flatMap((epochs) =>
  [1, 2, 3, 4].map((seed) =>
    // Two stages at the peak of the learning rate: runs of one seed share their first stage.
    manifestRun(
      tinyConfig({
        name: `${epochs} epochs`,
        seed,
        recipe: { targetTokens: 209, epochs, ratio: 0.5, finalRatio: 1, firstRatio: 0.25 },
        optimizer: { warmup: 0, decay: 0.1 },
      }),
    ),
  ),
);

let whole: RunRecord[];
// Building, where the sources are newer than what is built, is part of the first start.
beforeAll(async () => {
  bench.file('manifest.jsonl', formatManifest(RUNS));
  const ended = await sweepRun(bench.folder, ['manifest.jsonl', '--out', 'whole', '--fleet', '4']);
  expect(ended.code, ended.error).toBe(0);
  whole = recordsIn(bench.path('whole'));
  expect(whole.map(({ id, status }) => [id, status])).toEqual(RUNS.map(({ id }) => [id, 'done']).sort());
}, 240_000);

test(`told to end, killed at ${KILLS} random moments and called again, a sweep of ${RUNS.length} runs ends at the same records`, async () => {
  const random = xoroshiro128plus(SEED);
  const below = (limit: number) => (random.next() >>> 0) % limit;
  const args = ['manifest.jsonl', '--out', 'killed', '--fleet', '4', '--checkpoint-every', '0.1'];
  /** A process that gets a signal some milliseconds after so many of its events. */
  const cut = (signal: NodeJS.Signals, events: number, pause: number) => {
    let isAsked = false;
    return sweepRun(bench.folder, args, (child, count) => {
      if (isAsked || count < events) return;
      isAsked = true;
      setTimeout(() => child.kill(signal), pause);
    });
  };
  const ended = await cut('SIGTERM', 6, 0);
  expect([ended.code, ended.error]).toEqual([
    143,
    expect.stringContaining('saved in killed; the same command goes on'),
  ]);
  for (let kills = 0; kills < KILLS; kills++) {
    // Events come with losses, validations and checkpoints; the pause lets the moment fall between them.
    const killed = await cut('SIGKILL', 8 + below(24), below(60));
    expect([killed.signal, killed.code], killed.error).toEqual(['SIGKILL', null]);
    // What was saved is gone on with.
    if (kills === 0) {
      const start = killed.events.find(({ event }) => event === 'start') as { runs: { step: number }[] };
      expect(start?.runs.some(({ step }) => step > 0)).toBe(true);
    }
  }
  const rest = await sweepRun(bench.folder, args);
  expect(rest.code, rest.error).toBe(0);
  expect(recordsIn(bench.path('killed'))).toEqual(whole);
  for (const folder of ['work', 'claims', 'owners'])
    expect(readdirSync(bench.path(`killed/${folder}`))).toEqual([]);
}, 240_000);

test('two processes on one folder never do the same run, and do all of them', async () => {
  const args = ['manifest.jsonl', '--out', 'shared', '--fleet', '2'];
  const both = await Promise.all([sweepRun(bench.folder, args), sweepRun(bench.folder, args)]);
  for (const { code, error } of both) expect(code, error).toBe(0);
  const idsOf = (event: string, read: (event: Record<string, unknown>) => string[]) =>
    both.map(({ events }) => events.filter((one) => one.event === event).flatMap(read));
  const begun = idsOf('start', ({ runs }) => (runs as { run: string }[]).map(({ run }) => run));
  const written = idsOf('record', ({ id }) => [String(id)]);
  for (const lists of [begun, written]) {
    expect(lists.flat().sort()).toEqual(RUNS.map(({ id }) => id).sort());
    for (const list of lists) expect(list.length).toBeGreaterThan(0);
  }
  expect(recordsIn(bench.path('shared'))).toEqual(whole);
}, 240_000);
