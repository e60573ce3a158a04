/** The engine's choices for a model on a device: measured, or from a fixed table. */

import type { GpuDevice } from '../../gpu/device.ts';
import type { KernelChoice } from '../../gpu/tuning/kernelChoice.ts';
import type { Tuner } from '../../gpu/tuning/tuner.ts';
import type { Tuning } from '../engine.ts';
import { attentionChoices } from './attentionPasses.ts';
import { matmulChoices } from './layers.ts';
import { rowChoices } from './rowPasses.ts';
import type { Sizes, StepShape } from './sizes.ts';

/** None where a few cores do the work, which spares a pass over the gradients; more where a weight gradient alone must fill a GPU. */
const GRADIENT_SLICES = { software: 1, hardware: 8 };

type Device = Pick<GpuDevice, 'facts'>;

export type TuningSource = {
  readonly tuner?: Tuner | undefined;
  /** Ends a choice between two kernels. */
  readonly signal?: AbortSignal | undefined;
};

/**
 * A variant for every kernel of a training step that comes in several: measured by `tuner`, or taken from the fixed table.
 * @throws DeviceLostError, OutOfMemoryError, LimitTooSmallError, the signal's reason
 */
export async function chooseTuning(
  shape: StepShape,
  gpu: Device,
  { tuner, signal }: TuningSource = {},
): Promise<Tuning> {
  const gradientSlices = slicesOn(gpu);
  const variants: Record<string, string> = {};
  for (const choice of kernelChoices(shape, gradientSlices)) {
    signal?.throwIfAborted();
    const { name } = choice;
    variants[name] = tuner ? await tuner.choose(choice) : choice.fixed(gpu.facts);
  }
  return { gradientSlices, variants };
}

/** The sizes of a program that takes the fixed table. */
export function fixedSizes(shape: StepShape, gpu: Device): Sizes {
  const gradientSlices = slicesOn(gpu);
  const variants = Object.fromEntries(
    kernelChoices(shape, gradientSlices).map((choice) => [choice.name, choice.fixed(gpu.facts)]),
  );
  return { ...shape, tuning: { gradientSlices, variants } };
}

/** What there is to choose for a training step: every kernel of it that comes in several variants. */
export function kernelChoices(shape: StepShape, gradientSlices: number): readonly KernelChoice[] {
  return [...matmulChoices(shape, gradientSlices), ...attentionChoices(shape), ...rowChoices(shape)];
}

/** Slices of a weight gradient, where no earlier choice stands. */
export function slicesOn({ facts }: Device): number {
  return facts.software ? GRADIENT_SLICES.software : GRADIENT_SLICES.hardware;
}
