import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { formatManifest } from '../../../src/formats/manifest.ts';
import { manifestRun, seeds, tinyConfig } from '../../sweep/manifests.ts';
import { Bench, run, shareDevice } from '../commands.ts';

let bench: Bench;
const RUNS = seeds(3);
const LINES = RUNS.map((one) => formatManifest([one]));

beforeAll(async () => {
  // As the tests of the GPU do: only the software adapter.
  await shareDevice({ softwareOnly: true });
  bench = new Bench();
  bench.file('good.jsonl', LINES.join(''));
});
afterAll(() => bench.remove());
afterEach(() => {
  delete process.env.SLURM_ARRAY_TASK_ID;
  delete process.env.JOB_COMPLETION_INDEX;
});

const sweep = (...args: string[]) => run(['sweep', ...args]);
const train = (manifest: string, ...more: string[]) =>
  sweep('run', bench.path(manifest), '--out', bench.path('out'), '--tuning', 'off', ...more);

describe('a manifest that cannot be used is refused, and nothing is made', () => {
  const [first = '', second = ''] = LINES;
  const parsed = JSON.parse(second);
  test.each<[string, string, RegExp]>([
    [
      'a line that is no JSON',
      `${first}{"version": 1, "id"\n`,
      /bad\.jsonl:2, line 1, column 20: a colon is missing/,
    ],
    [
      'an unknown field',
      `${first}${JSON.stringify({ ...parsed, flop: 1 })}\n`,
      /bad\.jsonl:2: flop: there is no such field; did you mean flops\?/,
    ],
    [
      'an unknown field of a config',
      `${first}${JSON.stringify({ ...parsed, config: { ...parsed.config, sead: 1 } })}\n`,
      /bad\.jsonl:2: config\.sead: there is no such field; did you mean seed\?/,
    ],
    [
      'a config that was changed',
      `${JSON.stringify({ ...parsed, config: { ...parsed.config, seed: 99 } })}\n`,
      /bad\.jsonl:1: id: /,
    ],
    ['the same run twice', `${first}${second}${first}`, /bad\.jsonl:3: id: .* stands in line 1 already/],
    ['nothing', '\n', /bad\.jsonl: there is no run in it/],
  ])('%s', async (_, text, words) => {
    bench.file('bad.jsonl', text);
    const { code, error } = await train('bad.jsonl');
    expect([code, error]).toEqual([2, expect.stringMatching(words)]);
    expect(bench.list()).toEqual(['bad.jsonl', 'good.jsonl']);
  });
});

describe('a task that there is not', () => {
  test.each<[string, Record<string, string>, string[], RegExp]>([
    [
      'by --index',
      {},
      ['--index', '3', '--fleet', '1'],
      /--index: there is no task 3; this manifest has 3 tasks, 0 to 2, of at most 1 runs/,
    ],
    [
      'by Slurm',
      { SLURM_ARRAY_TASK_ID: '7' },
      [],
      /SLURM_ARRAY_TASK_ID: there is no task 7; this manifest has 1 task/,
    ],
    ['by Kubernetes', { JOB_COMPLETION_INDEX: 'x' }, [], /JOB_COMPLETION_INDEX: there is no task x; /],
    ['by two options', {}, ['--index', '0', '--shard', '1/2'], /--index, --shard: give one of them/],
    ['of shards', {}, ['--shard', '3/2'], /--shard <i\/n>.*give I\/N/],
    ['of minus one', {}, ['--index', '-1'], /--index <i>.*give a whole number of 0 or more/],
  ])('%s', async (_, environment, args, words) => {
    Object.assign(process.env, environment);
    const { code, error } = await train('good.jsonl', ...args);
    expect([code, error]).toEqual([2, expect.stringMatching(words)]);
    expect(bench.list()).not.toContain('out');
  });
});

describe('a folder that cannot be used', () => {
  test.each([
    ['a file in its place', 'good.jsonl', /--out: .*good\.jsonl is a file, not a folder/],
    ['nowhere', '/proc/nowhere/out', /--out: the folder .* cannot be made/],
  ])('%s', async (_, out, words) => {
    const place = out.startsWith('/') ? out : bench.path(out);
    const { code, error } = await sweep('run', bench.path('good.jsonl'), '--out', place);
    expect([code, error]).toEqual([2, expect.stringMatching(words)]);
  });

  const full = smallFileSystem();
  test.skipIf(full === null)(
    'one that is full: what is finished stays, and with room the sweep goes on',
    async () => {
      const folder = String(full);
      const args = [
        'run',
        bench.path('good.jsonl'),
        '--out',
        `${folder}/out`,
        '--tuning',
        'off',
        '--fleet',
        '1',
      ];
      try {
        // Of the megabyte there is room for manifest and claims, and not for a checkpoint.
        writeFileSync(`${folder}/filler`, new Uint8Array(1_000_000));
        const cut = await sweep(...args);
        expect([cut.code, cut.error]).toEqual([
          2,
          expect.stringMatching(/--out: storage is full: .*finished runs stay/),
        ]);
        execFileSync('rm', [`${folder}/filler`]);
        const rest = await sweep(...args);
        expect([rest.code, rest.error]).toEqual([0, expect.stringMatching(/run.* finished/)]);
      } finally {
        execFileSync('umount', [folder]);
        rmdirSync(folder);
      }
    },
  );

  /** A file system of 1 MiB, where this user may mount one; else null. */
  function smallFileSystem(): string | null {
    const folder = `/tmp/m3lab-full-${process.pid}`;
    try {
      mkdirSync(folder);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
      return folder;
    } catch {
      rmdirSync(folder);
      return null;
    }
  }
});

test('a sweep in this process: done, extended, then refused for a manifest that was changed; status and collect', async () => {
  bench.file('short.jsonl', LINES.slice(0, 1).join(''));
  const first = await train('short.jsonl');
  expect([first.code, first.error]).toEqual([0, expect.stringContaining('1 run finished; records in')]);
  const record = readFileSync(bench.path(`out/records/${RUNS[0]?.id}.json`), 'utf8');

  const longer = await train('good.jsonl', '--json');
  expect(longer.code, longer.error).toBe(0);
  expect(longer.error).toContain('2 runs finished, 1 were finished before');
  const events = longer.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(
    events
      .filter(({ event }) => event === 'record')
      .map(({ id }) => id)
      .sort(),
  ).toEqual(
    RUNS.slice(1)
      .map(({ id }) => id)
      .sort(),
  );

  const kept = readFileSync(bench.path('out/manifest.jsonl'), 'utf8');
  expect(kept).toBe(LINES.join(''));
  bench.file('other.jsonl', [LINES[0], formatManifest([manifestRun(tinyConfig({ seed: 77 }))])].join(''));
  for (const [name, words] of [
    ['other.jsonl', /begun with another manifest: its run 2 is .* and this manifest has run .* there/],
    ['short.jsonl', /begun with another manifest: its run 2 is .* and this manifest ends after 1 of 3 runs/],
  ] as const) {
    const { code, error } = await train(name);
    expect([code, error]).toEqual([2, expect.stringMatching(words)]);
  }
  expect(readFileSync(bench.path('out/manifest.jsonl'), 'utf8')).toBe(kept);
  expect(readFileSync(bench.path(`out/records/${RUNS[0]?.id}.json`), 'utf8')).toBe(record);

  const impossible = manifestRun(tinyConfig({ recipe: { targetTokens: 1_000_000, epochs: 1, ratio: 0.5 } }));
  bench.file('impossible.jsonl', LINES.join('') + formatManifest([impossible]));
  const refused = await train('impossible.jsonl');
  expect([refused.code, refused.error]).toEqual([
    2,
    expect.stringMatching(
      /impossible\.jsonl:4: config\.recipe\.targetTokens: .*; all other runs are finished/,
    ),
  ]);

  const status = await sweep('status', bench.path('out'));
  expect(status.out).toMatch(/runs +4, .*\nfinished +3\nheld +0\nbegun +0, held by nobody\nopen +1\n/);
  const states = JSON.parse((await sweep('status', bench.path('out'), '--json')).out);
  expect(states.map(({ state, step }: { state: string; step: number }) => [state, step])).toEqual([
    ...RUNS.map(() => ['done', 13]),
    ['open', 0],
  ]);

  const table = await sweep('collect', bench.path('out'), '--out', bench.path('runs.csv'));
  expect([table.code, table.error]).toEqual([
    0,
    expect.stringMatching(/1 run not finished yet\n.*3 runs written to /),
  ]);
  const lines = readFileSync(bench.path('runs.csv'), 'utf8').trim().split('\n');
  expect(lines).toHaveLength(4);
  expect(lines[0]).toMatch(/^id,name,N,D,D_T,k,r,r_f,r_1,s,C,S,loss,/);
  const json = await sweep('collect', bench.path('out'), '--out', bench.path('runs.jsonl'), '--json');
  expect(JSON.parse(json.out)).toEqual({
    file: bench.path('runs.jsonl'),
    runs: 3,
    missing: 1,
    damaged: [],
    differing: [],
  });
  writeFileSync(bench.path(`out/records/${RUNS[0]?.id}.json`), '{');
  const damaged = await sweep('collect', bench.path('out'), '--out', bench.path('runs.jsonl'), '--json');
  expect(damaged.error).toMatch(/is damaged .* and left out/);
  expect(JSON.parse(damaged.out)).toMatchObject({
    runs: 2,
    missing: 2,
    damaged: [expect.stringContaining('records/')],
  });
}, 240_000);

test.each([
  [
    'collect from what is no sweep',
    ['collect', 'nowhere', '--out', 'runs.csv'],
    /nowhere is no folder of a sweep/,
  ],
  [
    'collect into what is no table',
    ['collect', 'nowhere', '--out', 'runs.txt'],
    /--out: runs\.txt ends neither in \.jsonl nor in \.csv/,
  ],
  ['status of what is no sweep', ['status', 'nowhere'], /nowhere is no folder of a sweep/],
])('%s', async (_, args, words) => {
  const { code, error } = await sweep(...args);
  expect([code, error]).toEqual([2, expect.stringMatching(words)]);
});
