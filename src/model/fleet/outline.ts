/** What a fleet would be: its facts to the byte, and how many slots the device's limits allow, before anything is made. */

import { Allocator } from '../../gpu/allocator.ts';
import { bufferSize } from '../../gpu/buffers.ts';
import type { GpuDevice } from '../../gpu/device.ts';
import { LimitTooSmallError } from '../../gpu/errors.ts';
import type { Kernel } from '../../gpu/kernel.ts';
import type { FleetFacts } from '../engine.ts';
import { type FleetLayout, fleetProgram, fleetTensors } from './tensors.ts';

/** Runs are the third dimension of a dispatch, which has no more workgroups than this. */
const MOST_SLOTS = 65_535;

type Limits = Pick<GPUSupportedLimits, 'maxBufferSize' | 'maxStorageBufferBindingSize'>;

const NO_LIMITS: Limits = {
  maxBufferSize: Number.POSITIVE_INFINITY,
  maxStorageBufferBindingSize: Number.POSITIVE_INFINITY,
};

/**
 * Facts of a fleet, whether the device allows it or not. Goes through the making with an account that makes nothing, so that this
 * never falls out of step with it. With `limits`, throws `LimitTooSmallError` at the first buffer that is too large.
 */
export function outlineFleet(gpu: GpuDevice, layout: FleetLayout, limits = NO_LIMITS): FleetFacts {
  const make = new Allocator({
    create: (label, bytes, usage) =>
      ({ label, size: bufferSize(limits, label, bytes, usage), usage }) as GPUBuffer,
    destroy: () => {},
  });
  const { kernels } = fleetProgram(layout, fleetTensors(gpu, make, layout));
  return fleetFacts(layout, kernels, make.bytes);
}

export function fleetFacts(
  { table, tuning, microBatch, shape, slots }: FleetLayout,
  kernels: readonly Kernel[],
  bytes: number,
): FleetFacts {
  return {
    table,
    tuning,
    microBatch,
    microBatches: shape.batch / microBatch,
    dispatchesPerStep: kernels.length,
    flopsPerStep: kernels.reduce((sum, { flops }) => sum + flops, 0) / slots,
    bytes,
  };
}

/** The most slots that the limits allow. Throws `LimitTooSmallError` where that is none. */
export function mostSlots(gpu: GpuDevice, layout: Omit<FleetLayout, 'slots'>): number {
  const { limits } = gpu.device;
  outlineFleet(gpu, { ...layout, slots: 1 }, limits);
  const fits = (slots: number) => {
    try {
      outlineFleet(gpu, { ...layout, slots }, limits);
      return true;
    } catch (error) {
      if (error instanceof LimitTooSmallError) return false;
      throw error;
    }
  };
  let fitting = 1;
  let tooMany = MOST_SLOTS + 1;
  while (tooMany - fitting > 1) {
    const slots = Math.min(2 * fitting, Math.floor((fitting + tooMany) / 2));
    if (fits(slots)) fitting = slots;
    else tooMany = slots;
  }
  return fitting;
}
