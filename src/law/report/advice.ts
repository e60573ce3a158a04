/** What a fitted law advises, with what a reader must know of it. */

import type { FitFile } from '../../formats/fit.ts';
import { allocate, cptAllocation } from '../advice/cptAllocation.ts';
import type { Foretold } from '../advice/predict.ts';
import type { Recommendation } from '../advice/recommend.ts';
import { firstDeparture } from '../advice/threshold/firstDeparture.ts';
import type { UncertainThreshold } from '../advice/threshold/thresholdLine.ts';
import type { Gap } from '../advice/told.ts';
import { coordinateOf, valuesOf } from '../law.ts';
import { pointOf, QUANTITIES } from '../point.ts';
import type { FittedLaw } from './fittedLaw.ts';
import { idleOf, toldOf } from './ground.ts';
import { figure, scale } from './numbers.ts';
import type { Surroundings } from './surroundings.ts';

/** A recipe that a person has in mind: the corpus is the task's. */
export type GivenRecipe = {
  readonly N: number;
  readonly k: number;
  readonly r: number;
  readonly r_f: number;
};

/** A recipe that was asked about: what the law says, or why it says nothing. */
export type GivenAdvice = {
  readonly recipe: GivenRecipe;
  readonly foretold: Foretold | null;
  readonly reason: string | null;
};

/** Scarcity, passes and corpus at which leaving one language pays to first order. */
export type FirstOrder = { readonly x: number; readonly k: number; readonly targetTokens: number };

export type Advice = {
  readonly fit: FitFile;
  readonly fitted: FittedLaw;
  readonly recommendation: Recommendation;
  /** What no run of the fit tells, so that nothing is advised on it. */
  readonly gaps: readonly Gap[];
  /** Null where there is one kind to choose among. */
  readonly threshold: UncertainThreshold | null;
  /** Nats per token by which a second language has to lead at the threshold. */
  readonly margin: number;
  readonly firstOrder: FirstOrder | null;
  readonly given: readonly GivenAdvice[];
  /** Quantities of the best recipe that lie outside the runs of the fit. */
  readonly beyond: readonly string[];
  /** Sentences without a full stop. */
  readonly notes: readonly string[];
  readonly surroundings: Surroundings | null;
};

/** A recipe is beyond the runs where it is outside them by more than rounding. */
const BEYOND = 1e-6;

export function beyondRuns({ best: { recipe } }: Recommendation, { extent }: FitFile): string[] {
  const point = pointOf(recipe);
  return QUANTITIES.filter((quantity) => {
    const range = extent[quantity];
    const value = point[quantity];
    return range !== undefined && (value < range[0] * (1 - BEYOND) || value > range[1] * (1 + BEYOND));
  });
}

export function notesOf(fit: FitFile, fitted: FittedLaw, recommendation: Recommendation): string[] {
  const { note, unknown, status, firstStage, law, borrowed, atBounds, parameters } = fit;
  const { blindness, tied } = recommendation;
  const notes: string[] = [];
  if (note !== '') notes.push(note);
  if (borrowed)
    notes.push(
      `${borrowed.parameters.join(', ')} come from a fit of ${borrowed.law} to other runs, those of one language without repetition`,
    );
  const idle = idleOf(fit, fitted.law);
  const gaps = toldOf(fit, fitted.law).gaps;
  if (idle.length > 0) {
    const bounds = atBounds.map((name) => `${name} = ${figure(parameters[name]?.value ?? Number.NaN)}`);
    notes.push(
      `${bounds.length > 0 ? `${bounds.join(', ')}: ` : ''}${idle.join(', ')} ${idle.length > 1 ? 'do' : 'does'} not matter at the best fit`,
    );
  }
  const isExplained = unknown.every((name) => idle.includes(name)) ? idle.length > 0 : gaps.length > 0;
  if (status !== 'converged' && status !== 'at a bound' && !isExplained)
    notes.push(`the fit is ${status}; see m3lab fit`);
  if (blindness === 'all kinds')
    notes.push(`${law} cannot tell kinds of recipe apart: any with this N and D is as good to it`);
  else if (blindness === 'stages' && fitted.law.covers === undefined)
    notes.push(`${law} cannot tell one stage from two: two stages are as good to it as one`);
  if (tied.length > 0) notes.push(`as good, to all digits that count: ${tied.join(', ')}`);
  notes.push(...stageNotes(fit, fitted, recommendation));
  const [rule, ...others] = firstStage.rules;
  if (rule)
    notes.push(
      others.length === 0
        ? `two-stage recipes are those of the runs: r_1 = ${rule.c}·r in the first stage`
        : 'the two-stage runs follow several rules for the first stage, so that r and r_f do not fix a recipe',
    );
  if (beyondRuns(recommendation, fit).includes('k') && !hasCostOfRepetition(fitted))
    notes.push('to this law repetition stops helping but does no harm: it has no term for overfitting');
  return notes;
}

/** Whether the runs speak for what makes two stages better than one: of the nulls at which r_f decides nothing, the likeliest. */
function stageNotes(
  { nulls = [] }: FitFile,
  { law, theta }: FittedLaw,
  { best, runnersUp }: Recommendation,
): string[] {
  const two = [best, ...runnersUp].find(({ recipe }) => recipe.kind === 'multi-lingual two-stage');
  if (!two) return [];
  const gradient = new Float64Array(law.parameters.length);
  // Of several that are as likely the last, which may be the product of the others.
  const stageless = nulls.filter(({ at }) => {
    const under = theta.map((coordinate, index) => {
      const parameter = law.parameters[index];
      const value = parameter && at[parameter.name];
      return parameter === undefined || value === undefined ? coordinate : coordinateOf(parameter, value);
    });
    const { r } = two.recipe;
    const [one, other] = [two.recipe, { ...two.recipe, r_f: r }].map((recipe) =>
      law.logLoss(pointOf(recipe), under, gradient),
    );
    return one === other;
  });
  const [likeliest] = stageless.reverse().sort((a, b) => (b.p ?? 1) - (a.p ?? 1));
  return likeliest ? [`two stages against one: ${likeliest.words.replace(/\.$/, '')}`] : [];
}

const PASSES = [2, 1e3];

/** Whether many passes over a text raise the loss for some model; tried, since laws of one's own are among them. */
function hasCostOfRepetition({ law, theta }: FittedLaw): boolean {
  if (!law.reads.includes('k') && !law.reads.includes('D')) return true;
  const gradient = new Float64Array(law.parameters.length);
  return [1e5, 1e8].some((N) => {
    const [few = 0, many = 0] = PASSES.map((k) =>
      law.logLoss(pointOf({ N, D_T: 1e6, k, r: 1, r_f: 1 }), theta, gradient),
    );
    return many > few;
  });
}

/** In closed form, for the lab's law; null for others, or where it is always or never worth it. */
export function firstOrderOf(
  { law, theta }: FittedLaw,
  targetTokens: number,
  scarcity: number | null,
): FirstOrder | null {
  if (law.name !== 'm3' || scarcity === null) return null;
  const { alpha = 0, beta = 0, Rstar = 0, tau = 0, phi = 0, omega = 0 } = valuesOf(law, theta);
  const found = firstDeparture({ alpha, beta, Rstar, tau, phi, omega });
  if (typeof found === 'string' || !(found.x > 0)) return null;
  return { x: found.x, k: found.k, targetTokens: (found.x * targetTokens) / scarcity };
}

/** Zheng's allocation, where the law is Zheng's. */
export function continualNotes({ law, theta }: FittedLaw, compute: number): string[] {
  if (law.name !== 'cpt') return [];
  const { A, alpha, Bprime, betaprime, gamma } = valuesOf(law, theta);
  if (
    A === undefined ||
    alpha === undefined ||
    Bprime === undefined ||
    betaprime === undefined ||
    gamma === undefined
  )
    return [];
  const allocation = cptAllocation({ A, alpha, Bprime, betaprime, gamma });
  if (allocation === null)
    return [
      'continual pre-training has no best allocation: gamma is not below betaprime, so that ever larger models pay',
    ];
  const { N, D } = allocate(allocation, compute);
  const power = (exponent: number) => exponent.toFixed(3);
  return [
    `compute-optimal continual pre-training, whatever the corpus: N = ${scale(N)}, D = ${scale(D)} target tokens; N ∝ C^${power(allocation.exponentN)}, ` +
      `D ∝ C^${power(allocation.exponentD)}`,
  ];
}
