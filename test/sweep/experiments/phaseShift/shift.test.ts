import { describe, expect, test } from 'vitest';
import type { BudgetAnalysis, SettingsCheck } from '../../../../src/sweep/experiments/phaseShift/analysis.ts';
import type { Margin } from '../../../../src/sweep/experiments/phaseShift/margins.ts';
import {
  crossoverAt,
  settingsHeld,
  shiftAt,
  shiftFindings,
} from '../../../../src/sweep/experiments/phaseShift/shift.ts';
import {
  singleStageFinding,
  singleStageJudged,
} from '../../../../src/sweep/experiments/phaseShift/singleStage.ts';
import { thresholdOf } from '../../../../src/sweep/experiments/phaseShift/threshold.ts';
import { SINGLE_STAGE } from '../../../../src/sweep/experiments/results.ts';
import type { Noise } from '../../../../src/sweep/experiments/spread.ts';
import { contender, drawnPlaces, type Leads, noiseOf, viewOf } from './contenders.ts';

const WORLDS = 60;
/** A twentieth of them, and two deviations of such a count. */
const MOST = 6;

const SHIFT: Leads = { two: [-0.2, -0.15, -0.1, 0.02, 0.12, 0.25, 0.4] };

const crossovers = (leads: Leads, noise: Noise) =>
  Array.from({ length: WORLDS }, (_, world) => {
    const places = drawnPlaces(leads, noise, world);
    return crossoverAt(places, thresholdOf(places, world), viewOf(places, noise)).verdict;
  });
const share = (verdicts: readonly string[], verdict: string) =>
  verdicts.filter((one) => one === verdict).length;

describe('a crossover', () => {
  test('is found where it is, and not contradicted', () => {
    const found = crossovers(SHIFT, noiseOf(0.02));
    expect(share(found, 'reproduced')).toBeGreaterThan(50);
    expect(share(found, 'not reproduced')).toBeLessThanOrEqual(MOST);
  });

  test('is none where two-stage is ahead in the middle alone', () => {
    const found = crossovers({ two: [-0.2, -0.15, -0.1, 0.02, 0.12, 0.12, -0.1] }, noiseOf(0.02));
    expect(share(found, 'reproduced')).toBe(0);
    expect(share(found, 'not reproduced')).toBeGreaterThan(50);
  });

  test('is none where the scarcest D_T is a tie, or the plentiful ones are', () => {
    for (const two of [
      [-0.2, -0.15, -0.1, 0.02, 0.15, 0.15, 0],
      [0, 0, 0, 0, 0.15, 0.25, 0.4],
    ]) {
      expect(share(crossovers({ two }, noiseOf(0.02)), 'reproduced')).toBeLessThanOrEqual(MOST);
    }
  });

  test('stays open where no recipe was repeated', () => {
    expect(new Set(crossovers(SHIFT, noiseOf(0.02, 0)))).toEqual(new Set(['undecided']));
  });
});

describe('single-stage', () => {
  const judged = (single: number, noise: Noise) =>
    Array.from({ length: WORLDS }, (_, world) => {
      const leads = { ...SHIFT, single: SHIFT.two.map(() => single) };
      return singleStageJudged(drawnPlaces(leads, noise, world)).verdict;
    });

  test('that is truly best everywhere by a little is not found to be never best', () => {
    expect(share(judged(0.02, noiseOf(0.02)), 'reproduced')).toBeLessThanOrEqual(3);
    // Nor is it where seeds tell nothing.
    expect(share(judged(-0.02, noiseOf(0.2)), 'reproduced')).toBe(0);
    expect(share(judged(-0.5, noiseOf(0.02, 0)), 'undecided')).toBe(WORLDS);
  });

  test('that is as good as the better of the others is called best by chance in a twentieth of worlds', () => {
    expect(share(judged(0, noiseOf(0.02)), 'not reproduced')).toBeLessThanOrEqual(MOST);
  });

  test('is found best where it is, and never best where it is not', () => {
    expect(share(judged(0.2, noiseOf(0.02)), 'not reproduced')).toBe(WORLDS);
    expect(share(judged(-0.1, noiseOf(0.02)), 'reproduced')).toBeGreaterThan(55);
  });

  test('is held against the one that the choosing half prefers', () => {
    const [place] = drawnPlaces({ two: [0] }, noiseOf(0.01), 1);
    const of = (loss: number, chosen: number) => contender(loss, noiseOf(0.01), { chosen });
    const best = {
      'monolingual single-stage': of(2, 1.9),
      'multi-lingual two-stage': of(1.5, 1.95),
      'multi-lingual single-stage': of(1.8, 1.8),
    };
    expect(singleStageJudged([{ ...place!, best }]).verdict).toBe('not reproduced');
  });
});

const margin = (value: number): Margin => ({ value, error: 0.02, luck: 0, rivalLuck: 0, degrees: 10 });

const checkOf = (given: Partial<SettingsCheck> = {}, leads = [0.1]): SettingsCheck => ({
  place: drawnPlaces({ two: [0.1] }, noiseOf(0.02), 1)[0]!,
  base: margin(0.12),
  others: leads.map(
    (lead) => ({ variant: 'cosine schedule', lead: margin(lead) }) as SettingsCheck['others'][number],
  ),
  ...{ missing: [], changed: [], ties: [] },
  ...given,
});

const NOISE = noiseOf(0.01);
const analysis = (given: Partial<BudgetAnalysis> = {}): BudgetAnalysis => {
  const places = drawnPlaces(SHIFT, NOISE, 3);
  return {
    ...{ view: viewOf(places, NOISE), threshold: thresholdOf(places, 3), isNarrow: false },
    ...{
      settings: checkOf(),
      rewarm: null,
      control: [],
      otherScript: [],
      noisy: { places: [], threshold: null },
    },
    ...given,
  };
};
const withOneRatio = (one: BudgetAnalysis): BudgetAnalysis => {
  const places = one.view.places.map((place) => ({
    ...place,
    best: { ...place.best, [SINGLE_STAGE]: { ...place.best[SINGLE_STAGE]!, tried: 1 } },
  }));
  return { ...one, view: { ...one.view, places } };
};

describe('a shift', () => {
  test('needs the same winner under other settings, all of them', () => {
    expect(shiftAt(analysis()).verdict).toBe('reproduced');
    for (const settings of [
      null,
      checkOf({ missing: ['cosine schedule'] }),
      checkOf({ ties: ['cosine schedule'] }, [-0.01]),
      checkOf({ changed: ['cosine schedule'] }, [-0.1]),
      checkOf({ base: margin(-0.01) }),
    ]) {
      expect(shiftAt(analysis({ settings })).verdict, JSON.stringify(settings)).toBe('undecided');
    }
  });

  test('may be in front within noise under another setting, which is said', () => {
    const { verdict, why } = shiftAt(analysis({ settings: checkOf({ ties: ['cosine schedule'] }, [0.01]) }));
    expect(verdict).toBe('reproduced');
    expect(why).toContain('a tie with cosine schedule, though two-stage is in front');
  });

  test('says under which settings the lead is less than the stated one', () => {
    const { verdict, why } = settingsHeld({ settings: checkOf({}, [0.04]) });
    expect(verdict).toBe('reproduced');
    expect(why).toContain('by less than 0.05 bits per byte with cosine schedule');
    expect(settingsHeld({ settings: checkOf() }).why).not.toContain('less than');
  });

  test('is claimed for less where the grid is narrow, and single-stage is left out there', () => {
    const narrow = withOneRatio(analysis({ isNarrow: true }));
    const [all, one] = shiftFindings([narrow]);
    expect(one?.claim).toContain('at a few D_T around');
    expect(one?.claim).not.toContain('directly');
    expect(all?.measured).toContain('a few D_T around the threshold');
    expect(shiftAt(withOneRatio(analysis())).verdict).toBe('undecided');
    expect(singleStageFinding([narrow]).verdict).toBe('undecided');
    const both = singleStageFinding([analysis(), narrow]);
    expect(both.verdict).toBe('reproduced');
    expect(both.measured).toContain('left out');
  });
});
