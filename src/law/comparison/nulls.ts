/** Whether the runs ask for an effect: a fit against the same law without it. */

import { fishersFTail } from '../certainty/fishersF.ts';
import { frozenValues, matchingRuns } from '../certainty/given.ts';
import { likelihoodScale } from '../certainty/likelihood.ts';
import { fitLaw } from '../fit/fitLaw.ts';
import type { Fit } from '../fit/outcome.ts';
import { refit } from '../fit/refit.ts';
import { rowsOf } from '../fit/rows.ts';
import { toldAnywhere } from '../fit/space.ts';
import { coordinateOf, type Law, type Null, valuesOf } from '../law.ts';
import type { Run } from '../run.ts';

export type NullVerdict = 'spoken against' | 'open' | 'preferred';

export type NullTest = {
  /** As in print: `φ = 0`, `φ·ω = 0`. */
  readonly name: string;
  /** Values of the parameters; of several nulls that are one question, those of the best. */
  readonly at: Readonly<Record<string, number>>;
  /** AICc without the effect − AICc with it: above 0 where the effect earns its parameters. Null where either has none. */
  readonly aiccDifference: number | null;
  /** The chance of runs that look as much as these as if there were the effect, where there is none. Null where no run can tell. */
  readonly p: number | null;
  readonly verdict: NullVerdict;
  /** One sentence, for a person. */
  readonly words: string;
};

export type NullOptions = {
  /** Of each fit without an effect, besides the one that goes on from the fit with it. */
  readonly descents?: number;
  readonly seed?: number;
  readonly signal?: AbortSignal;
  /** Told the share that is done, 0 … 1. */
  readonly onProgress?: (share: number) => void;
};

/** A fit without the effect begins at the fit with it; others are a guard against another valley. */
const DESCENTS = 12;

/** Intervals are of 95 %. */
const LEVEL = 0.05;

/** Descents to one bottom end this close, relatively. */
const SAME_OBJECTIVE = 1e-6;

/** Of a null's name. */
const NULL_SUFFIX = ' = 0';

/** `untold`: no run depends on the parameter; `idle`: the best fit does not, as another null holds there. */
type Ground = 'tested' | 'untold' | 'idle';

type Tested = {
  readonly of: Null;
  readonly ground: Ground;
  readonly aiccDifference: number | null;
  readonly p: number | null;
};

/**
 * `fit` against each null that its law declares, by a fit without the effect. Two measures: the difference in AICc, and the statistic of
 * the likelihood ratio for M-estimators (that of `profile`). As a null lies on a bound, the statistic is 0 half of the time where there
 * is no effect (Chernoff 1954; Self and Liang 1987), and where q other parameters idle there it may use them too:
 * p = ½·P(χ²_q) + ½·P(χ²_{q+1}), with d·F(d, n − p) for χ²_d. For φ = 0, where (φ(1−ω), φω) fills a quadrant, this is an upper limit.
 * Runs are taken as independent.
 *
 * Where a null idles the parameter of another, as φ = 0 does with ω, their product is asked for too: the runs speak against φ·ω = 0 only
 * where they speak against both, so that its p is the larger one. What is frozen in the fit is not asked.
 *
 * Throws a `RangeError` where `runs` are not those of the fit, and the signal's reason when aborted.
 */
export async function testNulls(
  fit: Fit,
  runs: readonly Run[],
  options: NullOptions = {},
): Promise<NullTest[]> {
  const { law } = fit;
  const covered = matchingRuns(fit, runs);
  const isTold = toldAnywhere(law, rowsOf(law, covered), [fit.theta]);
  const asked = (law.nulls ?? []).filter(({ at }) => !fit.frozen.some((name) => at[name] !== undefined));
  const tests: Tested[] = [];
  for (const [index, of] of asked.entries()) {
    const { onProgress } = options;
    const told = (share: number) => onProgress?.((index + share) / asked.length);
    const has = (names: readonly string[]) => Object.keys(of.at).some((name) => names.includes(name));
    const untold = law.parameters.flatMap(({ name }, number) => (isTold[number] ? [] : [name]));
    const none = { of, aiccDifference: null, p: null };
    if (has(untold)) tests.push({ ...none, ground: 'untold' });
    else if (has(idleAt(law, fit.theta))) tests.push({ ...none, ground: 'idle' });
    else tests.push(await testOne(fit, covered, of, { ...options, onProgress: told }));
  }
  options.onProgress?.(1);
  return [...tests.map(tell), ...products(tests)];
}

/** Parameters that decide nothing because a null holds exactly. */
function idleAt(law: Law, theta: Float64Array): string[] {
  const values = valuesOf(law, theta);
  return (law.nulls ?? []).flatMap(({ at, idle }) =>
    Object.entries(at).every(([name, value]) => values[name] === value) ? idle : [],
  );
}

async function testOne(fit: Fit, runs: readonly Run[], of: Null, options: NullOptions): Promise<Tested> {
  const { law, delta } = fit;
  const values = valuesOf(law, fit.theta);
  const idle = Object.fromEntries(of.idle.map((name) => [name, values[name] ?? Number.NaN]));
  const freeze = { ...frozenValues(fit), ...idle, ...of.at };
  const { descents = DESCENTS, ...rest } = options;
  const cold = await fitLaw(law, runs, { ...rest, delta, freeze, descents });
  const start = fit.theta.map((coordinate, index) => {
    const parameter = law.parameters[index];
    const value = parameter && of.at[parameter.name];
    return parameter === undefined || value === undefined ? coordinate : coordinateOf(parameter, value);
  });
  const warm = refit(law, runs, [start], { delta, freeze });
  const without = warm.objective <= cold.objective ? warm : cold;
  const { perObjective, degrees } = likelihoodScale(fit, runs);
  const rise = without.objective - fit.objective;
  return {
    of,
    ground: 'tested',
    aiccDifference: without.aicc === null || fit.aicc === null ? null : without.aicc - fit.aicc,
    p: chanceOf(rise > SAME_OBJECTIVE * fit.objective ? perObjective * rise : 0, of.idle.length, degrees),
  };
}

/** Of the statistic or more where there is no effect. One of 0 is no evidence at all. */
function chanceOf(statistic: number, idle: number, degrees: number): number {
  if (statistic === 0) return 1;
  return (fishersFTail(statistic, idle, degrees) + fishersFTail(statistic, idle + 1, degrees)) / 2;
}

function products(tests: readonly Tested[]): NullTest[] {
  return tests.flatMap((outer) =>
    tests
      .filter(({ of }) => Object.keys(of.at).every((name) => outer.of.idle.includes(name)))
      .map((inner) => tell(product(outer, inner))),
  );
}

function product(outer: Tested, inner: Tested): Tested {
  // Where the inner is idle, the outer null holds, and so does that of the product.
  const better =
    (inner.aiccDifference ?? Number.POSITIVE_INFINITY) < (outer.aiccDifference ?? 0) ? inner : outer;
  const symbols = [outer, inner].map(({ of }) => of.name.replace(NULL_SUFFIX, ''));
  const of = {
    ...better.of,
    name: `${symbols.join('·')}${NULL_SUFFIX}`,
    words: 'the final stage decides nothing',
  };
  if (outer.ground === 'untold' || inner.ground === 'untold')
    return { of, ground: 'untold', aiccDifference: null, p: null };
  return {
    of,
    ground: 'tested',
    aiccDifference: better.aiccDifference,
    p: Math.max(outer.p ?? 0, inner.p ?? 0),
  };
}

function tell({ of: { name, at, words }, ground, aiccDifference, p }: Tested): NullTest {
  const verdict = verdictOf(aiccDifference, p);
  return { name, at, aiccDifference, p, verdict, words: `${name} (${words}): ${sentence()}` };

  function sentence(): string {
    if (ground === 'untold') return 'no run can tell.';
    if (ground === 'idle' || p === null)
      return 'at the best fit it decides nothing, so that no run tells it.';
    const difference = aiccDifference ?? Number.NaN;
    const size = Math.abs(difference).toFixed(1);
    const aicc = Number.isNaN(difference)
      ? ''
      : `AICc without it ${size} ${difference < 0 ? 'lower' : 'higher'}, `;
    return `${VERDICTS[verdict]} (${aicc}${p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(p < 0.1 ? 3 : 2)}`}).`;
  }
}

const VERDICTS: Readonly<Record<NullVerdict, string>> = {
  'spoken against': 'the runs speak against it',
  open: 'the runs cannot tell',
  preferred: 'the runs do as well or better with it',
};

/** A null that is simpler by AICc, with nothing in the statistic against it, is preferred. */
function verdictOf(aiccDifference: number | null, p: number | null): NullVerdict {
  if (p === null) return 'open';
  if (p < LEVEL) return 'spoken against';
  return aiccDifference !== null && aiccDifference < 0 ? 'preferred' : 'open';
}
