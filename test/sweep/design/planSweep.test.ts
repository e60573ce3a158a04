import { describe, expect, test } from 'vitest';
import type { TrainConfig } from '../../../src/formats/config.ts';
import { formatManifest, parseManifest } from '../../../src/formats/manifest.ts';
import type { SweepDesign } from '../../../src/formats/sweepDesignFields.ts';
import { manifestRuns } from '../../../src/sweep/design/lines.ts';
import { dropReasons, planSweep } from '../../../src/sweep/design/planSweep.ts';
import { designOf, MODEL, N, plan, TEXTS } from './fixtures.ts';

const compute = [6 * N * 32_000];

describe('a grid', () => {
  const design = designOf({
    grid: { 'recipe.targetTokens': [1601, 3201], 'recipe.ratio': [1, 0.25] },
    compute,
    seeds: [0, 1],
    tags: { experiment: 'test' },
  });

  test('is every combination, each with its own name, id and tags', async () => {
    const { runs, dropped, merged } = await plan([design]);
    expect([dropped, merged]).toEqual([[], 0]);
    expect(new Set(runs.map(({ id }) => id)).size).toBe(8);
    expect(runs.map(({ config }) => config.name).sort()).toEqual(
      [1601, 3201]
        .flatMap((tokens) => [0.25, 1].map((ratio) => `d targetTokens=${tokens} ratio=${ratio}`))
        .flatMap((name) => [0, 1].map((seed) => `${name} seed=${seed}`)),
    );
    for (const run of runs) {
      expect(run.tags).toEqual({ design: 'd', budget: compute[0], experiment: 'test' });
      expect(run.nominal.C).toBeCloseTo(compute[0] ?? 0, -2);
    }
  });

  test('names what is no number or short word by its place in its list', async () => {
    const { runs } = await plan([
      designOf({ grid: { model: [{ layers: 1 }, { layers: 2 }], 'optimizer.schedule': ['wsd', 'cosine'] } }),
    ]);
    expect(runs.map(({ config }) => config.name).sort()).toEqual([
      'd model#1 schedule=cosine',
      'd model#1 schedule=wsd',
      'd model#2 schedule=cosine',
      'd model#2 schedule=wsd',
    ]);
  });

  test('asks once for each text, and with a BPE once for each D_T', async () => {
    const asked: TrainConfig[][] = [];
    const readTexts = async (configs: readonly TrainConfig[]) => {
      asked.push([...configs]);
      return configs.map(() => TEXTS);
    };
    await planSweep([design, designOf({ name: 'e', compute })], { readTexts });
    const bpe: SweepDesign = { ...design, tokenizer: { kind: 'bpe', vocabulary: 512 } };
    await planSweep([bpe], { readTexts });
    expect(asked.map((configs) => configs.length)).toEqual([1, 2]);
  });

  test('breaks off when it is told to', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    const readTexts = async () => [];
    await expect(planSweep([design], { readTexts, signal })).rejects.toThrow('enough');
  });
});

describe('what cannot be', () => {
  const reasonOf = async (changes: Partial<SweepDesign>, texts = TEXTS) => {
    const { runs, dropped } = await plan([designOf(changes)], texts);
    expect(runs).toEqual([]);
    expect(dropped).toHaveLength(1);
    return `${dropped[0]?.field}: ${dropped[0]?.problem}`;
  };
  const tokens = (count: number) => [6 * N * count];

  test.each<[string, Partial<SweepDesign>, RegExp]>([
    ['r > r_f', { recipe: { targetTokens: 1601, ratio: 0.5, finalRatio: 0.25 } }, /finalRatio: 0.25 is less/],
    [
      'r_1 ≥ r',
      { recipe: { targetTokens: 1601, ratio: 0.5, finalRatio: 1, firstRatio: 0.5 } },
      /firstRatio: 0.5 is not less than the average ratio 0.5/,
    ],
    [
      'D_T beyond the text',
      { recipe: { targetTokens: 100_001 } },
      /100,001 tokens are more than the 100,000/,
    ],
    ['D_T below a window', { recipe: { targetTokens: 16 }, compute: tokens(999) }, /16 tokens are less than/],
    [
      'k below one window',
      { recipe: { targetTokens: 1601, ratio: 0.01 }, compute: tokens(1000) },
      /recipe.epochs: the run would read 0.625 of one target window/,
    ],
    ['C below one step', { compute: tokens(25) }, /optimizer.batch: a step of 4 windows is more than the/],
    [
      'more than C',
      { recipe: { targetTokens: 1601, epochs: 2 }, compute: tokens(3199) },
      /compute: the run takes .* FLOP, more than the .* FLOP that there are/,
    ],
    [
      'no source',
      { corpora: { target: 'file:sw.txt' }, recipe: { targetTokens: 1601, ratio: 0.5 } },
      /source/,
    ],
    ['heads that do not divide', { model: { ...MODEL, heads: 3 } }, /model.width: 32 is not divisible by 3/],
    ['heads of a width unknown', { model: { ...MODEL, heads: 4 } }, /model.heads: 32 \/ 4 gives heads of 8/],
    ['a warm-up of more than the run', { warmupSteps: 26 }, /warmupSteps: .* 26 steps .*, which has 25/],
    ['a warm-up in the decay', { warmupSteps: 20 }, /optimizer.decay: 0.3 and a warm-up of 0.8 are more/],
    [
      'a source that is repeated, where that is not wanted',
      { recipe: { targetTokens: 99_201, ratio: 0.1 }, dropRepeatedSource: true },
      /corpora.source: .* source text is repeated 2.23 times/,
    ],
    [
      'r given with s in one value of a list',
      { grid: { recipe: [{ finalShare: 0.2 }], 'recipe.ratio': [0.3] } },
      /recipe.finalShare: recipe.ratio is given too/,
    ],
  ])('%s', async (_, changes, reason) => {
    expect(await reasonOf(changes)).toMatch(reason);
  });

  test('is left out for texts of which not one window can be trained or validated on', async () => {
    const of = (side: 'target' | 'source', sizes: object) =>
      reasonOf({ recipe: { targetTokens: 1601 } }, { ...TEXTS, [side]: { ...TEXTS[side], ...sizes } });
    expect(await of('target', { validation: 16 })).toMatch(/corpora.target: .* 16 validation tokens, less/);
    expect(await of('source', { training: 16 })).toMatch(/corpora.source: .* 16 training tokens, less/);
  });

  test('is left out for tokens that cannot be had', async () => {
    const refusal = { field: 'tokenizer.vocabulary', problem: 'too many' };
    const { runs, dropped } = await planSweep(
      [
        designOf({
          tokenizer: { kind: 'bpe', vocabulary: 512 },
          grid: { 'recipe.targetTokens': [17, 1601] },
        }),
      ],
      { readTexts: async () => [refusal, TEXTS] },
    );
    expect(runs.map(({ nominal }) => nominal.D_T)).toEqual([1600]);
    expect(dropped).toEqual([{ name: 'd targetTokens=17', ...refusal }]);
  });

  test('is not looked for in texts whose size nobody knows', async () => {
    const unknown = { ...TEXTS, target: null, source: null };
    const { runs } = await plan(
      [designOf({ recipe: { targetTokens: 1e8 + 1, ratio: 0.5 }, dropRepeatedSource: true })],
      unknown,
    );
    expect(runs).toHaveLength(1);
  });

  test('stays out alone: the other runs are planned; reasons are counted, the most frequent first', async () => {
    const { runs, dropped } = await plan([
      designOf({
        grid: { 'recipe.targetTokens': [1601, 200_001, 300_001], 'recipe.ratio': [1, 0.5, 2] },
      }),
    ]);
    expect(runs).toHaveLength(2);
    const reasons = dropReasons(dropped);
    expect(reasons.map(({ count, field }) => [count, field])).toEqual([
      [4, 'recipe.targetTokens'],
      [3, 'recipe.ratio'],
    ]);
    expect(reasons[1]).toMatchObject({
      problem: '2 is not a number above 0 and at most 1',
      examples: ['d targetTokens=1601 ratio=2', 'd targetTokens=200001 ratio=2'],
    });
  });

  test('a source that is repeated is planned and told of, unless the design says otherwise', async () => {
    const { runs } = await plan([designOf({ recipe: { targetTokens: 99_201, ratio: 0.1 } })]);
    expect(runs[0]?.warnings[0]).toMatch(/source text is repeated 2.23 times/);
  });
});

describe('a run that several ask for', () => {
  test('is planned once, with the tags of all', async () => {
    const one = designOf({ name: 'one', tags: { cell: 'a', pair: 'sw' }, compute });
    const grid = { 'recipe.targetTokens': [1601, 3201] };
    const two = designOf({ name: 'two', tags: { cell: ['b', 'a'], pair: 'sw' }, grid, compute });
    const { runs, merged } = await plan([one, two]);
    expect([runs.length, merged]).toEqual([2, 1]);
    const shared = runs.find(({ nominal }) => nominal.D_T === 1600);
    expect(shared?.config.name).toBe('one');
    expect(shared?.tags).toEqual({
      design: ['one', 'two'],
      budget: compute[0],
      cell: ['a', 'b'],
      pair: 'sw',
    });
  });

  test('has one id, in whatever order fields and designs are written', async () => {
    const fields = { ...designOf({ compute, grid: { 'recipe.ratio': [1, 0.5], seed: [0, 1] } }) };
    const turned = Object.fromEntries(Object.entries(fields).reverse()) as unknown as SweepDesign;
    const again = { ...turned, grid: { seed: [1, 0], 'recipe.ratio': [0.5, 1] } };
    const idsOf = async (design: SweepDesign) => (await plan([design])).runs.map(({ id }) => id).sort();
    expect(await idsOf(again)).toEqual(await idsOf(fields));
  });
});

describe('the order of runs', () => {
  test('puts together what shares a fleet, in it what begins alike, and of these the longest first', async () => {
    const { runs } = await plan([
      designOf({
        grid: {
          'recipe.epochs': [1, 4],
          'recipe.finalShare': [0.1, 0.3],
          'recipe.firstRatio': [0.1, 0.2],
          model: [{ layers: 1 }, { layers: 2 }],
        },
        warmupSteps: 2,
        seeds: [0, 1],
      }),
    ]);
    expect(runs).toHaveLength(32);
    const seen = runs.map(({ config: { model, seed, recipe }, flops }) => ({
      fleet: model.layers,
      family: `${model.layers} ${seed} ${'firstRatio' in recipe ? recipe.firstRatio : ''}`,
      flops,
    }));
    const changes = (of: (run: (typeof seen)[number]) => unknown) =>
      seen.filter((run, index) => index > 0 && of(run) !== of(seen[index - 1] ?? run)).length;
    expect(changes(({ fleet }) => fleet)).toBe(1);
    expect(changes(({ family }) => family)).toBe(7);
    for (const [index, run] of seen.entries()) {
      const before = seen[index - 1];
      if (before?.family === run.family) expect(before.flops).toBeGreaterThanOrEqual(run.flops);
    }
  });
});

describe('lines of a manifest', () => {
  test('are read back; they carry the hash of every text, and paths from where the manifest is to lie', async () => {
    const { runs } = await plan([
      designOf({
        corpora: { target: 'file:sw.txt#documents=line', source: 'world:en', targetValidation: 'file:v.txt' },
        tokenizer: { kind: 'file', path: 'tokenizer.json' },
      }),
    ]);
    const hashed = { ...TEXTS.hashes, targetValidation: '12'.repeat(32) };
    const lines = manifestRuns(
      runs.map((run) => ({ ...run, texts: { ...TEXTS, hashes: hashed } })),
      (path) => `../${path}`,
    );
    expect(lines[0]?.config).toMatchObject({
      corpora: {
        target: `file:../sw.txt#documents=line&sha256=${'ab'.repeat(32)}`,
        source: 'world:en',
        targetValidation: `file:../v.txt#sha256=${'12'.repeat(32)}`,
      },
      tokenizer: { kind: 'file', path: '../tokenizer.json', fingerprint: 'ef'.repeat(32) },
    });
    const { runs: plain } = await plan([designOf({ seeds: [0, 1] })]);
    const written = manifestRuns(plain, (path) => `some/where/${path}`);
    expect(parseManifest(formatManifest(written), 'm.jsonl')).toEqual(written);
  });
});
