import { beforeAll, describe, expect, test } from 'vitest';
import {
  BEGINNING,
  continualDesigns,
  modelsOf,
  rateDesigns,
} from '../../../src/sweep/experiments/continualPretraining/design.ts';
import { tokensTo } from '../../../src/sweep/experiments/continualPretraining/savings.ts';
import { continualPretraining } from '../../../src/sweep/experiments/continualPretraining.ts';
import type { Finding, Report, ResultRun } from '../../../src/sweep/experiments/experiment.ts';
import { parametersOf } from '../../../src/sweep/experiments/models.ts';
import { hasTag } from '../../../src/sweep/experiments/results.ts';
import { BUDGETS, settingOf } from '../../../src/sweep/experiments/settings.ts';
import { canvas } from '../../figures/examples.ts';
import { texts } from '../../figures/marks.ts';
import { normals } from '../../law/certainty/synthetic.ts';
import { madeUp, planned } from './madeUp.ts';
import { nominalCost } from './nominalCost.ts';

const SETTING = settingOf('small');
/** FLOPs that the experiment may cost at budget small. */
const MOST_FLOPS = 1.6e12;

type Truth = { E: number; A: number; alpha: number; B: number; beta: number };
type After = { Bprime: number; betaprime: number; gamma: number };

/** Nats per byte at the sizes of budget small, and curves that meet near a million tokens. */
const SCRATCH: Truth = { E: 0.6, A: 20, alpha: 0.45, B: 30, beta: 0.3 };
const AFTER: After = { Bprime: 20, betaprime: 0.2, gamma: 0.1 };
/** As if the source had never been read. */
const NOTHING: After = { Bprime: SCRATCH.B, betaprime: SCRATCH.beta, gamma: 0 };

/** Runs of both kinds as Zheng's law has them, with normal noise in bits per byte. */
function resultsOf(after: After, noise: number, seed = 1): Promise<ResultRun[]> {
  const normal = normals(seed);
  const designs = [...continualDesigns([], SETTING), ...rateDesigns([], SETTING)];
  return madeUp(designs, ({ nominal: { N, k, D_T, kind } }) => {
    const { E, A, alpha, B, beta } = SCRATCH;
    const { Bprime, betaprime, gamma } = after;
    const D = k * D_T;
    const data = kind === 'multi-lingual two-stage' ? Bprime / D ** betaprime / N ** gamma : B / D ** beta;
    return (E + A / N ** alpha + data) / Math.LN2 + noise * normal();
  });
}

const report = async (results: readonly ResultRun[]) => continualPretraining.report(results, SETTING);

function finding({ findings }: Report, name: string): Finding {
  const found = findings.find((one) => one.name === name);
  if (!found) throw new Error(`no finding ${name}`);
  return found;
}

describe('the runs', () => {
  test('cost no more than they may, and one of them trains each source stage', async () => {
    const designs = [...continualDesigns([], SETTING), ...rateDesigns([], SETTING)];
    const runs = await planned(designs);
    const { all, shared, beginnings } = nominalCost(runs);
    expect(all - shared).toBeLessThan(MOST_FLOPS);
    const isTwoStage = (run: (typeof runs)[number]) => run.nominal.kind === 'multi-lingual two-stage';
    const stages = new Set(
      runs
        .filter(isTwoStage)
        .map(({ nominal, config }) => `${nominal.N} ${config.seed} ${config.optimizer.learningRate}`),
    );
    const scratch = runs.filter((run) => !isTwoStage(run));
    expect(beginnings).toBe(scratch.length + stages.size);
  });

  test.each(BUDGETS)(
    'are long enough for a schedule, and warm up for a tenth at most (%s)',
    async (budget) => {
      const setting = settingOf(budget);
      const runs = await planned([...continualDesigns([], setting), ...rateDesigns([], setting)]);
      for (const { steps, config } of runs) {
        expect(steps).toBeGreaterThanOrEqual(256);
        expect(config.optimizer.warmup).toBeLessThanOrEqual(0.1);
        expect(config.optimizer.warmup * steps).toBeGreaterThan(20);
      }
    },
  );

  test('read every target token once, and as many in both ways', async () => {
    const runs = await planned(continualDesigns([], SETTING));
    const lengths = (kind: string) =>
      runs
        .filter(({ nominal }) => nominal.kind === kind)
        .map(({ nominal: { N, k, D_T }, config }) => `${N} ${config.seed} ${Math.round(k * D_T)}`);
    const scratch = new Set(lengths('monolingual single-stage'));
    const source = lengths('multi-lingual two-stage');
    expect(source.filter((length) => !scratch.has(length))).toEqual([]);
    // One length more, but for the largest model.
    expect(scratch.size).toBe(source.length + modelsOf(SETTING).length - 1);
    expect(runs.every(({ nominal: { k } }) => Math.abs(k - 1) < 1e-9)).toBe(true);
    expect(new Set(runs.map(({ nominal }) => nominal.N)).size).toBe(modelsOf(SETTING).length);
  });
});

describe('tokens to a loss', () => {
  const curve = [
    { tokens: 100, loss: 3 },
    { tokens: 200, loss: 2 },
    { tokens: 400, loss: 2.1 },
    { tokens: 800, loss: 1 },
  ];
  test('are read off the logarithm, at the first place', () => {
    expect(tokensTo(2.5, curve)).toEqual({ tokens: expect.closeTo(100 * Math.SQRT2, 9), is: 'between' });
    expect(tokensTo(2, curve)?.tokens).toBeCloseTo(200, 9);
    expect(tokensTo(1.55, curve)?.tokens).toBeCloseTo(400 * Math.SQRT2, 9);
  });
  test('are a bound outside', () => {
    expect(tokensTo(3.1, curve)).toEqual({ tokens: 100, is: 'at most' });
    expect(tokensTo(0.9, curve)).toEqual({ tokens: 800, is: 'at least' });
    expect(tokensTo(1, [])).toBeNull();
  });
});

describe('a world of Zheng’s law', () => {
  let made: Report;
  beforeAll(async () => {
    made = await report(await resultsOf(AFTER, 0.01));
  });

  test('is found faster from the source', () => {
    const { verdict, measured } = finding(made, 'faster from the source');
    expect(verdict).toBe('reproduced');
    expect(measured).toMatch(/saves \d+ % of the target tokens/);
  });

  test('has its exponents inside the intervals in five of six worlds, and a gain that ends', async () => {
    const missed = { beta: 0, betaprime: 0 };
    for (let world = 1; world <= 6; world++) {
      const { tables } = await report(await resultsOf(AFTER, 0.01, 31 * world));
      const { rows } = tables.find(({ name }) => name === 'law')!;
      for (const [name, truth] of [
        ['betaprime', AFTER.betaprime],
        ['beta', SCRATCH.beta],
      ] as const) {
        const [, , low, high] = rows.find(([parameter]) => parameter === name)!;
        if (!(Number(low) < truth && Number(high) > truth)) missed[name]++;
      }
    }
    expect(Math.max(...Object.values(missed))).toBeLessThanOrEqual(1);
    expect(finding(made, 'the gain wears off').verdict).toBe('reproduced');
  });

  test('claims of γ no more than three models tell', () => {
    const { verdict } = finding(made, 'larger models bring over more');
    const gamma = made.tables.find(({ name }) => name === 'law')!.rows.find(([name]) => name === 'gamma')!;
    const low = gamma[2] ?? 0;
    expect(verdict).toBe(typeof low === 'number' && low > 0 ? 'reproduced' : 'undecided');
  });
});

test('the order in which runs finished changes nothing', async () => {
  const results = await resultsOf(AFTER, 0.03);
  const [one, other] = [await report(results), await report([...results].reverse())];
  expect(one.tables).toEqual(other.tables);
  expect(one.findings).toEqual(other.findings);
});

test('figures and tables show every model, and nothing where there is nothing', async () => {
  const made = await report(await resultsOf(AFTER, 0.01));
  const [losses, savings] = made.figures.map(({ draw }) => texts(draw(canvas())).join(' '));
  const [least = 0, , most = 0] = modelsOf(SETTING).map((model) => parametersOf(model).toLocaleString('en'));
  expect(losses).toContain(`N ${least} from the source`);
  expect(savings).toContain(`N ${most}`);
  for (const { columns, rows } of made.tables)
    expect(rows.every((row) => row.length === columns.length)).toBe(true);
  for (const { draw } of (await report([])).figures)
    expect(texts(draw(canvas())).join(' ')).toMatch(/no values/);
});

test('a source that brings nothing is not reproduced', async () => {
  const made = await report(await resultsOf(NOTHING, 0.01));
  expect(finding(made, 'faster from the source').verdict).toBe('not reproduced');
  expect(finding(made, 'the gain wears off').verdict).not.toBe('reproduced');
});

test('a source that hurts is not reproduced', async () => {
  const made = await report(await resultsOf({ ...NOTHING, Bprime: 1.3 * SCRATCH.B }, 0.01));
  expect(finding(made, 'faster from the source').verdict).toBe('not reproduced');
});

test('what noise hides is undecided', async () => {
  const made = await report(await resultsOf({ ...NOTHING, Bprime: 0.97 * SCRATCH.B }, 0.5));
  expect(made.findings.map(({ verdict }) => verdict)).not.toContain('reproduced');
  expect(finding(made, 'faster from the source').verdict).toBe('undecided');
});

describe('another learning rate', () => {
  const isScratch = (run: ResultRun) => hasTag(run, BEGINNING, 'from scratch');
  const isOther = (run: ResultRun) => hasTag(run, 'asked', 'continual-pretraining/target rates');
  const better = (results: readonly ResultRun[], bits: number) =>
    results.map((run) => {
      const { final } = run.record;
      if (!final || !isOther(run) || !isScratch(run)) return run;
      const halves = (final.targetHalvesBitsPerByte ?? []).map((loss) => loss - bits) as [number, number];
      return { ...run, record: { ...run.record, final: { ...final, targetHalvesBitsPerByte: halves } } };
    });

  test('that makes up for the source leaves its gain undecided', async () => {
    const results = await resultsOf(AFTER, 0.01);
    expect(finding(await report(results), 'faster from the source').verdict).toBe('reproduced');
    const { verdict, measured } = finding(await report(better(results, 2)), 'faster from the source');
    expect(verdict).toBe('undecided');
    expect(measured).toMatch(/×(0\.5|2) from scratch, ×/);
  });

  test('that was not tried leaves it undecided', async () => {
    const results = (await resultsOf(AFTER, 0.01)).filter((run) => !isOther(run));
    const { verdict, measured } = finding(await report(results), 'faster from the source');
    expect(verdict).toBe('undecided');
    expect(measured).toContain('were not tried');
  });
});

describe('runs that are missing', () => {
  test('leave everything undecided, and say so', async () => {
    const made = await report([]);
    for (const { verdict, measured } of made.findings) {
      expect(verdict).toBe('undecided');
      expect(measured).toMatch(/^0 lengths|^The law was not fitted: the number of models/);
    }
  });

  test('of two models leave the law undecided and not the rest', async () => {
    const all = await resultsOf(AFTER, 0.01);
    const most = Math.max(...all.map(({ nominal }) => nominal.N));
    const made = await report(all.filter(({ nominal }) => nominal.N < most));
    expect(finding(made, 'faster from the source').verdict).toBe('reproduced');
    expect(finding(made, 'the gain wears off').measured).toMatch(/is 2, and .* need 3/);
  });
});
