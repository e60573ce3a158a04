/** Tokens a second of a fleet of some size, measured on one that is thrown away. */

import type { Engine, FleetChoices } from '../../model/engine.ts';
import { initialState } from '../../model/llama/initialise.ts';
import type { FleetPlan } from './plan.ts';

/** All sizes together take about this long: nobody wants to wait for a choice that saves less. */
export const MEASURING_SECONDS = 1;
/** A measurement is at least so long: then what a submit costs, and a coarse clock, are lost in it. */
const LEAST_SECONDS = 0.06;
/** Steps that are taken before the clock runs: the first ones set things up. */
const WARM_STEPS = 2;
/** Texts are large, and speed does not depend on them. */
const MOST_TOKENS = 2 ** 16;
const PLAN_STEPS = 64;

/** Gives null where the device lacks the memory. Throws what the engine throws otherwise. */
export async function measureFleet(
  engine: Engine,
  { table, layout, runs }: FleetPlan,
  size: number,
  choices: FleetChoices,
): Promise<number | null> {
  const [first] = runs;
  if (!first) throw new RangeError('a fleet without runs');
  const { batch, context } = first.plan;
  const tokens = layout.tokens.subarray(0, MOST_TOKENS);
  const places = tokens.length - context;
  const run = {
    windows: Uint32Array.from({ length: PLAN_STEPS * batch }, (_, window) => (window * context) % places),
    learningRates: new Float32Array(PLAN_STEPS).fill(Number.EPSILON),
    optimizer: first.optimizer,
    state: initialState(table, 0),
  };
  const spec = {
    config: table.config,
    batch,
    tokens,
    runs: Array.from({ length: size }, () => run),
    evaluation: new Uint32Array(),
  };
  const fleet = await engine.createFleet(spec, choices).catch((error: unknown) => {
    if (engine.isOutOfMemory(error)) return null;
    throw error;
  });
  if (!fleet) return null;
  try {
    await fleet.advance(WARM_STEPS);
    await fleet.progress();
    const begun = performance.now();
    const seconds = () => (performance.now() - begun) / 1000;
    let steps = 0;
    // Steps past the end of a plan change nothing and cost the same.
    while (seconds() < LEAST_SECONDS) {
      const more = Math.max(1, steps);
      await fleet.advance(more);
      steps += more;
    }
    await fleet.progress();
    return (size * steps * batch * context) / seconds();
  } finally {
    fleet.destroy();
  }
}
