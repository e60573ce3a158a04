/** Of which recipes the runs of a fit can tell at all: what they say nothing of is not advised. */

import type { Law, Teller } from '../law.ts';
import { RECIPE_KINDS, type RecipeKind } from '../point.ts';
import type { TellerCounts } from '../runs.ts';

/** What of a law says which runs would tell it; a page that has only this can ask as well. */
export type AskedLaw = Pick<Law, 'parameters' | 'reads'>;

/** What a fit is asked with. */
export type FitGround = {
  /** Runs of the fit that can tell each sort of parameter. */
  readonly tellers: TellerCounts;
  /** Parameters that were given, not fitted: whoever gave them vouches for what no run tells. */
  readonly frozen: readonly string[];
  /** The most passes of any run. */
  readonly mostEpochs: number;
};

/** What no run of a fit tells, and which runs would. */
export type Gap = {
  readonly what: 'a second language' | 'two stages' | 'repetition';
  /** Without a full stop. */
  readonly reason: string;
  readonly wanted: string;
};

export type Told = {
  readonly kinds: readonly RecipeKind[];
  /** Passes that the runs reach, where none of them repeats its text; null where some do. */
  readonly epochsAtMost: number | null;
  readonly gaps: readonly Gap[];
};

const SECOND_LANGUAGE: Gap = {
  what: 'a second language',
  reason: 'no run of the fit reads one',
  wanted: 'runs with r below 1, at two ratios or more, some of them with r_f above r',
};
const TWO_STAGES: Gap = {
  what: 'two stages',
  reason: 'no run of the fit has two',
  wanted: 'runs with r_f above r, at two ratios or more',
};
const REPETITION: Gap = {
  what: 'repetition',
  reason: 'no run of the fit reads its text more than once',
  wanted: 'runs with k well above 1',
};

/**
 * The kinds that are told. A kind of which there is no run is told only where the parameters that such runs would tell were given. That a
 * parameter turns out to have no effect where the fit ended, as ω where φ = 0, is an answer and no gap.
 */
export function toldBy(law: AskedLaw, { tellers, frozen, mostEpochs }: FitGround): Told {
  const isTold = (teller: Exclude<Teller, 'any'>) => tellers[teller] > 0 || isGiven(law, teller, frozen);
  const gaps: Gap[] = [];
  let kinds: readonly RecipeKind[] = RECIPE_KINDS;
  if (!isTold('bilingual')) {
    gaps.push(SECOND_LANGUAGE);
    kinds = kinds.slice(0, 1);
  } else if (!isTold('two-stage') && law.reads.includes('r_f')) {
    gaps.push(TWO_STAGES);
    kinds = kinds.slice(0, 2);
  }
  const isRepeated = isTold('repeated');
  if (!isRepeated) gaps.push(REPETITION);
  return { kinds, epochsAtMost: isRepeated ? null : Math.max(1, mostEpochs), gaps };
}

function isGiven(law: AskedLaw, teller: Teller, frozen: readonly string[]): boolean {
  const theirs = law.parameters.filter(({ toldBy }) => toldBy === teller);
  return theirs.length > 0 && theirs.every(({ name }) => frozen.includes(name));
}

/** Parameters that a fit left open though there are runs that tell of them: they decide nothing at the place that was found. */
export function idleParameters(
  law: AskedLaw,
  unknown: readonly string[],
  { tellers }: Pick<FitGround, 'tellers'>,
): readonly string[] {
  return law.parameters.flatMap(({ name, toldBy }) =>
    unknown.includes(name) && (toldBy === 'any' || tellers[toldBy] > 0) ? [name] : [],
  );
}
