import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordConfig } from '../../src/formats/config.ts';
import { type ManifestRun, parseManifest } from '../../src/formats/manifest.ts';
import { coordinatesOf, predictLoss } from '../../src/law/law.ts';
import { m3 } from '../../src/law/laws/m3.ts';
import { pointOf } from '../../src/law/point.ts';
import { normals } from '../law/certainty/synthetic.ts';
import { recordOf } from '../sweep/manifests.ts';
import { Bench, jsonLines, run } from './commands.ts';

let bench: Bench;
beforeAll(() => {
  bench = new Bench();
});
afterAll(() => bench.remove());

/** Three models, corpora and lengths, and every kind: some 150 runs, of which rounds take eight. */
const design = {
  version: 1,
  name: 'adaptive',
  corpora: { target: 'world:sw?bytes=60000', source: 'world:en?bytes=60000' },
  model: { layers: 1, heads: 1, context: 16 },
  optimizer: { batch: 4 },
  grid: {
    model: [
      { width: 16, mlp: 32 },
      { width: 32, mlp: 64 },
      { width: 64, mlp: 128 },
    ],
    'recipe.targetTokens': [1025, 4097, 16385],
    'recipe.epochs': [1, 4, 16],
    recipe: [
      { ratio: 1 },
      { ratio: 0.25 },
      { ratio: 0.5 },
      { finalShare: 0.25 },
      { firstRatio: 0.1, finalShare: 0.1 },
    ],
  },
  compute: [1e12],
  adaptive: { runs: 8, compute: 1e11 },
};

function plan(...more: string[]) {
  return run([
    'sweep',
    'plan',
    bench.file('design.json', design),
    '--out',
    bench.path('m.jsonl'),
    '--no-measure',
    ...more,
  ]);
}

const linesOf = (name: string) => parseManifest(readFileSync(bench.path(name), 'utf8'), name);

const theta = coordinatesOf(m3, {
  ...{ E: 1.2, A: 40, alpha: 0.35, B: 60, beta: 0.35, Rstar: 10, tau: 0.2, phi: 0.3, omega: 0.6 },
});

/** The folder as `sweep run` would leave it, with losses that M³ makes. */
function finish(folder: string, runs: readonly ManifestRun[], seed: number): void {
  const normal = normals(seed);
  mkdirSync(bench.path(`${folder}/records`), { recursive: true });
  for (const one of runs) {
    const loss = predictLoss(m3, pointOf(one.nominal), theta) * Math.exp(0.01 * normal());
    const record = recordOf(one, loss);
    const { D, S } = one.nominal;
    const whole = {
      ...record,
      config: recordConfig(one.config),
      realised: { ...record.realised, ...one.nominal, D: Math.round(D), S: Math.round(S) },
    };
    writeFileSync(bench.path(`${folder}/records/${one.id}.json`), JSON.stringify(whole));
  }
}

test('rounds are spread, then chosen; the manifest grows at its end', async () => {
  const first = await plan('--json');
  expect(first.code, first.error).toBe(0);
  expect(first.error).toMatch(
    /0 finished runs are too few for a fit \(14\): 8 runs spread over the [\d,]+ that/,
  );
  expect(jsonLines(first.out)[0]).toMatchObject({
    runs: 8,
    adaptive: { chosen: 8, results: 0, aim: 'spread', targetTokens: null, before: null, after: null },
  });
  const spread = linesOf('m.jsonl');
  expect(new Set(spread.map(({ nominal }) => nominal.kind)).size).toBe(3);

  // Without results the manifest stays as it is.
  const before = readFileSync(bench.path('m.jsonl'), 'utf8');
  const blind = await plan();
  expect([blind.code, blind.error]).toEqual([
    2,
    expect.stringMatching(/--given: .*m\.jsonl holds 8 runs already; name/),
  ]);
  expect(readFileSync(bench.path('m.jsonl'), 'utf8')).toBe(before);

  finish('out', spread, 1);
  expect((await plan('--given', bench.path('out'))).code).toBe(0);
  const second = linesOf('m.jsonl');
  expect(second.slice(0, 8)).toEqual(spread);
  expect(second).toHaveLength(16);
  // One of the second round is not finished.
  finish('out', second.slice(8, 15), 2);
  const third = await plan('--given', bench.path('out'), '--json');
  expect(third.code, third.error).toBe(0);
  expect(third.error).toMatch(/1 planned run not finished yet; the choice counts on/);
  expect(third.error).toMatch(/from 15 runs.*\n8 runs chosen, which are expected to leave/);
  expect(third.error).toContain('m.jsonl: 8 runs added to the 16 that were there');
  const [told] = jsonLines(third.out) as [{ adaptive: Record<string, number[]> }];
  expect(told.adaptive).toMatchObject({ compute: 1e11, chosen: 8, results: 15, underWay: 1, foreign: 0 });
  const width = ([low, high]: number[]) => high! - low!;
  expect(width(told.adaptive.after!)).toBeLessThan(width(told.adaptive.before!));
  const text = readFileSync(bench.path('m.jsonl'), 'utf8');
  expect(text.startsWith(before)).toBe(true);
  expect(linesOf('m.jsonl')).toHaveLength(24);
}, 60_000);

test('records come from files as well; those of other texts are left out; a design that is done says so', async () => {
  const small = {
    ...design,
    grid: { ...design.grid, 'recipe.epochs': [1], 'recipe.targetTokens': [1025] },
    adaptive: { runs: 100 },
  };
  const args = (...more: string[]) => [
    ...['sweep', 'plan', bench.file('small.json', small), '--out', bench.path('s.jsonl'), '--no-measure'],
    ...more,
  ];
  expect((await run(args())).code).toBe(0);
  const all = linesOf('s.jsonl');
  finish('small', all, 3);
  const other = {
    ...all[0]!,
    config: { ...all[0]!.config, corpora: { target: 'world:ja?bytes=60000', source: null } },
  };
  bench.file('other.json', { ...recordOf(other), id: 'abcdefabcdef' });
  const before = readFileSync(bench.path('s.jsonl'), 'utf8');
  const end = await run(args('--given', bench.path('small'), bench.path('other.json'), '--json'));
  expect(end.code, end.error).toBe(0);
  expect(end.error).toContain('1 given record of other texts left out');
  expect(end.error).toContain('every run of this design is planned or finished already');
  expect(jsonLines(end.out)[0]).toMatchObject({ runs: 0, adaptive: { chosen: 0, left: 0, foreign: 1 } });
  expect(readFileSync(bench.path('s.jsonl'), 'utf8')).toBe(before);
}, 60_000);

test('what cannot be is refused, and no manifest is touched', async () => {
  const { adaptive: _, ...plain } = design;
  const args = (json: object, ...more: string[]) => [
    ...['sweep', 'plan', bench.file('bad.json', json), '--out', bench.path('bad.jsonl'), '--no-measure'],
    ...more,
  ];
  mkdirSync(bench.path('empty'));
  bench.file('broken.jsonl', '{"version": 1,\n');
  bench.file('bad.json', plain);
  await bench.refuses(
    args(plain, '--given', bench.path('empty')),
    /--given: .*bad\.json is no adaptive design/,
  );
  await bench.refuses(
    args(design, '--given', bench.path('empty')),
    /--given: .*empty is no folder of a sweep/,
  );
  await bench.refuses(args(design, '--given', bench.path('none')), /--given: there is no file .*none/);
  await bench.refuses(args(design, '--given', bench.path('broken.jsonl')), /broken\.jsonl:1, line 1/);
}, 60_000);
