/** What exponents say of the two claims, in words that carry their figures. */

import type { Finding, Verdict } from '../experiment.ts';
import { decimals, type Estimate, estimateWords, type Noise, noiseWords } from '../spread.ts';
import type { Exponents } from './exponents.ts';

/** What the words need beside the fit. */
export type Ground = {
  /** Null where too few runs are finished. */
  readonly exponents: Exponents | null;
  readonly noise: Noise;
  readonly diverged: number;
  /** Whether a second source was asked for at all. */
  readonly hasControl: boolean;
};

const SOURCE = 'arXiv 2410.12325, first version';
/** Chance below which something is taken to be there. */
const LEVEL = 0.05;
/** Of the exponent: departures below are no other law, whatever their chance. */
const SMALL = 0.1;
/** Of the exponent: where departures of this size cannot be told from none, nothing was tested. */
const BLIND = 0.3;
const CRITERION = `A departure of less than ${SMALL}·γ is let pass; where the runs would not show one of ${BLIND}·γ nothing is decided.`;

export function findingsOf(ground: Ground): Finding[] {
  return [powerLaw(ground), sameExponent(ground)];
}

function powerLaw(ground: Ground): Finding {
  const { exponents, noise } = ground;
  const about = {
    name: 'power law in the ratio',
    claim: 'In single-stage training the target’s loss is a power of the target’s ratio, L_1·r^−γ.',
    source: SOURCE,
    wouldChange:
      'More seeds, which tell smaller curvatures from noise; ratios below 0.05, where a floor or a bend would show most; larger models and longer runs, whose losses are nearer to their floor.',
  };
  if (!exponents) return { ...about, verdict: 'undecided', measured: missingWords(ground) };
  const { bend, common, groups } = exponents;
  const misfit = Math.max(...groups.map((group) => group.misfit));
  return {
    ...about,
    verdict: verdictOn(bend.chance, relative(bend, common), mostRelative(bend, common)),
    measured: [
      `${exponents.runs} runs${divergedWords(ground)}; γ = ${estimateWords(common)} in the middle of the range (95 %).`,
      `From the smallest ratio to the largest the local exponent changes by ${estimateWords(bend)} (chance of as much without a bend: ${chanceWords(bend.chance)}).`,
      `Straight lines of ln L on ln r miss by up to ${misfit.toFixed(3)} bits per byte; ${noiseWords(noise)}.`,
      CRITERION,
    ].join(' '),
  };
}

function sameExponent(ground: Ground): Finding {
  const { exponents, hasControl } = ground;
  const about = {
    name: 'one exponent',
    claim: 'The exponent γ does not depend on the amount of data, the model’s scale or the language pair.',
    source: SOURCE,
    wouldChange:
      'More seeds and wider spans of N and D, over which a dependence would add up; further language pairs.',
  };
  if (!exponents) return { ...about, verdict: 'undecided', measured: missingWords(ground) };
  const { chanceOfSame, common, effects, groups } = exponents;
  const known = Object.values(effects).flatMap((effect) => effect ?? []);
  const untested = (['N', 'D', 'source'] as const).filter((name) => effects[name] === null);
  const values = groups.map(({ exponent }) => exponent.value);
  const spread = (Math.max(...values) - Math.min(...values)) / Math.abs(common.value);
  const verdict =
    chanceOfSame === null || known.length === 0
      ? 'undecided'
      : verdictOn(chanceOfSame, spread, Math.max(...known.map((effect) => mostRelative(effect, common))));
  const missing = untested.filter((name) => name !== 'source' || hasControl);
  return {
    ...about,
    // What was not varied cannot be said to change nothing; a pair that nobody gave is said, and not held against the rest.
    verdict: verdict === 'reproduced' && missing.length > 0 ? 'undecided' : verdict,
    measured: [
      `Exponents of ${groups.length} groups of runs: ${groups.map(({ exponent }) => decimals(exponent.value)).join(', ')}; common ${estimateWords(common)}.`,
      chanceOfSame === null
        ? 'With one group there is nothing to compare.'
        : `Chance of such differences where there are none: ${chanceWords(chanceOfSame)}.`,
      ...(['D', 'N', 'source'] as const).flatMap((name) => {
        const effect = effects[name];
        return effect ? [`${EFFECTS[name]} γ changes by ${estimateWords(effect)}.`] : [];
      }),
      ...untested.map((name) => UNTESTED[name]),
      CRITERION,
    ].join(' '),
  };
}

const EFFECTS = {
  N: 'On the larger model',
  D: 'In the longer runs',
  source: 'With the control’s source',
} as const;
const UNTESTED = {
  N: 'Not tested over N: no runs of a second model are finished.',
  D: 'Not tested over D: no runs of a second length are finished.',
  source: 'Not tested over language pairs: there are no runs with a second source.',
} as const;

/**
 * `chance` of seeing as much where there is nothing, the departure as it was measured, and the largest that its interval allows; both
 * as shares of the exponent.
 */
function verdictOn(chance: number, measured: number, most: number): Verdict {
  if (chance < LEVEL && measured > SMALL) return 'not reproduced';
  return most < BLIND ? 'reproduced' : 'undecided';
}

function relative({ value }: Estimate, { value: exponent }: Estimate): number {
  return Math.abs(value / exponent);
}

function mostRelative({ value, half }: Estimate, { value: exponent }: Estimate): number {
  return (Math.abs(value) + half) / Math.abs(exponent);
}

function missingWords(ground: Ground): string {
  return `Too few runs are finished: four ratios of one model and length are the least, and runs enough to see how they scatter${divergedWords(ground)}.`;
}

function divergedWords({ diverged }: Ground): string {
  if (diverged === 0) return '';
  return ` (${diverged} more diverged and ${diverged === 1 ? 'is' : 'are'} left out)`;
}

function chanceWords(chance: number): string {
  return chance < 0.001 ? 'below 0.001' : chance.toFixed(3);
}
