/** What the benchmark asks of a trainer, and nothing more. */

import type { Tuning } from '../../src/model/engine.ts';
import type { Workload } from '../workload.ts';

export interface Trainer {
  /** The kernels that were chosen; ours alone tells. */
  readonly tuning?: Tuning;
  /**
   * Takes `steps` whole training steps (forward, backward, AdamW), going on where the last call ended, and resolves
   * with the loss of the last one, in nats a token before its update, once that number is on the CPU.
   */
  train(steps: number): Promise<number>;
  destroy(): void;
}

export type TrainerName = 'ours' | 'jax-js' | 'tfjs';

/** Starts from the workload's weights and first batch; no two libraries share a device. */
export type CreateTrainer = (workload: Workload) => Promise<Trainer>;
