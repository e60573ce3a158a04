/** What the charts draw, and over what. */

import type { TrainConfig } from '../../../formats/config.ts';
import { plannedSteps } from '../../../recipe/outline.ts';
import { RecipeError } from '../../../recipe/recipe.ts';
import { learningRates } from '../../../recipe/schedule.ts';
import { stagesOf } from '../../../recipe/stages.ts';
import { type Curve, type Point, secondsAt } from '../curves.ts';
import type { XAxis } from './chartState.ts';

export const QUANTITIES = ['target', 'training', 'source', 'rate'] as const;
export type Quantity = (typeof QUANTITIES)[number];

export type QuantityFacts = {
  readonly title: string;
  readonly unit: string;
  readonly caption: string;
  readonly decimals: number;
};

export const QUANTITY_FACTS: Record<Quantity, QuantityFacts> = {
  target: {
    title: 'Target loss',
    unit: 'bits per byte',
    caption: 'On held-out text of the target language, which no run trains on. Lower is better.',
    decimals: 3,
  },
  training: {
    title: 'Training loss',
    unit: 'bits per byte',
    caption: 'On the batches that are trained on, both languages together as the recipe mixes them.',
    decimals: 3,
  },
  source: {
    title: 'Source loss',
    unit: 'bits per byte',
    caption: 'On held-out text of the source language: what is forgotten once the target takes over.',
    decimals: 3,
  },
  rate: {
    title: 'Learning rate',
    unit: '',
    caption: 'As it was planned, up to the step that each run has reached.',
    decimals: 5,
  },
};

export const AXIS_FACTS: Record<
  XAxis,
  { readonly title: string; readonly label: string; readonly unit: string }
> = {
  step: { title: 'Steps', label: 'steps taken', unit: '' },
  tokens: { title: 'Tokens', label: 'tokens read', unit: '' },
  flops: { title: 'Compute', label: 'compute 6ND, FLOP', unit: 'FLOP' },
  time: { title: 'Time', label: 'seconds of training', unit: 's' },
};

const FLOPS_PER_PARAMETER_TOKEN = 6;

/** Where a point lies on an axis; NaN where that is not known. */
export function placeOn(
  axis: XAxis,
  point: Point,
  { scale, curve }: { scale: number | null; curve: Curve },
): number {
  switch (axis) {
    case 'step':
      return point.step;
    case 'tokens':
      return point.tokens;
    case 'flops':
      return scale === null ? Number.NaN : FLOPS_PER_PARAMETER_TOKEN * scale * point.tokens;
    case 'time':
      return secondsAt(curve.times, point.step);
  }
}

/** Points of the schedule; a longer run has several steps a point. */
const RATE_POINTS = 1000;

/** The learning rate of a config's steps as its plan will have them, at most a thousand of them; none where the recipe cannot be. */
export function ratePoints({ recipe, optimizer, model }: TrainConfig): Point[] {
  try {
    const steps = plannedSteps(recipe, optimizer.batch, model.context);
    let start = 0;
    const starts = stagesOf(recipe).map(({ share }) => {
      const at = Math.round(start * steps);
      start += share;
      return at;
    });
    const rates = learningRates(optimizer, steps, starts);
    const stride = Math.max(1, Math.ceil(steps / RATE_POINTS));
    const stepTokens = optimizer.batch * model.context;
    const points: Point[] = [];
    for (let step = 1; step <= steps; step += stride) {
      points.push({ step, tokens: step * stepTokens, bits: rates[step - 1] ?? 0 });
    }
    return points;
  } catch (error) {
    if (error instanceof RecipeError) return [];
    throw error;
  }
}
