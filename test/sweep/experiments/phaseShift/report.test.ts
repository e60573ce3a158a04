import { beforeAll, describe, expect, test } from 'vitest';
import type { Finding, Report, ResultRun } from '../../../../src/sweep/experiments/experiment.ts';
import { ROUNDS } from '../../../../src/sweep/experiments/phaseShift/places.ts';
import { phaseShift } from '../../../../src/sweep/experiments/phaseShift.ts';
import { hasTag, isAskedIn, TWO_STAGE } from '../../../../src/sweep/experiments/results.ts';
import { settingOf } from '../../../../src/sweep/experiments/settings.ts';
import { canvas } from '../../../figures/examples.ts';
import { type MadeUp, runRounds, type World } from './madeUp.ts';
import { m3World, SHIFT, trueThreshold } from './worlds.ts';

const setting = settingOf('small');
const [low = 0, high = 0] = setting.computes;

const run = (world: World) => runRounds(phaseShift.rounds, setting, world);
const reportOf = ({ results }: Pick<MadeUp, 'results'>) => phaseShift.report(results, setting) as Report;
const finding = ({ findings }: Report, name: string): Finding => {
  const found = findings.find((one) => one.name.startsWith(name));
  if (!found) throw new Error(`no finding ${name} in ${findings.map((one) => one.name)}`);
  return found;
};
const verdict = (report: Report, name: string) => finding(report, name).verdict;
const tableOf = ({ tables }: Report, name: string) => tables.find((table) => table.name === name)?.rows ?? [];

describe('a world with a shift', () => {
  let made: MadeUp;
  let report: Report;
  beforeAll(async () => {
    made = await run(m3World(SHIFT, 0.01));
    report = reportOf(made);
  });

  test('is found to have one at each C, and its threshold to move', () => {
    for (const name of ['direct shift', 'direct shift at C = 3.7e10', 'direct shift at C = 1.5e11']) {
      expect(finding(report, name)).toMatchObject({ name, verdict: 'reproduced' });
    }
    // The better model at the higher C is larger, so that D* and the threshold hardly grow.
    expect(verdict(report, 'threshold moves')).not.toBe('reproduced');
    expect(verdict(report, 'single-stage never best')).toBe('reproduced');
    expect(finding(report, 'threshold moves').measured).toContain('foretell');
  });

  test('has its threshold where it is', () => {
    const rows = tableOf(report, 'thresholds');
    expect(rows).toHaveLength(2);
    for (const [, N = 0, D = 0, , repetitions, at, from, to] of rows as number[][]) {
      const truth = trueThreshold(SHIFT, { N, D, lead: 0.05 });
      expect(truth).toBeGreaterThan(0);
      // A lead that is curved in ln D_T is taken to be straight between D_T an octave apart.
      expect(from! / CURVATURE).toBeLessThan(truth);
      expect(to! * CURVATURE).toBeGreaterThan(truth);
      expect(repetitions).toBeGreaterThanOrEqual(4);
      expect(at).toBeGreaterThan(from!);
      expect(at).toBeLessThan(to!);
    }
  });

  test('passes the checks that it must pass', () => {
    expect(verdict(report, 'same winner')).not.toBe('not reproduced');
    expect(verdict(report, 'more than re-warming')).toBe('reproduced');
    expect(verdict(report, 'language')).toBe('reproduced');
    expect(
      verdict(report, 'shift on a noisy target'),
      finding(report, 'shift on a noisy target').measured,
    ).not.toBe('not reproduced');
    const [first] = tableOf(report, 'control') as number[][];
    const [, , gain = 0, controlGain = 0] = first ?? [];
    expect(controlGain).toBeLessThan(gain);
  });

  test('has tables and figures of all of it', () => {
    expect(report.tables.map(({ name }) => name)).toEqual([
      ...[
        'thresholds',
        'margins',
        'best',
        'settings',
        'control',
        're-warm',
        'noise',
        'sizes',
        'learning-rates',
      ],
    ]);
    for (const { columns, rows, name } of report.tables) {
      expect(new Set(columns).size, name).toBe(columns.length);
      for (const row of rows) expect(row, name).toHaveLength(columns.length);
    }
    expect(report.figures.map(({ name }) => name)).toEqual([
      ...['loss-3.7e10', 'loss-1.5e11', 'gain-3.7e10', 'gain-1.5e11', 'threshold'],
    ]);
    for (const { draw } of report.figures) {
      expect(draw(canvas()).querySelectorAll('path, circle').length).toBeGreaterThan(3);
    }
  });

  test('says what is missing where rounds are', () => {
    const nothing = reportOf({ results: [] });
    for (const one of nothing.findings) expect(one.verdict, one.name).toBe('undecided');
    expect(nothing.figures).toEqual([]);
    const lowest = reportOf({ results: made.results.filter((one) => hasTag(one, 'budget', low)) });
    expect(finding(lowest, 'direct shift at C = 3.7e10').verdict).toBe('reproduced');
    expect(finding(lowest, 'direct shift').verdict).toBe('undecided');
    expect(finding(lowest, 'direct shift').measured).toContain(
      'C = 1.5e11 FLOP: undecided (there are no runs of both kinds)',
    );
    expect(finding(lowest, 'threshold moves').measured).toContain('C = 1.5e11');
    const unchecked = reportOf({
      results: made.results.filter((one) =>
        [ROUNDS.checks, ROUNDS.controlSeeds].every((round) => !isAskedIn(one, round)),
      ),
    });
    for (const name of ['same winner', 'more than re-warming', 'language', 'shift on a noisy target']) {
      expect(verdict(unchecked, name)).toBe('undecided');
    }
    const noControl = phaseShift.report([], {
      ...setting,
      texts: { ...setting.texts, control: null },
    }) as Report;
    expect(finding(noControl, 'language').measured).toContain('was given');
  });

  test('asks for about as many runs as were foreseen', () => {
    const designs = phaseShift.foreseen?.(setting) ?? [];
    expect(new Set(designs.map(({ tags }) => tags?.asked))).toContain(`phase-shift/${ROUNDS.checks}`);
    expect(new Set(designs.map(({ compute }) => compute?.[0]))).toContain(high);
    const asked = made.rounds.flatMap(({ runs }) => runs).length;
    expect(designs.length / asked).toBeGreaterThan(0.75);
    expect(designs.length / asked).toBeLessThan(1.2);
  });

  test('gives the same report whatever the order of its runs', () => {
    const { findings, tables } = reportOf({ results: [...made.results].reverse() });
    expect({ findings, tables }).toEqual({ findings: report.findings, tables: report.tables });
  });
});

/** Linear for convex between neighbours a factor of two apart, at most: see the docstring of `crossingOf`. */
const CURVATURE = 1.25;

describe('other worlds', () => {
  test('a source that teaches nothing: not reproduced', async () => {
    const report = reportOf(await run(m3World({ ...SHIFT, tau: 0, phi: 0.3 }, 0.01)));
    expect(verdict(report, 'direct shift at C = 3.7e10')).toBe('not reproduced');
    expect(verdict(report, 'direct shift')).not.toBe('reproduced');
    expect(finding(report, 'direct shift at C = 3.7e10').measured).toContain('below all that were run');
    expect(verdict(report, 'threshold moves')).toBe('undecided');
  });

  test('seeds that differ more than kinds: undecided', async () => {
    const report = reportOf(await run(m3World(SHIFT, 0.3)));
    expect(verdict(report, 'direct shift')).toBe('undecided');
    expect(verdict(report, 'threshold moves')).not.toBe('reproduced');
  });

  test('single-stage wins in between: the shift is not direct', async () => {
    const report = reportOf(
      await run(m3World(SHIFT, 0.01, ({ nominal }) => (nominal.kind === TWO_STAGE ? 0.15 : 0))),
    );
    expect(verdict(report, 'single-stage never best')).toBe('not reproduced');
    expect(verdict(report, 'direct shift')).not.toBe('reproduced');
  });

  test('another winner at half the learning rate: undecided there', async () => {
    const report = reportOf(
      await run(
        m3World(SHIFT, 0.01, ({ nominal, config }) => {
          const isHalved = config.name.includes('rate ×0.5');
          return isHalved && nominal.kind === TWO_STAGE ? 0.4 : 0;
        }),
      ),
    );
    expect(verdict(report, 'same winner')).toBe('not reproduced');
    expect(finding(report, 'direct shift at C = 3.7e10')).toMatchObject({ verdict: 'undecided' });
    expect(finding(report, 'direct shift at C = 3.7e10').measured).toContain('half the learning rate');
    expect(finding(report, 'direct shift at C = 1.5e11').measured).toContain('half the learning rate');
  });

  test('other settings were tried at every C, or nothing is concluded there', async () => {
    const made = await run(m3World(SHIFT, 0.01));
    const isChecked = (one: ResultRun) =>
      isAskedIn(one, ROUNDS.checks) && hasTag(one, 'budget', high) && !isAskedIn(one, ROUNDS.seeds);
    const unchecked = reportOf({ results: made.results.filter((one) => !isChecked(one)) });
    expect(verdict(unchecked, 'direct shift at C = 1.5e11')).toBe('undecided');
    expect(verdict(unchecked, 'direct shift at C = 3.7e10')).toBe('reproduced');
  });

  test('re-warming alone, and any source, gain as much', async () => {
    const generic = m3World(SHIFT, 0.01);
    const report = reportOf(
      await run({
        ...generic,
        lossOf: (one) => {
          const source = one.config.corpora.source?.replace(/world:(ja|sw)/, 'world:en') ?? null;
          const config = { ...one.config, corpora: { ...one.config.corpora, source } };
          const isRewarmed = one.nominal.kind === 'monolingual re-warm';
          return generic.lossOf({ ...one, config }) - (isRewarmed ? 0.4 : 0);
        },
      }),
    );
    expect(verdict(report, 'more than re-warming')).toBe('not reproduced');
    expect(verdict(report, 'language')).not.toBe('reproduced');
  });

  /** A threshold of 23,000 tokens at the lower C that grows with C to this power. */
  const growing = (exponent: number): World => ({
    noise: 0.01,
    lossOf: ({ nominal: { D_T, C, kind, k }, config }) => {
      const mono = 3 - 0.1 * Math.log(D_T) + (k < 8 ? 0.02 : 0);
      const at = STILL_TOKENS * (C > 2 * low ? (high / low) ** exponent : 1);
      const lead = 0.05 - 0.1 * Math.log2(D_T / at);
      const rate = 0.01 * Math.log(config.optimizer.learningRate / 3e-3) ** 2;
      if (kind === TWO_STAGE) return mono - lead + rate;
      return (kind === 'multi-lingual single-stage' ? mono + 0.2 : mono) + rate;
    },
  });

  test('a threshold that stands still, or as good as still', async () => {
    const still = reportOf(await run(growing(0)));
    expect(verdict(still, 'direct shift')).toBe('reproduced');
    expect(verdict(still, 'threshold moves')).toBe('not reproduced');
    expect(finding(still, 'threshold moves').measured).toContain('outside');
    const slow = reportOf(await run(growing(0.17)));
    expect(verdict(slow, 'threshold moves')).not.toBe('reproduced');
  });

  test('a threshold that moves', async () => {
    const half = reportOf(await run(growing(0.5)));
    expect(finding(half, 'threshold moves').measured).toContain('inside');
    expect(verdict(half, 'threshold moves')).not.toBe('not reproduced');
    const report = reportOf(await run(growing(0.7)));
    expect(verdict(report, 'threshold moves')).toBe('reproduced');
    expect(finding(report, 'threshold moves').measured).toContain('No law’s exponent is tested');
  });
});

const STILL_TOKENS = 23_000;
