/** Measures one step of a config's model and batch, kernel by kernel. */

import type { TrainConfig } from '../formats/config.ts';
import { ConfigError } from '../formats/configError.ts';
import { benchStep, type StepBench } from '../model/bench/step.ts';
import { BYTE_VOCABULARY } from '../text/tokenizer/bytes.ts';
import { llamaConfig } from '../train/fleet/plan.ts';
import type { GpuHolder } from './gpuHolder.ts';
import type { GpuTurn } from './gpuTurn.ts';
import type { Teller } from './teller.ts';

/** Steps that a profile times, after those that warm up. */
const PROFILED_STEPS = 10;
const MOST_PROFILED_RUNS = 1024;

export type StepProfileOptions = {
  readonly gpu: GpuHolder;
  readonly turn: GpuTurn;
  readonly teller: Teller;
};

export async function profileStep(
  config: TrainConfig,
  runs: number,
  { gpu, turn, teller }: StepProfileOptions,
): Promise<StepBench> {
  if (!Number.isInteger(runs) || runs < 1 || runs > MOST_PROFILED_RUNS) {
    const most = MOST_PROFILED_RUNS.toLocaleString('en');
    throw new ConfigError('profile', 'runs', `${runs} is not a whole number from 1 to ${most}`);
  }
  const giveBack = await turn.take('profile');
  try {
    const tuner = await gpu.tuner();
    try {
      return await benchStep(
        await gpu.device(),
        {
          config: llamaConfig(config, vocabularyOf(config)),
          batch: config.optimizer.batch,
          runs,
          ...(tuner && { tuner }),
        },
        { steps: PROFILED_STEPS, profile: true },
      );
    } finally {
      if (tuner) teller.tell({ event: 'tuning', classes: null });
    }
  } finally {
    giveBack();
  }
}

/** Distinct tokens of a config's tokenizer. */
function vocabularyOf({ tokenizer }: TrainConfig): number {
  return tokenizer.kind === 'bpe' ? tokenizer.vocabulary : BYTE_VOCABULARY;
}
