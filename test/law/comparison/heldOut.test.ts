import { describe, expect, it } from 'vitest';
import { holdOut } from '../../../src/law/comparison/heldOut.ts';
import { lawTable } from '../../../src/law/comparison/table.ts';
import { refit } from '../../../src/law/fit/refit.ts';
import { coordinatesOf } from '../../../src/law/law.ts';
import { lawNamed } from '../../../src/law/laws/catalogue.ts';
import { chinchilla } from '../../../src/law/laws/chinchilla.ts';
import { m3 } from '../../../src/law/laws/m3.ts';
import { m3Overfit } from '../../../src/law/laws/m3Overfit.ts';
import { M3, makeRuns, recipes } from '../certainty/synthetic.ts';

const RATIOS = [
  [1, 1],
  [0.25, 0.25],
  [0.25, 0.5],
  [0.25, 1],
] as const;
const NOISE = 0.003;
const RUNS = makeRuns(m3, M3, recipes([1e5, 4e5, 1.6e6], [3e5, 1e6, 3e6], [1, 4, 16], RATIOS), {
  noise: NOISE,
  seed: 1,
});
const DESCENTS = 8;
/** Of a correct law that extrapolates by one step of each axis, in multiples of the noise of a run. */
const MOST_ERROR = 2.5 * NOISE;

describe('held-out runs', () => {
  it.each(['top-compute', 'low-target', 'high-epochs', 'unseen-final-ratio'] as const)(
    'are foreseen by the law that made them: %s',
    async (name) => {
      const { score, reason, turns } = await holdOut(m3, RUNS, name, { descents: DESCENTS });
      expect(reason).toBeNull();
      expect(score!.rmseLog).toBeLessThan(MOST_ERROR);
      expect(score!.rows).toBe(turns.reduce((sum, { held }) => sum + held, 0));
    },
  );

  it('are not by a law that knows neither language nor repetition', async () => {
    const { score } = await holdOut(chinchilla, RUNS, 'high-epochs', { descents: DESCENTS });
    expect(score!.rmseLog).toBeGreaterThan(10 * NOISE);
  });

  it('have a reason where the rest does not tell what they ask', async () => {
    const more = makeRuns(m3, M3, recipes([1e5, 1.6e6], [3e5, 3e6], [4], [[0.5, 0.5]]), {
      noise: NOISE,
      seed: 2,
    });
    const pairs = [...RUNS, ...more].map((run) => ({
      ...run,
      groups: { pair: run.point.r === 1 ? 'en-ja' : 'en-id' },
    }));
    const { score, reason, turns } = await holdOut(m3, pairs, 'pair', { descents: DESCENTS });
    expect(score).toBeNull();
    expect(reason).toMatch(/en-id.*tau/);
    expect(turns.map(({ label, held }) => [label, held])).toEqual([
      ['en-ja', 27],
      ['en-id', 85],
    ]);
    // The other way round a bilingual table of two ratios tells everything.
    expect(turns[0]!.score!.rmseLog).toBeLessThan(MOST_ERROR);
  });

  it('are not foreseen at a ratio of which a single other one tells nothing', async () => {
    const pairs = RUNS.map((run) => ({ ...run, groups: { pair: run.point.r === 1 ? 'en-ja' : 'en-id' } }));
    const { turns } = await holdOut(m3, pairs, 'pair', { descents: DESCENTS });
    // Where r is one number, r^(−αφ(1−ω)) is a factor of A.
    expect(turns[0]).toMatchObject({ score: null, untold: { rows: 27 } });
    expect(turns[0]!.untold.parameters).toContain('phi');
  });

  it('are all foreseen by a law one term of which the rest does without', async () => {
    for (const seed of [1, 2, 3]) {
      const runs = makeRuns(m3, M3, recipes([1e5, 4e5, 1.6e6], [3e5, 3e6], [1, 3, 8, 20], RATIOS), {
        noise: NOISE,
        seed,
      });
      const { score, reason, held, untold } = await holdOut(m3Overfit, runs, 'high-epochs', {
        descents: DESCENTS,
      });
      expect({ reason, untold }).toEqual({ reason: null, untold: { rows: 0, parameters: [] } });
      expect(score!.rows).toBe(held);
    }
  });

  it('gives the score of those that can be foreseen, and says how many cannot', async () => {
    // One two-stage recipe, the dearest: without it no run tells ω.
    const single = recipes(
      [1e5, 4e5, 1.6e6],
      [3e5, 1e6, 3e6],
      [1, 4],
      [
        [1, 1],
        [0.5, 0.5],
        [0.25, 0.25],
      ],
    );
    const runs = makeRuns(m3, M3, [...single, { N: 1.6e6, D_T: 3e6, k: 4, r: 0.25, r_f: 1 }], {
      noise: NOISE,
      seed: 1,
    });
    const { score, reason, held, untold } = await holdOut(m3, runs, 'top-compute', { descents: DESCENTS });
    expect(reason).toBeNull();
    expect(untold).toEqual({ rows: 1, parameters: ['omega'] });
    expect(score!.rows).toBe(held - 1);
  });

  it('says its name once where a slice has one turn', async () => {
    const { reason } = await holdOut(
      lawNamed('cpt'),
      RUNS.filter(({ point }) => point.r < 1),
      'top-compute',
    );
    expect(reason).not.toMatch(/^top-compute/);
  });

  it('have a reason where there is no slice, nothing to fit, or nothing to borrow from', async () => {
    expect((await holdOut(m3, RUNS, 'pair')).reason).toMatch(/no run says/);
    const bilingual = RUNS.filter(({ point }) => point.r < 1);
    expect((await holdOut(lawNamed('cpt'), bilingual, 'top-compute')).reason).toMatch(/chinchilla/);
  });

  it('can be stopped', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(holdOut(m3, RUNS, 'top-compute', { signal })).rejects.toThrow('enough');
  });
});

it('makes the table of laws by kind', async () => {
  const fits = [
    refit(m3, RUNS, [coordinatesOf(m3, M3)]),
    refit(chinchilla, RUNS, [coordinatesOf(chinchilla, M3)]),
  ];
  const shares: number[] = [];
  const [ours, theirs] = await lawTable(fits, RUNS, {
    descents: DESCENTS,
    onProgress: (share) => shares.push(share),
  });
  expect([ours!.law, theirs!.law]).toEqual(['m3', 'chinchilla']);
  expect(ours!.cells.all.seen.score!.rSquared).toBeCloseTo(fits[0]!.rSquared, 9);
  expect(ours!.cells.all.own).toEqual(ours!.cells.all.joint);
  for (const slice of ['all', 'two-stage', 'single-stage only'] as const) {
    expect(ours!.cells[slice].joint.score!.rmseLog, slice).toBeLessThan(MOST_ERROR);
    expect(theirs!.cells[slice].joint.score!.rmseLog, slice).toBeGreaterThan(5 * NOISE);
  }
  // A law without repetition describes runs of one pass in one mixture.
  expect(theirs!.cells['bilingual single-epoch'].own!.score!.rmseLog).toBeLessThan(
    theirs!.cells['bilingual single-epoch'].joint.score?.rmseLog ?? Number.POSITIVE_INFINITY,
  );
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares.at(-1)).toBe(1);
});
