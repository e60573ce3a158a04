/**
 * The float64 oracle behind the engine's interface, so that what a trainer does can be tested without a device. States
 * are rounded to 32 bits after every step, as a device keeps them: what is saved is all there is.
 */

import type {
  Engine,
  Fleet,
  FleetChoices,
  FleetFacts,
  FleetOutline,
  FleetRun,
  FleetShape,
  FleetSpec,
  OutlineChoices,
  RunProgress,
  RunState,
  StepLoss,
  Tuning,
} from '../../src/model/engine.ts';
import { type ParameterTable, parameterTable } from '../../src/model/llama/parameters.ts';
import { tuningOf } from '../../src/model/program/tuning.ts';
import { referenceForward } from '../reference/llama.ts';
import { referenceTrain, windowTokens } from '../reference/train.ts';

const TUNING = { gradientSlices: 4, variants: {} };

/** Bytes of one slot, so that sizes can be told from memory. */
export const SLOT_BYTES = 1000;

/** What the engine's device has no room for. */
export class NoRoomError extends Error {
  override readonly name = 'NoRoomError';
}

export class ReferenceEngine implements Engine {
  /** Every count that was given to `advance`, over all fleets. */
  readonly advances: number[] = [];
  /** Runs that were in slots at each of these. */
  readonly occupied: number[] = [];
  readonly fleets: { readonly slots: number; destroyed: boolean }[] = [];
  /** Called before each advance; may throw, as a lost device does. */
  beforeAdvance: () => void = () => {};
  /** Called before each evaluation of so many windows for so many runs. */
  beforeEvaluate: (windows: number, runs: number) => void = () => {};
  /** Slots that a fleet may have by the device's limits, and those for which there is memory. */
  mostSlots = 64;
  roomFor = Number.POSITIVE_INFINITY;
  /** Whether it passes for a processor, on which nothing is gained by a measurement. */
  software = true;
  /** What it chooses where nothing is given. */
  tuning: Tuning = TUNING;
  /** Called before each outline and each new fleet. */
  beforeOutline: () => void = () => {};
  beforeFleet: () => void = () => {};

  async outline(
    shape: FleetShape,
    { tuning, microBatch, signal }: OutlineChoices = {},
  ): Promise<FleetOutline> {
    this.beforeOutline();
    signal?.throwIfAborted();
    const earlier = tuningOf(tuning);
    // None of its kernels comes in several variants, so it knows the name of none.
    const known = earlier && Object.keys(earlier.variants).length === 0 ? earlier : null;
    const choices = { tuning: known ?? this.tuning, ...(microBatch !== undefined && { microBatch }) };
    return {
      facts: (slots) => factsOf(shape, slots, choices),
      mostSlots: this.mostSlots,
      retuned: tuning !== undefined && known === null,
      software: this.software,
    };
  }

  async createFleet(spec: FleetSpec, choices: FleetChoices = {}): Promise<Fleet> {
    const slots = spec.slots ?? spec.runs.length;
    this.beforeFleet();
    if (slots > this.roomFor) throw new NoRoomError(`no room for ${slots}`);
    const table = parameterTable(spec.config);
    const life = { slots, destroyed: false };
    this.fleets.push(life);
    const runs = spec.runs.map((run) => new ReferenceRun(table, spec, run));
    return {
      facts: factsOf(spec, slots, choices),
      slots,
      get occupied() {
        return runs.length;
      },
      advance: async (count) => {
        this.beforeAdvance();
        this.advances.push(count);
        this.occupied.push(runs.length);
        // As a device does, it lets whoever waits have a turn.
        await new Promise((resolve) => setImmediate(resolve));
        for (const run of runs) run.advance(count);
      },
      progress: async () => runs.map((run) => run.progress()),
      evaluate: async (range, chosen = runs.map((_, slot) => slot)) => {
        const windows = range ?? { from: 0, count: spec.evaluation.length };
        this.beforeEvaluate(windows.count, chosen.length);
        return chosen.map((slot) => runs[slot]!.evaluate(windows));
      },
      readState: async (slot) => runs[slot]!.state,
      put: (slot, run) => {
        if (slot > runs.length || slot >= slots) throw new RangeError(`there is no slot ${slot}`);
        runs[slot] = new ReferenceRun(table, spec, run);
      },
      leave: (slot) => {
        const last = runs.pop()!;
        if (slot < runs.length) runs[slot] = last;
      },
      destroy: () => {
        life.destroyed = true;
      },
    };
  }

  isOutOfMemory(error: unknown): boolean {
    return error instanceof NoRoomError;
  }
}

function factsOf(
  { config, batch }: Pick<FleetShape, 'config' | 'batch'>,
  slots: number,
  { tuning, microBatch }: FleetChoices,
): FleetFacts {
  const table = parameterTable(config);
  return {
    table,
    tuning: tuning ?? TUNING,
    microBatch: microBatch ?? batch,
    microBatches: 1,
    dispatchesPerStep: 0,
    flopsPerStep: 6 * table.counts.N * batch * config.context,
    bytes: SLOT_BYTES * slots,
  };
}

class ReferenceRun {
  state: RunState;
  private status: RunProgress['status'];
  private losses: StepLoss[] = [];
  private readonly table: ParameterTable;
  private readonly spec: FleetSpec;
  private readonly run: FleetRun;

  constructor(table: ParameterTable, spec: FleetSpec, run: FleetRun) {
    this.table = table;
    this.spec = spec;
    this.run = run;
    this.state = run.state;
    this.status = run.state.step >= run.learningRates.length ? 'done' : 'running';
  }

  advance(count: number): void {
    for (let i = 0; i < count && this.status === 'running'; i++) {
      const { losses, state } = referenceTrain({
        table: this.table,
        state: this.state,
        windows: this.run.windows,
        tokens: this.spec.tokens,
        learningRates: this.run.learningRates,
        optimizer: this.run.optimizer,
        batch: this.spec.batch,
        stepsBefore: this.run.stepsBefore ?? 0,
        until: this.state.step + 1,
      });
      this.losses.push(...losses);
      if (!losses.every(({ loss, gradientNorm }) => Number.isFinite(loss) && Number.isFinite(gradientNorm))) {
        this.status = 'diverged';
        return;
      }
      this.state = {
        parameters: Float32Array.from(state.parameters),
        firstMoment: Float32Array.from(state.firstMoment),
        secondMoment: Float32Array.from(state.secondMoment),
        step: state.step,
      };
      if (state.step === this.run.learningRates.length) this.status = 'done';
    }
  }

  progress(): RunProgress {
    const { losses, status } = this;
    this.losses = [];
    return { status, step: this.state.step, losses };
  }

  evaluate({ from, count }: { from: number; count: number }): Float32Array {
    const { context } = this.table.config;
    const { inputs, targets } = windowTokens(
      this.spec.tokens,
      this.spec.evaluation.subarray(from, from + count),
      context,
    );
    const { nats } = referenceForward(this.table, this.state.parameters, inputs, targets, count);
    return Float32Array.from({ length: count }, (_, window) =>
      nats.subarray(window * context, (window + 1) * context).reduce((sum, value) => sum + value, 0),
    );
  }
}
