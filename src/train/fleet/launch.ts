/** Chooses the size of a group's fleet, and puts the fleet on the device. */

import type { Engine, Fleet, FleetChoices } from '../../model/engine.ts';
import type { Throughput, TrainEvent } from '../events.ts';
import { MEASURING_SECONDS, measureFleet } from './measure.ts';
import type { FleetPlan } from './plan.ts';
import type { Group, TrainerOptions } from './prepare.ts';
import {
  fastEnough,
  mayGrow,
  mostByMemory,
  perRun,
  reasonOf,
  type SizeFacts,
  sizesToMeasure,
} from './size.ts';

export type Launched = { readonly fleet: Fleet; readonly event: Extract<TrainEvent, { event: 'fleet' }> };

type LaunchOptions = Pick<TrainerOptions, 'engine' | 'fleetSize' | 'memoryBytes'>;

/**
 * An empty fleet for `runs` of the group, one slot or more. Throws what the engine throws for a fleet of one, and the signal's
 * reason while sizes are being compared.
 */
export async function launch(
  group: Group,
  runs: readonly string[],
  options: LaunchOptions,
  signal?: AbortSignal,
): Promise<Launched> {
  const { plan, outline, planSteps } = group;
  const { engine } = options;
  const facts: SizeFacts = {
    wanted: runs.length,
    asked: options.fleetSize ?? null,
    mostByLimits: outline.mostSlots,
    bytesOf: (slots) => outline.facts(slots).bytes,
    memoryBytes: options.memoryBytes?.() ?? null,
  };
  const { tuning, microBatch } = outline.facts(1);
  const choices = { tuning, microBatch };
  const most = mostByMemory(facts);
  // A processor is as busy with one run as with many: side by side they cost nothing, and can be compared on the way.
  const isMeasured = most.size > 1 && facts.asked === null && !outline.software;
  const measured = isMeasured ? await measureSizes(engine, plan, most.size, choices, signal) : null;
  const throughput = measured?.throughput ?? [];
  let lacking = measured?.lacking ?? null;
  let size = most.size;
  // Where not even one was to be had for a measurement, one may still be had without.
  if (measured) size = throughput.length > 0 ? fastEnough(throughput).chosen.runs : 1;
  for (;;) {
    try {
      const fleet = await engine.createFleet(
        {
          config: plan.table.config,
          batch: plan.runs[0]?.plan.batch ?? 1,
          tokens: plan.layout.tokens,
          runs: [],
          slots: size,
          planSteps,
          evaluation: plan.evaluation.windows,
        },
        choices,
      );
      const reason = reasonOf({ size, most, throughput, lacking, software: outline.software }, facts);
      const { bytes } = fleet.facts;
      const bytesPerRun = perRun(facts.bytesOf);
      const event = { event: 'fleet', runs, size, wanted: runs.length, bytes, bytesPerRun } as const;
      return { fleet, event: { ...event, throughput, reason } };
    } catch (error) {
      if (size === 1 || !engine.isOutOfMemory(error)) throw error;
      lacking = size;
      size = Math.floor(size / 2);
    }
  }
}

/**
 * Speeds of fleets of 1, 2, 4 … `most` runs, as far as larger ones gain anything; `lacking` is the first size for which the device has no
 * memory. Throws what the engine throws, and the signal's reason.
 */
export async function measureSizes(
  engine: Engine,
  plan: FleetPlan,
  most: number,
  choices: FleetChoices,
  signal: AbortSignal | undefined,
): Promise<{ throughput: Throughput[]; lacking: number | null }> {
  const throughput: Throughput[] = [];
  const begun = performance.now();
  for (const runs of sizesToMeasure(most)) {
    signal?.throwIfAborted();
    const tokensPerSecond = await measureFleet(engine, plan, runs, choices);
    if (tokensPerSecond === null) return { throughput, lacking: runs };
    throughput.push({ runs, tokensPerSecond });
    // One size alone would tell nothing.
    const isLate = throughput.length > 1 && performance.now() - begun > 1000 * MEASURING_SECONDS;
    if (isLate || !mayGrow(throughput)) break;
  }
  signal?.throwIfAborted();
  return { throughput, lacking: null };
}
