/**
 * The recipes of one kind as a box. A recipe is four coordinates: ln N, ln r, the part q of the way from r to a final ratio of 1
 * (r_f = r^{1−q}), and ln of the epochs that are wished for. How many there can be follows from N and r: compute, epochs and source
 * tokens each are a ceiling, and the wish is cut off at the lowest. So every limit is a wall of the box or of the wish, and no step of
 * a search is illegal; and where a law changes at a number of epochs, as most do at 1, the change runs along an axis.
 */

import type { Law } from '../law.ts';
import { type MovingPoint, movePoint, pointOf, type RecipeKind } from '../point.ts';
import type { Numbers4 } from '../terms/numbers.ts';
import { evenly, reachOfScales, STEP, TOUCH } from './scales.ts';
import { turnsUp } from './seam.ts';
import type { Hold, NettedBox } from './search/minimise.ts';
import type { Objective } from './search/nelderMead.ts';
import type { Task } from './task.ts';

/** Walls that a best recipe can stand at. */
export type Edge =
  /** Limits of the task. */
  | 'model scale'
  | 'source tokens'
  | 'epochs'
  | 'lowest ratio'
  /** The law would rather have a monolingual recipe: r = {@link HIGHEST_RATIO}. */
  | 'nearly monolingual'
  /** It would rather have one stage. */
  | 'nearly single-stage'
  /** It wants a model larger or smaller than any that were looked at. */
  | 'searched model scales';

/** Walls behind which lies a simpler kind. */
export const NEARLY: readonly Edge[] = ['nearly monolingual', 'nearly single-stage'];

/** A bilingual recipe nearer to 1 than this is the monolingual one but for a window now and then. */
export const HIGHEST_RATIO = 0.99;

/** Where no limit is given. */
export const LOWEST_RATIO = 1e-5;

const LN_N = 0;
const LN_R = 1;
const TO_ONE = 2;
const LN_WISHED = 3;

/** Two stages whose ratios lie nearer than this part of the way (in logarithms) from r to 1 are one. */
const LOWEST_TO_ONE = 0.01;

/**
 * Wishes for epochs, as logarithms, for a law under which more is not always better; the ceiling is one more. The first pass is among
 * them, as a law may fall off right behind it.
 */
const WISHES = [-10, -3, 0, 1, 2.3, 4];

const LOWEST_WISH = -10;

/** How far below what there can be, in ln k, fewer epochs are tried. */
const FEWER = [0.001, 0.05, 0.5, 2, 5];

const TO_ONE_NODES = [LOWEST_TO_ONE, 0.3, 0.6, 1];

/** Most laws are best served by all of the target in the final stage, or by no second stage. */
const STAGES: readonly Hold[] = [
  { axis: TO_ONE, at: 1, inward: () => [0.999, 0.95, 0.5, LOWEST_TO_ONE] },
  { axis: TO_ONE, at: LOWEST_TO_ONE, inward: () => [0.011, 0.05, 0.5, 1] },
];

export type Recipe = {
  readonly kind: RecipeKind;
  readonly D_T: number;
  readonly N: number;
  readonly k: number;
  readonly r: number;
  readonly r_f: number;
  readonly D: number;
  readonly S: number;
  /** Predicted, in nats per token. */
  readonly loss: number;
  /** Share of the compute that it uses. */
  readonly spends: number;
  readonly atEdges: readonly Edge[];
};

export type Space = NettedBox & {
  /**
   * Whether one pass is a seam of the law: the loss turns upwards there, as it does where repetition does harm. A search that comes
   * from the side of more passes does not see such a notch.
   */
  readonly hasSeam: boolean;
  /** ln of the predicted loss; Infinity where the law has no answer. */
  readonly objective: Objective;
  readonly recipe: (x: Float64Array, value: number) => Recipe;
};

/** Null where the limits leave no recipe of this kind. The space owns one point and is not to be shared between searches. */
export function spaceOf(law: Law, theta: Float64Array, kind: RecipeKind, task: Task): Space | null {
  const { compute, targetTokens, limits = {} } = task;
  const isMonolingual = kind === 'monolingual single-stage';
  const isTwoStage = kind === 'multi-lingual two-stage';
  const lowestRatio = limits.ratioAtLeast ?? LOWEST_RATIO;
  const epochs = limits.epochsAtMost ?? Number.POSITIVE_INFINITY;
  // A monolingual recipe reads none, whatever the limit is.
  const source = isMonolingual
    ? Number.POSITIVE_INFINITY
    : (limits.sourceTokensAtMost ?? Number.POSITIVE_INFINITY);
  if (!isMonolingual && (lowestRatio > HIGHEST_RATIO || source === 0)) return null;

  const scales = modelScales(task);
  // More epochs than this no model that is looked at leaves compute for.
  const lnMost = Math.log(compute / (6 * targetTokens)) - scales.low;
  const nodes = [
    evenly(scales.low, scales.high),
    isMonolingual ? [0] : ratios(lowestRatio),
    // A law that reads no final ratio is as well served by any.
    isTwoStage ? (law.reads.includes('r_f') ? TO_ONE_NODES : [1]) : [0],
    [...(lnMost > LOWEST_WISH ? WISHES.filter((wish) => wish < lnMost) : [lnMost - STEP]), lnMost],
  ];

  const point: MovingPoint = { ...pointOf({ N: 1, D_T: targetTokens, k: 1, r: 1, r_f: 1 }) };
  const gradient = new Float64Array(law.parameters.length);
  const ceiling = (N: number, r: number): number =>
    Math.min((compute * r) / (6 * N * targetTokens), epochs, ((source / (1 - r)) * r) / targetTokens);
  const place = (x: Float64Array): void => {
    const { 0: lnN, 1: lnR, 2: toOne, 3: lnWished } = x as unknown as Numbers4;
    const N = Math.exp(lnN);
    const r = isMonolingual ? 1 : Math.exp(lnR);
    const k = Math.min(Math.exp(lnWished), ceiling(N, r));
    movePoint(point, N, targetTokens, k, r, isTwoStage ? r ** (1 - toOne) : r);
  };
  const objective: Objective = (x) => {
    place(x);
    if (law.covers !== undefined && !law.covers(point)) return Number.POSITIVE_INFINITY;
    const value = law.logLoss(point, theta, gradient);
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
  };

  const edges = (x: Float64Array): Edge[] => {
    const touches = (axis: number, wall: number) => Math.abs((x[axis] ?? 0) - wall) <= TOUCH;
    const found: Edge[] = [];
    if (touches(LN_N, scales.low)) found.push('searched model scales');
    if (touches(LN_N, scales.high)) found.push(scales.isLimit ? 'model scale' : 'searched model scales');
    if (!isMonolingual && touches(LN_R, Math.log(lowestRatio))) found.push('lowest ratio');
    if (!isMonolingual && touches(LN_R, Math.log(HIGHEST_RATIO))) found.push('nearly monolingual');
    if (isTwoStage && touches(TO_ONE, LOWEST_TO_ONE)) found.push('nearly single-stage');
    if (point.k >= epochs * (1 - TOUCH)) found.push('epochs');
    if (point.S >= source * (1 - TOUCH)) found.push('source tokens');
    return found;
  };

  const lnCeiling = ({ 0: lnN = 0, 1: lnR = 0 }: Float64Array) =>
    Math.log(ceiling(Math.exp(lnN), isMonolingual ? 1 : Math.exp(lnR)));
  const asMuch: Hold = {
    axis: LN_WISHED,
    at: lnMost,
    inward: (x) => {
      const most = lnCeiling(x);
      const fewer = FEWER.map((step) => most - step);
      return (most > 0 ? [...fewer, 0] : fewer).sort((a, b) => b - a).filter((wish) => wish > LOWEST_WISH);
    },
    cutOff: lnCeiling,
  };

  return {
    lower: Float64Array.from(nodes, (of) => of[0] ?? 0),
    upper: Float64Array.from(nodes, (of) => of.at(-1) ?? 0),
    nodes,
    hasSeam: epochs > 1 && turnsUp(objective, ceiling, nodes),
    holds: isTwoStage ? [asMuch, ...STAGES] : [asMuch],
    objective,
    recipe: (x, value) => {
      place(x);
      const { D_T, N, k, r, r_f, D, S, C } = point;
      return {
        kind,
        D_T,
        N,
        k,
        r,
        r_f,
        D,
        S,
        loss: Math.exp(value),
        spends: Math.min(C / compute, 1),
        atEdges: edges(x),
      };
    },
  };
}

function modelScales({ compute, targetTokens, limits = {} }: Task) {
  const reach = reachOfScales(compute);
  // Where text is scarce and may not be repeated, the compute goes into the model: as large as a tenth of the text allows.
  const widest = Math.log(compute / 6) - Math.max(Math.log(targetTokens / 10), 0);
  const most = Math.max(reach.high, widest);
  const limit = Math.log(limits.modelScaleAtMost ?? Number.POSITIVE_INFINITY);
  const high = Math.min(most, limit);
  return { low: Math.min(reach.low, high - STEP), high, isLimit: limit <= most };
}

/** Logarithms of ratios, from the lowest to the highest: near 1 even in the share of the source, near 0 in that of the target. */
function ratios(lowest: number): number[] {
  const logit = (ratio: number) => Math.log(ratio / (1 - ratio));
  const inner = evenly(logit(lowest), logit(HIGHEST_RATIO)).slice(1, -1);
  return [Math.log(lowest), ...inner.map((place) => -Math.log1p(Math.exp(-place))), Math.log(HIGHEST_RATIO)];
}
