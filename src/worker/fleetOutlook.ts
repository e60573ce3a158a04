/** What fleets would take, before anything is made: their memory and their work, from the plans and the device's limits. */

import type { GpuDevice } from '../gpu/device.ts';
import { LimitTooSmallError } from '../gpu/errors.ts';
import { createWebGpuEngine } from '../model/fleet/webgpuEngine.ts';
import type { FleetPlan } from '../train/fleet/plan.ts';
import type { FleetOutlook } from './api/fleet.ts';

/**
 * Kernels are those of the fixed table: a measured choice may take a little more or less memory, and is not made for a form that is still
 * being filled in. `gpu` is null where there is none.
 */
export async function outlookOf(
  plans: readonly FleetPlan[],
  gpu: GpuDevice | null,
): Promise<readonly FleetOutlook[]> {
  const outlooks: FleetOutlook[] = [];
  for (const plan of plans) {
    const runs = plan.runs.map(({ name }) => name);
    outlooks.push({ runs, ...(gpu ? await costOf(plan, gpu) : { bytes: null, flopsPerStep: null }) });
  }
  return outlooks;
}

async function costOf(
  { table, layout, evaluation, runs }: FleetPlan,
  gpu: GpuDevice,
): Promise<Pick<FleetOutlook, 'bytes' | 'flopsPerStep'>> {
  const shape = {
    config: table.config,
    batch: runs[0]?.plan.batch ?? 1,
    tokens: layout.tokens.length,
    evaluation: evaluation.windows.length,
    planSteps: Math.max(...runs.map(({ plan }) => plan.steps)),
  };
  try {
    const outline = await createWebGpuEngine(gpu).outline(shape);
    const { bytes, flopsPerStep } = outline.facts(Math.min(runs.length, outline.mostSlots));
    return { bytes, flopsPerStep };
  } catch (error) {
    if (error instanceof LimitTooSmallError) return { bytes: null, flopsPerStep: null };
    throw error;
  }
}
