/** Choices of an engine as a checkpoint holds them: written by this engine, or by one before or after it. */

import type { Tuning } from '../engine.ts';
import { kernelChoices } from './chooseTuning.ts';
import { chunksOf, type StepShape } from './sizes.ts';

/** `value` as choices, or null where it has not the form of any: earlier engines kept other things. */
export function tuningOf(value: unknown): Tuning | null {
  const { gradientSlices, variants } = Object(value) as { gradientSlices?: unknown; variants?: unknown };
  if (typeof gradientSlices !== 'number' || !Number.isInteger(gradientSlices) || gradientSlices < 1)
    return null;
  if (typeof variants !== 'object' || variants === null) return null;
  const named: Record<string, string> = {};
  for (const [kernel, variant] of Object.entries(variants)) {
    if (typeof variant !== 'string') return null;
    named[kernel] = variant;
  }
  return { gradientSlices, variants: named };
}

/**
 * Whether `tuning` names, for every kernel of a training step of these sizes, a variant that this engine has and the device can run:
 * only then can the bits be repeated.
 */
export function suits(
  { gradientSlices, variants }: Tuning,
  shape: StepShape,
  device: { readonly subgroups: boolean },
): boolean {
  const stretches = [shape.rows, ...chunksOf(shape).map(({ rows }) => rows)];
  if (stretches.some((rows) => rows % gradientSlices !== 0)) return false;
  return kernelChoices(shape, gradientSlices).every(({ name, fits }) => {
    const variant = variants[name];
    return variant !== undefined && fits(variant, device);
  });
}
