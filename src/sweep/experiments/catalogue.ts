/** The experiments that there are, in the order in which they are best read. */

import { continualPretraining } from './continualPretraining.ts';
import { distance } from './distance.ts';
import { epochCollapse } from './epochCollapse.ts';
import type { Experiment } from './experiment.ts';
import { extrapolation } from './extrapolation.ts';
import { phaseShift } from './phaseShift.ts';
import { ratioPowerLaw } from './ratioPowerLaw.ts';
import { replay } from './replay.ts';
import { scaleStability } from './scaleStability.ts';

export const EXPERIMENTS: readonly Experiment[] = [
  phaseShift,
  epochCollapse,
  ratioPowerLaw,
  scaleStability,
  extrapolation,
  continualPretraining,
  replay,
  distance,
];

/** Null where there is none of that name. */
export function experimentNamed(name: string): Experiment | null {
  return EXPERIMENTS.find((experiment) => experiment.name === name) ?? null;
}
