import { beforeAll, describe, expect, it } from 'vitest';
import type { ManifestRun } from '../../../src/formats/manifest.ts';
import { KIND_SLICES } from '../../../src/law/comparison/kinds.ts';
import { SLICES } from '../../../src/law/comparison/slices.ts';
import { coordinatesOf, type Law, predictLoss } from '../../../src/law/law.ts';
import { chinchilla } from '../../../src/law/laws/chinchilla.ts';
import { m3 } from '../../../src/law/laws/m3.ts';
import { pointOf } from '../../../src/law/point.ts';
import type { Run } from '../../../src/law/run.ts';
import type { Finding, Report, ResultRun } from '../../../src/sweep/experiments/experiment.ts';
import { CLAIMED_RIVALS, findingsOf } from '../../../src/sweep/experiments/extrapolation/findings.ts';
import {
  type Foresight,
  foresights,
  type LawForesight,
  leadsOf,
  rSquaredInterval,
} from '../../../src/sweep/experiments/extrapolation/foresight.ts';
import { comparableRuns, partedRuns } from '../../../src/sweep/experiments/extrapolation/runs.ts';
import { extrapolation, extrapolationWith } from '../../../src/sweep/experiments/extrapolation.ts';
import { hasTag, isAskedBy, isAskedIn } from '../../../src/sweep/experiments/results.ts';
import { settingOf } from '../../../src/sweep/experiments/settings.ts';
import { canvas } from '../../figures/examples.ts';
import { normals, runAt } from '../../law/certainty/synthetic.ts';
import { reproduced } from './reproduced.ts';

const SMALL = settingOf('small');
const HIGHEST = SMALL.computes.at(-1) ?? 0;

/** A world at the scale of these models. */
const TRUTH = { E: 1, A: 10, alpha: 0.3, B: 60, beta: 0.37, Rstar: 15, tau: 0.25, phi: 0.3, omega: 0.7 };
const theta = coordinatesOf(m3, TRUTH);
const lossOf = ({ nominal }: Pick<ManifestRun, 'nominal'>) =>
  predictLoss(m3, pointOf(nominal), theta) / Math.LN2;

function verdicts(findings: readonly Finding[]): (Finding['verdict'] | undefined)[] {
  return ['extrapolation over compute', 'against rivals'].map(
    (name) => findings.find((finding) => finding.name === name)?.verdict,
  );
}

describe('on runs that the law made', () => {
  let results: readonly ResultRun[] = [];
  beforeAll(async () => {
    results = await reproduced(extrapolation, SMALL, { loss: lossOf, noise: 0.01 });
  });

  it('takes runs of the grid, without tuning, and holds out what the highest budget alone asked for', () => {
    const comparable = comparableRuns(results);
    expect(comparable.length).toBeGreaterThan(100);
    expect(comparable.some((run) => isAskedIn(run, 'learning rates'))).toBe(false);
    const parted = partedRuns(results, SMALL.computes);
    expect(parted?.highest).toBe(HIGHEST);
    expect((parted?.held.length ?? 0) + (parted?.rest.length ?? 0)).toBe(comparable.length);
    const most = 1.02 * Math.min(...SMALL.computes);
    for (const { point } of parted?.rest ?? []) expect(point.C).toBeLessThan(most);
    expect(parted?.beyond).toBeGreaterThan(20);
  });

  it('takes no runs of other optimisers, other texts or no loss', () => {
    const [run] = comparableRuns(results).filter((one) => isAskedBy(one, 'phase-shift'));
    if (!run) throw new Error('no run');
    const changed = [
      { ...run, tags: { ...run.tags, variant: 'other schedule' } },
      { ...run, record: { ...run.record, status: 'diverged' as const, final: null } },
      { ...run, tags: { ...run.tags, asked: 'distance/distances' } },
    ];
    expect(comparableRuns([run, ...changed])).toEqual([run]);
  });

  it('foresees the highest budget better than a law without languages, which both findings say', async () => {
    const told: number[] = [];
    const { report } = extrapolationWith([chinchilla, m3]);
    const { findings, tables, figures } = (await report(results, SMALL, {
      onProgress: (_, share) => told.push(share),
    })) as Report;
    expect(verdicts(findings)).toEqual(['reproduced', 'reproduced']);
    // The paper's figures, then the best law.
    expect(tables[0]?.rows.map(([law]) => law)).toEqual(['arXiv 2410.12325', 'm3', 'chinchilla']);
    expect(tables[0]?.rows[1]?.[2]).toBeGreaterThan(0.97);
    expect(tables[0]?.rows[2]?.[2]).toBeLessThan(0.9);
    for (const { draw } of figures) expect(draw(canvas()).textContent).toContain('residuals of log loss');
    const slices = tables.find(({ name }) => name === 'held-out-slices');
    expect(slices?.columns).toEqual(['law', ...SLICES.filter((name) => name !== 'top-compute'), 'missing']);
    const own = slices?.rows.find(([law]) => law === 'm3') ?? [];
    expect(own[slices?.columns.indexOf('low-target') ?? 0]).toBeGreaterThan(0.9);
    expect(own.at(-1)).toContain('pair: all runs are of one pair');
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
  });

  it('stops when it is told to', async () => {
    const parted = partedRuns(results, SMALL.computes);
    if (!parted) throw new Error('no two budgets');
    const reason = new Error('enough');
    await expect(foresights([m3], parted, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it('is “undecided” with one budget and without runs, and says what is missing', async () => {
    for (const some of [[], results.filter((run) => !hasTag(run, 'budget', HIGHEST))]) {
      const { findings } = (await extrapolation.report(some, SMALL)) as Report;
      expect(verdicts(findings)).toEqual(['undecided', 'undecided']);
      expect(findings[0]?.measured).toContain('two budgets are needed');
    }
  });
});

/** Recipes of the highest budget with their losses, and those that a law foretold with errors of so much in ln L. */
function held(recipes: number): Run[] {
  return Array.from({ length: recipes }, (_, index) => {
    const at = { N: 2e4, D_T: 8192 * 2 ** (index % 5), k: 1 + (index % 7), r: 1, r_f: 1 };
    return runAt(at, { loss: 2 + 0.05 * (index % 9), groups: { pair: `${index}` } });
  });
}

function foretold(runs: readonly Run[], error: number, seed: number, bias = 0): Foresight {
  const normal = normals(seed);
  return {
    runs: runs.map((run) => ({ run, predicted: run.loss * Math.exp(bias + error * normal()) })),
    score: { rows: runs.length, rSquared: 0.5, rmseLog: Math.hypot(error, bias) },
    reason: '',
  };
}

function lawOf(name: string, all: Foresight): LawForesight {
  const nothing: Foresight = { runs: [], score: null, reason: 'none' };
  const cells = Object.fromEntries(
    KIND_SLICES.map((slice) => [slice, slice === 'all' ? all : nothing]),
  ) as LawForesight['joint'];
  return { law: { ...m3, name } as Law, joint: cells, own: cells };
}

describe('the verdicts', () => {
  const runs = held(40);
  const parted = { highest: 4e10, lower: [1e10], held: runs, rest: runs.slice(0, 5), beyond: 30 };
  const verdictsOf = (own: Foresight, rival: Foresight) =>
    verdicts(findingsOf(parted, [lawOf('m3', own), lawOf('bimix', rival)]));

  it('follow the interval of R² and of the lead', () => {
    expect(verdictsOf(foretold(runs, 0.005, 1), foretold(runs, 0.03, 2))).toEqual([
      'reproduced',
      'reproduced',
    ]);
    expect(verdictsOf(foretold(runs, 0.01, 1, 0.1), foretold(runs, 0.005, 2))).toEqual([
      'not reproduced',
      'not reproduced',
    ]);
    expect(verdictsOf(foretold(runs, 0.025, 1), foretold(runs, 0.025, 2))).toEqual([
      'undecided',
      'undecided',
    ]);
  });

  it('are seldom “not reproduced” because the best of many equal rivals was picked', () => {
    let wrong = 0;
    for (let seed = 0; seed < 20; seed++) {
      const foresight = (index: number) => foretold(runs, 0.02, 100 * seed + index + 1);
      const laws = [
        lawOf('m3', foresight(0)),
        ...CLAIMED_RIVALS.map((name, index) => lawOf(name, foresight(index + 1))),
      ];
      if (verdicts(findingsOf(parted, laws))[1] !== 'undecided') wrong++;
    }
    // 5 % of 20, and two standard deviations more.
    expect(wrong).toBeLessThanOrEqual(3);
  });

  it('hold laws that see ratio, stages and repetition against nobody, however well they do', () => {
    const laws = [
      lawOf('m3', foretold(runs, 0.01, 1)),
      lawOf('chinchilla', foretold(runs, 0.05, 2)),
      lawOf('effective-tokens', foretold(runs, 0.001, 3)),
    ];
    const finding = findingsOf(parted, laws)[1];
    expect(finding?.verdict).toBe('reproduced');
    expect(finding?.measured).not.toContain('effective-tokens');
    expect(finding?.measured).toContain('not in them');
  });

  it('are “undecided” with few recipes, or where the law cannot foresee all of them', () => {
    const few = runs.slice(0, 5);
    expect(verdictsOf(foretold(few, 0.005, 1), foretold(few, 0.03, 2))).toEqual(['undecided', 'undecided']);
    const partly = { ...foretold(runs, 0.005, 1), reason: '4 of 44 not foreseen' };
    expect(verdictsOf(partly, foretold(runs, 0.03, 2))[0]).toBe('undecided');
  });

  it('do not hold a law that foresees fewer runs against one that foresees all', () => {
    const finding = findingsOf(parted, [
      lawOf('m3', foretold(runs, 0.02, 1)),
      lawOf('cpt', foretold(runs.slice(0, 10), 0.001, 2)),
    ])[1];
    expect(finding?.verdict).toBe('undecided');
    expect(finding?.measured).toContain('No rival foresees the same runs');
  });
});

describe('intervals', () => {
  it('hold R² itself, and are none of few recipes', () => {
    const runs = held(40);
    const exact = rSquaredInterval(foretold(runs, 0, 1));
    expect(exact).toEqual({ low: 1, high: 1 });
    expect(rSquaredInterval(foretold(runs.slice(0, 4), 0.01, 1))).toBeNull();
    expect(leadsOf(foretold(runs.slice(0, 4), 0.01, 1), [foretold(runs, 0.01, 2)])).toBeNull();
  });

  it('of a lead exclude 0 in few worlds where there is none', () => {
    const runs = held(40);
    let found = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const lead = leadsOf(foretold(runs, 0.01, 2 * seed), [foretold(runs, 0.01, 2 * seed + 1)])?.[0];
      if (lead && (lead.interval.low > 0 || lead.interval.high < 0)) found++;
    }
    // 5 % of 20, and three standard deviations more.
    expect(found).toBeLessThanOrEqual(4);
  });
});
