/** Choices of an engine as a checkpoint holds them: written by this engine, or by one before or after it. */

import { isVariant } from '../../gpu/tuning/variants.ts';
import type { Tuning } from '../engine.ts';

/**
 * `value` as choices that this engine can repeat, or null: earlier engines kept other things, and a later one may have variants
 * that this one has not. Tiles that share loads among neighbours need `subgroups` of the device.
 */
export function knownTuning(value: unknown, { subgroups = true } = {}): Tuning | null {
  const { gradientSlices, variants } = Object(value) as { gradientSlices?: unknown; variants?: unknown };
  if (typeof gradientSlices !== 'number' || !Number.isInteger(gradientSlices) || gradientSlices < 1)
    return null;
  if (typeof variants !== 'object' || variants === null) return null;
  const known: Record<string, string> = {};
  for (const [kernel, name] of Object.entries(variants)) {
    if (typeof name !== 'string' || !isVariant(name, { subgroups })) return null;
    known[kernel] = name;
  }
  return { gradientSlices, variants: known };
}
