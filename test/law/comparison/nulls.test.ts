import { describe, expect, it } from 'vitest';
import { fishersFTail } from '../../../src/law/certainty/fishersF.ts';
import { type NullTest, testNulls } from '../../../src/law/comparison/nulls.ts';
import { fitLaw } from '../../../src/law/fit/fitLaw.ts';
import { chinchilla } from '../../../src/law/laws/chinchilla.ts';
import { m3 } from '../../../src/law/laws/m3.ts';
import { m3Overfit } from '../../../src/law/laws/m3Overfit.ts';
import { EVERY_KIND, M3, makeRuns } from '../certainty/synthetic.ts';

const NOISE = 0.003;
const DESCENTS = 8;

async function testsOn(
  values: Readonly<Record<string, number>>,
  seed: number,
  law = m3,
): Promise<Map<string, NullTest>> {
  const runs = makeRuns(m3, values, EVERY_KIND, { noise: NOISE, seed });
  const fit = await fitLaw(law, runs, { descents: DESCENTS });
  const tests = await testNulls(fit, runs, { descents: 2 });
  return new Map(tests.map((test) => [test.name, test]));
}

describe('nulls', () => {
  it('are spoken against where the effects are there', async () => {
    const tests = await testsOn(M3, 1);
    expect([...tests.keys()]).toEqual(['φ = 0', 'ω = 0', 'τ = 0', 'φ·ω = 0']);
    for (const [name, { verdict, p, aiccDifference, words }] of tests) {
      expect(verdict, name).toBe('spoken against');
      expect(p).toBeLessThan(1e-6);
      expect(aiccDifference).toBeGreaterThan(50);
      expect(words).toMatch(
        /^.* = 0 \(.*\): the runs speak against it \(AICc without it [\d.]+ higher, p < 0\.001\)\.$/,
      );
    }
  });

  /** Chance of this many errors or more in 40 where one in 20 is allowed: one in 300. */
  const MOST_OF_40 = 6;

  it.each([
    [['φ = 0', 'φ·ω = 0'], { ...M3, phi: 0, omega: 0 }, m3],
    [['ω = 0', 'φ·ω = 0'], { ...M3, omega: 0 }, m3],
    [['τ = 0'], { ...M3, tau: 0 }, m3],
    [['P = 0'], M3, m3Overfit],
  ] as const)('are not spoken against more often than they should be: %s', async (names, values, law) => {
    const draws: Map<string, NullTest>[] = [];
    for (let seed = 1; seed <= 40; seed++) draws.push(await testsOn(values, seed, law));
    for (const name of names) {
      const verdicts = draws.map((tests) => tests.get(name)?.verdict);
      expect(verdicts.filter((verdict) => verdict === 'spoken against').length, name).toBeLessThanOrEqual(
        MOST_OF_40,
      );
      // Without an effect the simpler law is mostly the better one by AICc.
      expect(verdicts.filter((verdict) => verdict === 'preferred').length, name).toBeGreaterThan(20);
    }
  });

  it('are spoken against φ·ω only where against both', async () => {
    const tests = await testsOn({ ...M3, omega: 0 }, 3);
    expect(tests.get('φ = 0')!.verdict).toBe('spoken against');
    expect(tests.get('φ·ω = 0')).toMatchObject({ at: { omega: 0 }, p: tests.get('ω = 0')!.p });
  });

  it('are open where no run tells, and left out where they were given', async () => {
    const single = EVERY_KIND.filter(({ r, r_f }) => r === r_f);
    const runs = makeRuns(m3, M3, single, { noise: NOISE, seed: 1 });
    const fit = await fitLaw(m3, runs, { descents: DESCENTS });
    const tests = await testNulls(fit, runs);
    expect(tests.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['φ = 0', 'spoken against'],
      ['ω = 0', 'open'],
      ['τ = 0', 'spoken against'],
      ['φ·ω = 0', 'open'],
    ]);
    expect(tests[1]).toMatchObject({ p: null, aiccDifference: null });
    expect(tests[1]!.words).toMatch(/no run can tell/);
    const given = await fitLaw(m3, runs, { descents: DESCENTS, freeze: { tau: 0.25, omega: 0.5 } });
    expect((await testNulls(given, runs)).map(({ name }) => name)).toEqual(['φ = 0']);
    const none = await fitLaw(chinchilla, runs, { descents: DESCENTS });
    expect(await testNulls(none, runs)).toEqual([]);
  });

  it('can be stopped', async () => {
    const runs = makeRuns(m3, M3, EVERY_KIND, { noise: NOISE, seed: 1 });
    const fit = await fitLaw(m3, runs, { descents: DESCENTS });
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(testNulls(fit, runs, { signal })).rejects.toThrow('enough');
  });
});

it('knows the tails of F from tables', () => {
  // Points of which 5 %, 1 % or 0.1 % lie above, from tables of F(d, n).
  const TABLE = [
    [1, 10, 4.9646, 0.05],
    [1, 10, 10.0443, 0.01],
    [1, 5, 6.6079, 0.05],
    [2, 10, 4.1028, 0.05],
    [2, 60, 4.9774, 0.01],
    [3, 10, 3.7083, 0.05],
    [3, 60, 4.1259, 0.01],
    [4, 20, 2.8661, 0.05],
    [1, 60, 11.9734, 0.001],
    [1, 1e6, 3.84146, 0.05],
  ] as const;
  for (const [parameters, degrees, point, share] of TABLE)
    expect(
      fishersFTail(parameters * point, parameters, degrees) / share,
      `F(${parameters}, ${degrees})`,
    ).toBeCloseTo(1, 3);
  expect(fishersFTail(0, 1, 10)).toBe(1);
  expect(fishersFTail(1e-9, 1, 10)).toBeCloseTo(1, 4);
  expect(fishersFTail(1e4, 1, 200)).toBeGreaterThan(0);
});
