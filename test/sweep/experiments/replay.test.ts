import { describe, expect, test } from 'vitest';
import type { Finding, ResultRun } from '../../../src/sweep/experiments/experiment.ts';
import { FINAL_RATIOS, replayDesigns } from '../../../src/sweep/experiments/replay/design.ts';
import { replayOf } from '../../../src/sweep/experiments/replay/losses.ts';
import { replay } from '../../../src/sweep/experiments/replay.ts';
import { settingOf } from '../../../src/sweep/experiments/settings.ts';
import { canvas } from '../../figures/examples.ts';
import { texts } from '../../figures/marks.ts';
import { normals } from '../../law/certainty/synthetic.ts';
import { madeUp, planned } from './madeUp.ts';
import { nominalCost } from './nominalCost.ts';

const SETTING = settingOf('small');
/** FLOPs that the experiment may cost at budget small. */
const MOST_FLOPS = 6e11;

type World = {
  /** Target and source loss by r_f, bits per byte. */
  readonly target: (ratio: number) => number;
  readonly source: (ratio: number) => number;
  /** Of one run; and of one seed, which all of its runs share. */
  readonly noise: number;
  readonly ofSeed?: number;
};

async function resultsOf({ target, source, noise, ofSeed = 0 }: World): Promise<ResultRun[]> {
  const normal = normals(5);
  const shifts = new Map<number, number>();
  const shift = (seed: number) => {
    const known = shifts.get(seed) ?? ofSeed * normal();
    shifts.set(seed, known);
    return known;
  };
  const results = await madeUp(
    replayDesigns([], SETTING),
    ({ nominal, config }) => target(nominal.r_f) + shift(config.seed) + noise * normal(),
  );
  return results.map((run) => {
    const bits = source(run.nominal.r_f) + shift(run.config.seed) + noise * normal();
    const switchAt = run.nominal.D * (1 - run.nominal.s);
    const { final } = run.record;
    if (!final) throw new Error('a run without losses');
    return {
      ...run,
      record: {
        ...run.record,
        curve: [
          { step: 1, tokens: switchAt / 2, loss: 3, targetLoss: 3, sourceLoss: 3 },
          { step: 2, tokens: switchAt, loss: 2, targetLoss: 3, sourceLoss: 2 * Math.LN2 },
          { step: 3, tokens: switchAt + 1, loss: 2, targetLoss: 3, sourceLoss: 9 },
        ],
        final: { ...final, sourceBitsPerByte: bits, sourceLoss: bits * Math.LN2 },
      },
    };
  });
}

const FORGETS = (ratio: number) => 2 + 0.8 * ratio ** 8;

function findings(results: readonly ResultRun[]): readonly Finding[] {
  const made = replay.report(results, SETTING);
  if (made instanceof Promise) throw new Error('the report of replay is there at once');
  return made.findings;
}

const verdicts = (results: readonly ResultRun[]) => findings(results).map(({ verdict }) => verdict);

describe('the runs', () => {
  test('cost no more than they may, one source stage a seed', async () => {
    const runs = await planned(replayDesigns([], SETTING));
    const { all, shared, beginnings } = nominalCost(runs);
    expect(all - shared).toBeLessThan(MOST_FLOPS);
    expect(beginnings).toBe(1 + SETTING.moreSeeds.length);
  });

  test.each(['small', 'laptop', 'gpu'] as const)(
    'read the same target tokens at every r_f (%s)',
    async (budget) => {
      const runs = await planned(replayDesigns([], settingOf(budget)));
      const compared = runs.filter(({ nominal }) => nominal.r_f >= Math.min(...FINAL_RATIOS));
      expect(compared).toHaveLength(FINAL_RATIOS.length * (1 + settingOf(budget).moreSeeds.length));
      for (const { nominal, steps, config } of compared) {
        expect(nominal.k).toBeCloseTo(1, 9);
        // Whole steps: nothing is rounded, so that all stages are exactly as long as they are asked for.
        expect(steps * config.optimizer.batch * config.model.context).toBe(Math.round(nominal.D));
      }
    },
  );
});

describe('losses', () => {
  test('are held against each other seed by seed', async () => {
    const measured = replayOf(await resultsOf({ target: () => 2.5, source: FORGETS, noise: 0, ofSeed: 0.4 }));
    for (const { ratio, harm, forgotten } of measured.ratios) {
      if (ratio < 1) expect(harm?.value).toBeCloseTo(0, 9);
      expect(forgotten?.value).toBeCloseTo(FORGETS(ratio) - FORGETS(1 / 32), 9);
    }
    const half = measured.ratios.find(({ ratio }) => ratio === 0.5);
    expect(half?.kept?.value).toBeCloseTo(1 - 0.5 ** 8, 2);
  });

  test('before the switch are the last that the source stage has', async () => {
    const measured = replayOf(await resultsOf({ target: () => 2.5, source: FORGETS, noise: 0 }));
    expect(measured.before).toBeCloseTo(2, 9);
  });
});

describe('verdicts', () => {
  test('harmless replay that prevents forgetting is reproduced', async () => {
    const results = await resultsOf({
      target: (ratio) => 2.5 + 0.01 * ratio,
      source: FORGETS,
      noise: 0.01,
      ofSeed: 0.1,
    });
    expect(verdicts(results)).toEqual(['reproduced', 'reproduced']);
  });

  test('replay that costs the target is not', async () => {
    const results = await resultsOf({
      target: (ratio) => 2.5 + 0.4 * (1 - ratio),
      source: FORGETS,
      noise: 0.01,
    });
    expect(verdicts(results)[0]).toBe('not reproduced');
  });

  test('forgetting that replay does not touch is not prevented, and none at all is not there', async () => {
    const steady = (ratio: number) => (ratio < 0.1 ? 2 : 2.8);
    const untouched = await resultsOf({ target: () => 2.5, source: steady, noise: 0.01 });
    expect(verdicts(untouched)[1]).toBe('not reproduced');
    const nothing = await resultsOf({ target: () => 2.5, source: () => 2, noise: 0.01 });
    expect(verdicts(nothing)[1]).toBe('not reproduced');
  });

  test('the words on decay are true of every ratio', async () => {
    const results = await resultsOf({ target: () => 2.5, source: FORGETS, noise: 0.01 });
    const longer = results.filter(({ nominal, config }) => nominal.s > config.optimizer.decay);
    const ratios = new Set(longer.map(({ nominal }) => nominal.r_f));
    const [harm] = findings(results);
    expect(ratios.has(0.25)).toBe(true);
    expect(harm?.measured).not.toContain('decays as long');
    expect(harm?.measured).toMatch(/but at r_f = 0\.25,? .*over its end alone/);
  });

  test('the best of several ratios is not picked: the claims stand where most is replayed', async () => {
    // At 0.75 alone the source is kept, and at 0.9 alone the target is harmed, as a lucky or unlucky ratio would have it.
    const results = await resultsOf({
      target: (ratio) => (ratio === 0.9 ? 2.7 : 2.5),
      source: (ratio) => (ratio < 0.1 || ratio === 0.75 ? 2 : 2.8),
      noise: 0.01,
    });
    expect(verdicts(results)).toEqual(['undecided', 'undecided']);
  });

  test('noise as large as what counts leaves both undecided', async () => {
    const results = await resultsOf({ target: () => 2.5, source: (ratio) => 2 + 0.1 * ratio, noise: 0.2 });
    expect(verdicts(results)).toEqual(['undecided', 'undecided']);
  });

  test('without runs, without an anchor or with one seed nothing is claimed that was not measured', async () => {
    for (const { verdict, measured } of findings([])) {
      expect(verdict).toBe('undecided');
      expect(measured).toMatch(/^No seed has /);
    }
    const all = await resultsOf({ target: () => 2.5, source: FORGETS, noise: 0.001 });
    const compared = all.filter(({ nominal }) => nominal.r_f >= Math.min(...FINAL_RATIOS));
    expect(verdicts(compared)[1]).toBe('undecided');
    const oneSeed = findings(all.filter(({ config }) => config.seed === 1));
    expect(oneSeed[0]?.measured).toMatch(/one seed; a noise of 0.03 bits per byte is assumed/);
    expect(oneSeed[0]?.verdict).toBe('undecided');
  });
});

test('the figure has both languages, and what the source would have come to', async () => {
  const results = await resultsOf({ target: () => 2.5, source: FORGETS, noise: 0.01 });
  const { figures, tables } = await replay.report(results, SETTING);
  expect(figures.map(({ draw }) => texts(draw(canvas())).join(' '))[0]).toMatch(
    /source, had it gone on.*target source rf/s,
  );
  expect(tables[0]?.rows).toHaveLength(FINAL_RATIOS.length);
  for (const { columns, rows } of tables)
    expect(rows.every((row) => row.length === columns.length)).toBe(true);
});
