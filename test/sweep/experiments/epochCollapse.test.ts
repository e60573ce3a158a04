import { describe, expect, it } from 'vitest';
import type { ManifestRun } from '../../../src/formats/manifest.ts';
import { bestEpochs } from '../../../src/sweep/experiments/epochCollapse/bestEpochs.ts';
import { oneCurve } from '../../../src/sweep/experiments/epochCollapse/oneCurve.ts';
import { epochCollapse } from '../../../src/sweep/experiments/epochCollapse.ts';
import type { Finding, Report, ResultRun } from '../../../src/sweep/experiments/experiment.ts';
import { tokensFor } from '../../../src/sweep/experiments/models.ts';
import { gridRound } from '../../../src/sweep/experiments/phaseShift/gridRounds.ts';
import { ofRound } from '../../../src/sweep/experiments/results.ts';
import { type Setting, settingOf } from '../../../src/sweep/experiments/settings.ts';
import { canvas } from '../../figures/examples.ts';
import { normals } from '../../law/certainty/synthetic.ts';
import { planned } from './madeUp.ts';
import { reproduced, type World } from './reproduced.ts';

const SMALL = settingOf('small');
const LAPTOP = settingOf('laptop');
/** Bits per byte. */
const NOISE = 0.004;

/**
 * A world in which model number i is the best at budget number i, and the loss of repeated text is lowest at the k* that is given, of
 * the target text and the D* of the model's own budget.
 */
function world(
  { models, computes }: Setting,
  bestOf: (targetTokens: number, optimal: number) => number,
  noise = NOISE,
): World {
  const loss = ({ nominal: { N, k, D_T, C }, config }: ManifestRun) => {
    const rank = models.findIndex(
      ({ layers, width }) => layers === config.model.layers && width === config.model.width,
    );
    const model = models[rank];
    if (!model) throw new Error(`no model of ${N}`);
    const optimal = tokensFor(computes[Math.min(rank, computes.length - 1)] ?? 0, model);
    const away = rank - computes.findIndex((compute) => Math.abs(compute / C - 1) < 0.01);
    if (k <= 1.02) return 2 + 0.1 * away ** 2;
    return 2.5 + 0.06 * Math.log(k / bestOf(D_T, optimal)) ** 2;
  };
  return { loss, noise };
}

async function findingOf(made: World, setting = SMALL, keep = (_: ResultRun) => true): Promise<Finding> {
  const results = await reproduced(epochCollapse, setting, made);
  const { findings, figures } = (await epochCollapse.report(results.filter(keep), setting)) as Report;
  for (const { draw } of figures) expect(draw(canvas()).getAttribute('role')).toBe('img');
  const [finding] = findings;
  if (!finding || findings.length > 1) throw new Error(`${findings.length} findings`);
  return finding;
}

describe('the runs', () => {
  it('try numbers of passes on both sides of the best, and stay within the budget', async () => {
    const made = world(SMALL, (targetTokens, optimal) => 3 * (targetTokens / optimal) ** -0.4);
    const results = await reproduced(epochCollapse, SMALL, made);
    const between = ofRound(results, 'epoch-collapse', 'epochs between');
    expect(between.length).toBeGreaterThan(10);
    for (const run of between) expect(run.nominal.C).toBeLessThan(1.001 * Math.max(...SMALL.computes));
    const own = new Set([...ofRound(results, 'epoch-collapse', 'epochs'), ...between]);
    const flops = [...own].reduce((sum, { nominal }) => sum + nominal.C, 0);
    expect(flops).toBeLessThan(2.9e12);
    // What is foreseen is a bound.
    const foreseen = await planned(epochCollapse.foreseen?.(SMALL) ?? []);
    const all = results.reduce((sum, { nominal }) => sum + nominal.C, 0);
    expect(foreseen.reduce((sum, { nominal }) => sum + nominal.C, 0)).toBeGreaterThan(0.9 * all);
  });

  it('are the same whatever order results come in, and when the round is asked again', async () => {
    const made = world(SMALL, () => 11);
    const results = await reproduced(epochCollapse, SMALL, made);
    const round = epochCollapse.rounds.at(-1);
    expect(round?.designs(results.toReversed(), SMALL)).toEqual(round?.designs(results, SMALL));
  });
});

describe('the verdict', () => {
  const ofScarcity = (targetTokens: number, optimal: number) => 3 * (targetTokens / optimal) ** -0.4;

  it('is “reproduced” where scarcity alone decides', async () => {
    const finding = await findingOf(world(LAPTOP, ofScarcity), LAPTOP);
    expect(finding.measured).toContain('it is scarcity and not the amount of text');
    expect(finding.verdict).toBe('reproduced');
  });

  it('is “undecided” where budgets have nearly the same D*: scarcity is then as good as the amount of text', async () => {
    const [low = 0, high = 0] = SMALL.computes.map((compute, rank) => {
      const model = SMALL.models[rank];
      return model ? tokensFor(compute, model) : 0;
    });
    expect(high / low).toBeLessThan(1.5);
    const finding = await findingOf(world(SMALL, ofScarcity));
    expect(finding.measured).toContain('cannot be told apart');
    expect(finding.verdict).toBe('undecided');
  });

  it('speaks of two-stage recipes where phase-shift has run them', async () => {
    const made = world(SMALL, (targetTokens, optimal) => 3 * (targetTokens / optimal) ** -0.4);
    expect(epochCollapse.alsoReads).toEqual(['phase-shift']);
    expect((await findingOf(made)).measured).toContain('No two-stage runs');
    const rounds = [...epochCollapse.rounds, gridRound];
    const { findings } = (await epochCollapse.report(
      await reproduced({ rounds }, SMALL, made),
      SMALL,
    )) as Report;
    expect(findings[0]?.measured).toMatch(/[Bb]est two-stage recipes/);
  });

  it('is “not reproduced” where the amount of text alone decides', async () => {
    const made = world(LAPTOP, (targetTokens) => 12 * (targetTokens / 30_000) ** -0.5);
    expect((await findingOf(made, LAPTOP)).verdict).toBe('not reproduced');
  });

  it('is “undecided” where the best number is always the same: x and D_T explain it alike', async () => {
    const finding = await findingOf(world(SMALL, () => 12));
    expect(finding.verdict).toBe('undecided');
    expect(finding.measured).toContain('cannot be told apart');
  });

  it('is “undecided” where repetition never hurts, so that C alone says when to stop', async () => {
    const finding = await findingOf(world(SMALL, () => 1e4));
    expect(finding.verdict).toBe('undecided');
    expect(finding.measured).toContain('the most that C allows');
  });

  it('is “undecided” where noise covers all', async () => {
    const made = world(SMALL, (targetTokens, optimal) => 3 * (targetTokens / optimal) ** -0.4, 0.3);
    expect((await findingOf({ ...made, seed: 1000 })).verdict).toBe('undecided');
  });

  it('is “undecided” without runs, and with runs of one budget', async () => {
    const made = world(SMALL, () => 12);
    expect((await findingOf(made, SMALL, () => false)).verdict).toBe('undecided');
    const [lowest] = SMALL.computes;
    const one = await findingOf(made, SMALL, ({ tags }) => tags.budget === lowest);
    expect(one.verdict).toBe('undecided');
    expect(one.measured).toContain('Too few are left to compare');
  });
});

describe('the best number of passes', () => {
  const tried = (best: number, noise = 0, normal = () => 0) =>
    [4, 8, 11, 16, 23, 32, 64].map((epochs) => ({
      epochs,
      loss: 2 + 0.06 * Math.log(epochs / best) ** 2 + noise * normal(),
      seeds: 1,
    }));

  it('lies at the bottom of a parabola, between numbers that were tried', () => {
    expect(bestEpochs(tried(19), 0.001, 'a')?.epochs).toBeCloseTo(19, 6);
  });

  it('has intervals that hold the truth in at least 90 of 100 worlds', () => {
    const normal = normals(11);
    let inside = 0;
    for (let count = 0; count < 100; count++) {
      const found = bestEpochs(tried(14, 0.008, normal), 0.008, `${count}`);
      if (found && found.low <= 14 && found.high >= 14) inside++;
    }
    expect(inside).toBeGreaterThanOrEqual(90);
  });

  it('is said to lie at an end of what was tried, or not at all', () => {
    expect(bestEpochs(tried(1000), 0.001, 'a')).toMatchObject({ epochs: 64, edge: 'most' });
    expect(bestEpochs(tried(0.1), 0.001, 'a')).toMatchObject({ epochs: 4, edge: 'fewest' });
    expect(bestEpochs(tried(9).slice(0, 1), 0.001, 'a')).toBeNull();
    const diverged = tried(9).map((one) => ({ ...one, loss: Number.POSITIVE_INFINITY }));
    expect(bestEpochs(diverged, 0.001, 'a')).toBeNull();
  });
});

describe('one curve', () => {
  it('finds a drift that is there, and none that is not, in 95 of 100 worlds', () => {
    const normal = normals(2);
    const count = (drift: number) => {
      let found = 0;
      for (let world = 0; world < 100; world++) {
        const points = [1, 4].flatMap((compute) =>
          [0.01, 0.03, 0.06, 0.12, 0.2].map((at) => ({
            compute,
            at,
            epochs: 3 * at ** -0.4 * Math.exp((compute === 4 ? drift : 0) + 0.1 * normal()),
            lnError: 0.1,
          })),
        );
        const curve = oneCurve(points);
        if (!curve) throw new Error('no curve');
        if (Math.abs(curve.drift.value) > curve.drift.half) found++;
      }
      return found;
    };
    expect(count(0)).toBeLessThanOrEqual(9);
    expect(count(0.5)).toBeGreaterThanOrEqual(95);
  });

  it('is none where budgets have no scarcity in common', () => {
    const at = (compute: number, scarcities: readonly number[]) =>
      scarcities.map((x) => ({ compute, at: x, epochs: 10, lnError: 0.1 }));
    expect(oneCurve([...at(1, [0.01, 0.02, 0.04]), ...at(4, [0.1, 0.2, 0.4])])).toBeNull();
    expect(oneCurve(at(1, [0.01, 0.02, 0.04, 0.1, 0.2]))).toBeNull();
  });
});
