/** Tokens a second of a fleet of some size, measured on one that is thrown away. */

import type { Engine, Fleet, FleetChoices } from '../../model/engine.ts';
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
/**
 * Steps of the plan: a run past its end rests and costs next to nothing. So many last for the measurement even where a step takes
 * some hundredths of a millisecond; where a step holds many windows, fewer do, and all plans together stay small.
 */
const MOST_STEPS = 2048;
const LEAST_STEPS = 64;
const MOST_WINDOWS = 2 ** 22;

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
  const steps = Math.max(LEAST_STEPS, Math.min(MOST_STEPS, Math.floor(MOST_WINDOWS / (size * batch))));
  const run = {
    windows: Uint32Array.from({ length: steps * batch }, (_, window) => (window * context) % places),
    learningRates: new Float32Array(steps).fill(Number.EPSILON),
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
    const before = await runSteps(fleet);
    const begun = performance.now();
    const seconds = () => (performance.now() - begun) / 1000;
    for (let taken = 0, left = steps - WARM_STEPS; left > 0 && seconds() < LEAST_SECONDS; ) {
      const more = Math.min(left, Math.max(1, taken));
      await fleet.advance(more);
      taken += more;
      left -= more;
    }
    const trained = (await runSteps(fleet)) - before;
    return (trained * batch * context) / seconds();
  } finally {
    fleet.destroy();
  }
}

/** Steps that all runs together have behind them, once the queued ones are done. */
async function runSteps(fleet: Fleet): Promise<number> {
  const progress = await fleet.progress();
  return progress.reduce((sum, { step }) => sum + step, 0);
}
