/**
 * The float64 oracle behind the engine's interface, so that what a trainer does can be tested without a device. States
 * are rounded to 32 bits after every step, as a device keeps them: what is saved is all there is.
 */

import type {
  Engine,
  Fleet,
  FleetRun,
  FleetSpec,
  RunProgress,
  RunState,
  StepLoss,
  Tuning,
} from '../../src/model/engine.ts';
import { type ParameterTable, parameterTable } from '../../src/model/parameters.ts';
import { referenceForward } from '../reference/llama.ts';
import { referenceTrain, windowTokens } from '../reference/train.ts';

export class ReferenceEngine implements Engine {
  /** Every count that was given to `advance`, over all fleets. */
  readonly advances: number[] = [];
  readonly fleets: { destroyed: boolean }[] = [];
  /** Called before each advance; may throw, as a lost device does. */
  beforeAdvance: () => void = () => {};
  /** Called before each evaluation of some windows. */
  beforeEvaluate: () => void = () => {};

  async createFleet(spec: FleetSpec, options?: { tuning?: Tuning; microBatch?: number }): Promise<Fleet> {
    const table = parameterTable(spec.config);
    const life = { destroyed: false };
    this.fleets.push(life);
    const runs = spec.runs.map((run) => new ReferenceRun(table, spec, run));
    return {
      facts: {
        table,
        tuning: options?.tuning ?? { gradientSlices: 4, tileRows: 8 },
        microBatch: options?.microBatch ?? spec.batch,
        microBatches: 1,
        dispatchesPerStep: 0,
        flopsPerStep: 6 * table.counts.N * spec.batch * spec.config.context,
        bytes: 0,
      },
      advance: async (count) => {
        this.beforeAdvance();
        this.advances.push(count);
        // As a device does, it lets whoever waits have a turn.
        await new Promise((resolve) => setImmediate(resolve));
        for (const run of runs) run.advance(count);
      },
      progress: async () => runs.map((run) => run.progress()),
      evaluate: async (range) => {
        this.beforeEvaluate();
        return runs.map((run) => run.evaluate(range ?? { from: 0, count: spec.evaluation.length }));
      },
      stop: (run) => runs[run]!.stop(),
      readState: async (run) => runs[run]!.state,
      destroy: () => {
        life.destroyed = true;
      },
    };
  }
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

  stop(): void {
    if (this.status === 'running') this.status = 'stopped';
  }
}
