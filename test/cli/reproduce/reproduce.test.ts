import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Io } from '../../../src/cli/io.ts';
import { InputError, InterruptedError } from '../../../src/cli/report.ts';
import { reportFrom } from '../../../src/cli/reproduce/from.ts';
import type { ReproduceOptions } from '../../../src/cli/reproduce/options.ts';
import { planHere } from '../../../src/cli/reproduce/plan.ts';
import { trainHere } from '../../../src/cli/reproduce/train.ts';
import { type ForecastSummary, forecastWords } from '../../../src/cli/words/reproduce/forecast.ts';
import { parseManifest } from '../../../src/formats/manifest.ts';
import { BUDGETS, settingOf } from '../../../src/sweep/experiments/settings.ts';
import { madeUp, RATES, TINY } from '../../sweep/reproduce/madeUp.ts';
import { Bench, jsonLines, run, shareDevice } from '../commands.ts';

let bench: Bench;
beforeAll(async () => {
  // As the tests of the GPU do: only the software adapter.
  await shareDevice({ softwareOnly: true });
  bench = new Bench();
});
afterAll(() => bench.remove());

const ASKED = { experiment: madeUp(), setting: TINY };
const OPTIONS: ReproduceOptions = { fleet: 'auto', checkpointEvery: 60, tuning: 'off' };

type Told = { readonly out: string; readonly error: string };

/** What a part of the command says; what it throws is thrown. */
async function hear(
  work: (io: Io) => Promise<void>,
  { json = false, signal = new AbortController().signal, onOut = (_: string) => {} } = {},
): Promise<Told> {
  let [out, error] = ['', ''];
  const streams = {
    out: (text: string) => {
      out += text;
      onOut(text);
    },
    error: (text: string) => {
      error += text;
    },
    terminal: false,
    signal,
  };
  await work(new Io(streams, json));
  return { out, error };
}

const readJson = (path: string) => JSON.parse(readFileSync(bench.path(path), 'utf8'));
const REPORT = 'out/reports/made-up-small';

describe('an experiment from its runs to its report', () => {
  const options = () => ({ ...OPTIONS, out: bench.path('out') });
  let told: Told;

  test('interrupted, it has saved; called again, it goes on and reports', async () => {
    const abort = new AbortController();
    const cut = hear((io) => trainHere(ASKED, options(), io), {
      json: true,
      signal: abort.signal,
      onOut: (text) => {
        if (text.startsWith('{"event":"record"'))
          abort.abort(Object.assign(new Error(), { name: 'AbortError', code: 130 }));
      },
    });
    await expect(cut).rejects.toThrow(
      expect.objectContaining({
        exitCode: 130,
        message: expect.stringMatching(/^saved in .*out; the same command goes on$/),
      }),
    );
    await expect(cut).rejects.toThrow(InterruptedError);
    const finished = readdirSync(bench.path('out/records')).length;
    expect(finished).toBeGreaterThan(0);
    told = await hear((io) => trainHere(ASKED, options(), io));
    expect(readdirSync(bench.path('out/records'))).toHaveLength(5);
    expect(told.error).toMatch(
      new RegExp(`round 1 of 2, rates: which learning rate is best\n {2}3 runs, ${finished} found`),
    );
    expect(told.error).toMatch(
      /round 2 of 2, more seeds: .*\n {2}3 runs, 1 found, 2 to train, .*FLOP \(6·N·D\)/,
    );
    expect(told.out).toMatch(
      /^made-up, budget small: 1 reproduced\n\nREPRODUCED: a loss\n {2}There is one\. \(nobody\)/,
    );
    expect(told.out).toMatch(/Losses by seed\nrun +seed +bits per byte\n/);
  });

  test('the report lies in the folder, with what it stands on', () => {
    expect(readdirSync(bench.path(REPORT)).sort()).toEqual([
      'losses.svg',
      'manifest.jsonl',
      'report.json',
      'report.md',
      'runs.jsonl',
    ]);
    const json = readJson(`${REPORT}/report.json`);
    expect(json).toMatchObject({
      version: 1,
      experiment: 'made-up',
      budget: 'small',
      texts: TINY.texts,
      findings: [{ verdict: 'reproduced' }],
      figures: ['losses.svg'],
      runs: { runs: 5, diverged: 0 },
      missing: 0,
    });
    const markdown = readFileSync(bench.path(`${REPORT}/report.md`), 'utf8');
    expect(markdown).toContain('# made-up at budget small: 1 reproduced');
    expect(markdown).toContain('## a loss: reproduced');
    expect(markdown).toContain('![losses](losses.svg)');
    expect(markdown).toMatch(/\| run \| seed \| bits per byte \|\n\| --- \| ---: \| ---: \|/);
    expect(markdown).toContain(
      "m3lab reproduce made-up --budget small --target 'world:sw?bytes=30000' --source 'world:en?bytes=60000'",
    );
    // Nothing of this machine but what it is.
    expect(markdown).not.toContain(bench.folder);
    const lines = parseManifest(readFileSync(bench.path(`${REPORT}/manifest.jsonl`), 'utf8'), 'manifest');
    const records = jsonLines(readFileSync(bench.path(`${REPORT}/runs.jsonl`), 'utf8'));
    expect(records.map(({ id }) => id).sort()).toEqual(lines.map(({ id }) => id).sort());
  });

  test.each([
    ['the folder of the reproduction', ['out']],
    ['the folder of the report', [REPORT]],
    ['its files', [`${REPORT}/runs.jsonl`, `${REPORT}/manifest.jsonl`]],
  ])(
    'from %s it says the same again, without text or device, and writes nothing unasked',
    async (_, paths) => {
      const before = bench.list();
      const from = await hear((io) =>
        reportFrom(
          madeUp(),
          paths.map((path) => bench.path(path)),
          paths.length > 1 ? TINY.texts : null,
          OPTIONS,
          io,
        ),
      );
      const withoutMachine = told.out.replace(/this machine: .*(\n.*)*$/, '').trim();
      expect(from.out.trim()).toBe(withoutMachine);
      expect(from.error).toBe('');
      expect(bench.list()).toEqual(before);
    },
  );

  test('from a folder that lacks runs it says which rounds, and reports on the rest', async () => {
    cpSync(bench.path('out'), bench.path('part'), { recursive: true });
    const manifest = bench.path('part/manifests/made-up-small.more-seeds.jsonl');
    const seeds = parseManifest(readFileSync(manifest, 'utf8'), manifest);
    const lost = seeds.find(({ config }) => config.seed === 4);
    rmSync(bench.path(`part/records/${lost?.id}.json`));
    const places = { ...OPTIONS, out: bench.path('again'), figures: bench.path('drawn'), curvePoints: 3 };
    const part = await hear((io) => reportFrom(madeUp(), [bench.path('part')], null, places, io));
    expect(part.error).toMatch(/1 run of 5 without a record; nothing is trained/);
    expect(part.out).toContain('4 runs; 1 more were asked for and are not there');
    expect(readJson('again/reports/made-up-small/report.json')).toMatchObject({
      missing: 1,
      emptyRounds: [],
    });
    expect(readdirSync(bench.path('drawn'))).toEqual(['losses.svg']);
    const thin = jsonLines(readFileSync(bench.path('again/reports/made-up-small/runs.jsonl'), 'utf8'));
    expect(thin.map(({ curve }) => (curve as unknown[]).length)).toEqual([3, 3, 3, 3]);
    const markdown = readFileSync(bench.path('again/reports/made-up-small/report.md'), 'utf8');
    expect(markdown).toContain('![losses](../../../drawn/losses.svg)');

    rmSync(manifest);
    const none = await hear((io) => reportFrom(madeUp(), [bench.path('part')], null, OPTIONS, io));
    expect(none.error).toMatch(/no run of these rounds: more seeds/);
    expect(none.out).toMatch(/UNDECIDED: a loss/);
  });

  test('a round may be trained by m3lab sweep run in the same folder', async () => {
    const folder = bench.path('cluster');
    cpSync(bench.path('out'), folder, { recursive: true });
    const [rates, seeds] = ['rates', 'more-seeds'].map((round) =>
      join(folder, `manifests/made-up-small.${round}.jsonl`),
    );
    const linesOf = (path = '') => parseManifest(readFileSync(path, 'utf8'), path);
    const before = new Set(linesOf(rates).map(({ id }) => id));
    for (const { id } of linesOf(seeds)) if (!before.has(id)) rmSync(join(folder, `records/${id}.json`));
    const sweep = (manifest = '') => run(['sweep', 'run', manifest, '--out', folder, '--tuning', 'off']);
    // One manifest after the other: the folder is not one manifest's.
    for (const [manifest, words] of [
      [rates, /0 runs finished, 3 were finished before/],
      [seeds, /2 runs finished, 1 were finished before/],
    ] as const) {
      const { code, error } = await sweep(manifest);
      expect([code, error]).toEqual([0, expect.stringMatching(words)]);
    }
    expect(existsSync(join(folder, 'manifest.jsonl'))).toBe(false);
    const here = await hear((io) => trainHere(ASKED, { ...OPTIONS, out: folder }, io));
    expect(here.error).toMatch(/3 runs, 3 found/);
    expect(here.error).not.toMatch(/to train/);
    const timeless = (text: string) => text.replace(/[\d,]+ s of training/, '');
    expect(timeless(here.out)).toBe(timeless(told.out));
  });

  test('other texts in the same folder are refused', async () => {
    const asked = {
      ...ASKED,
      setting: { ...TINY, texts: { ...TINY.texts, target: 'world:id?bytes=30000' } },
    };
    await expect(hear((io) => trainHere(asked, options(), io))).rejects.toThrow(InputError);
    await expect(hear((io) => trainHere(asked, options(), io))).rejects.toThrow(
      /--out: .*: the folder holds made-up-small on target world:sw.* choose another folder/,
    );
  });
});

test('a plan says what the next round takes, and what a GPU would make of it', async () => {
  const options = { ...OPTIONS, out: bench.path('planned') };
  // Foresight would be measured apart; what becomes of it is tested without a device.
  const { foreseen: _, ...experiment } = madeUp();
  const { out } = await hear((io) => planHere({ ...ASKED, experiment }, options, io), { json: true });
  const [plan] = jsonLines(out) as [Record<string, never>];
  expect(plan).toMatchObject({
    experiment: 'made-up',
    rounds: 2,
    finished: { rounds: 0, runs: 0 },
    next: {
      round: 'rates',
      runs: RATES.length,
      found: 0,
      cost: { runs: 3, flopsBy: 'engine', software: true },
    },
    later: null,
    all: { runs: 3 },
  });
  const { all, shareOfPeak, peakFlopsPerSecond, secondsAtTeraflop } = plan as unknown as {
    all: { flops: number; savedFlops: number; seconds: number };
    [name: string]: unknown;
  };
  const trained = all.flops - all.savedFlops;
  expect(shareOfPeak).toBeCloseTo(trained / all.seconds / Number(peakFlopsPerSecond), 12);
  expect(secondsAtTeraflop).toBeCloseTo(trained / 1e12 / Number(shareOfPeak), 12);
  expect(existsSync(bench.path('planned/records'))).toBe(false);
  const words = forecastWords(plan as unknown as ForecastSummary);
  expect(words).toMatch(/next round +1 of 2, rates: /);
  expect(words).toMatch(
    /later rounds +what they ask for is known when this one is finished\non a GPU +this round about .* on one of 1 TFLOP\/s \(fp32 peak\), were its share of peak that of this processor/,
  );
});

describe('what cannot be is refused, and nothing is made', () => {
  test.each<[string, string[], RegExp]>([
    ['an unknown experiment', ['replaj'], /NAME: there is no experiment "replaj"; did you mean replay\?/],
    [
      'an unknown budget',
      ['replay', '--budget', 'tiny'],
      /'tiny' is invalid\. Allowed choices are small, laptop, gpu/,
    ],
    [
      'a folder that cannot be',
      ['replay', '--out', '/proc/nowhere/out'],
      /--out: the folder .* cannot be made/,
    ],
    [
      'one text of two',
      ['replay', '--target', 'world:sw'],
      /--target: it goes with --source; give both, or neither/,
    ],
    [
      'a control alone',
      ['replay', '--control', 'world:ja'],
      /--control: it goes with --target; give both, or neither/,
    ],
    [
      'a second control alone',
      ['replay', '--target', 'world:id', '--source', 'world:en', '--other-script', 'world:ja'],
      /--other-script: it goes with --control; give both, or neither/,
    ],
    [
      'a text that is not there',
      ['replay', '--target', 'nowhere.txt', '--source', 'world:en'],
      /--target: there is no file nowhere\.txt/,
    ],
    [
      'what is no text',
      ['replay', '--target', 'world:xx', '--source', 'world:en'],
      /the world is told in en, id, sw, ja/,
    ],
    ['two ways at once', ['replay', '--plan', '--from', 'x'], /--plan, --from: give one of them/],
    ['nothing to report on', ['replay', '--from', 'nowhere'], /--from: there is no file nowhere/],
  ])('%s', async (_, args, words) => {
    await bench.refuses(['reproduce', ...args], words);
  });

  test.each<[string, string, RegExp]>([
    ['no JSON', 'some words\n', /given\.jsonl:1, line 1, column 1: /],
    ['no record', '{"version": 1}\n', /given\.jsonl:1: id: this field is missing/],
    ['a manifest that was changed', '{"version": 1, "nominal": {}}\n', /given\.jsonl:1: /],
    ['nothing', '\n', /--from: there is no manifest in .*; name the folder of a report/],
  ])('--from a file that is %s', async (_, text, words) => {
    const file = bench.file('given.jsonl', text);
    await bench.refuses(['reproduce', 'replay', '--from', file], words);
  });

  test('--from a folder of something else', async () => {
    mkdirSync(bench.path('empty'), { recursive: true });
    await bench.refuses(
      ['reproduce', 'replay', '--from', bench.path('empty')],
      /--from: .*empty holds neither manifests nor runs\.jsonl and manifest\.jsonl/,
    );
    mkdirSync(bench.path('other/manifests'), { recursive: true });
    bench.file('other/manifests/distance-laptop.rates.jsonl', '');
    await bench.refuses(
      ['reproduce', 'replay', '--from', bench.path('other')],
      /--from: .*other holds no round of replay; it holds distance-laptop/,
    );
  });
});

test('without a name the experiments are listed, and the help says what budgets are', async () => {
  const { code, out } = await run(['reproduce']);
  expect([code, out]).toEqual([0, expect.stringMatching(/^ {2}replay {2}.*\?$/m)]);
  const json = JSON.parse((await run(['reproduce', '--json'])).out);
  expect(json.map(({ name }: { name: string }) => name)).toContain('replay');
  const help = await run(['reproduce', '--help']);
  expect(help.code).toBe(0);
  for (const budget of BUDGETS)
    expect(help.out).toMatch(
      new RegExp(`^ +${budget} +runs of .*; ${settingOf(budget).models.length} sizes`, 'm'),
    );
});
