import { describe, expect, test } from 'vitest';
import type { LlamaConfig } from '../../src/model/config.ts';
import { parameterTable, readTensor } from '../../src/model/parameters.ts';
import { createWebGpuEngine } from '../../src/model/webgpuEngine.ts';
import { adapterName, useDevice } from '../gpu/adapter.ts';
import { expectClose } from '../reference/compare.ts';
import { referenceForward, readWeight } from '../reference/llama.ts';
import { referenceState } from '../reference/optimizer.ts';
import { referenceTrain, windowTokens } from '../reference/train.ts';
import { OPTIMIZER, TINY, TOKENS, tinyFleet, tinyRun } from './tiny.ts';

/** f32 rounding grows over 50 updates; a wrong formula shows at 1e-2 and above. */
const LOSS_TOLERANCE = 1e-3;
/** One step's weights, after an update whose direction AdamW normalises. */
const WEIGHT_TOLERANCE = 1e-4;

const gpu = useDevice();

const cases: readonly (readonly [string, LlamaConfig])[] = [
  ['untied, odd sizes', TINY],
  ['tied', { ...TINY, width: 32, heads: 2, mlp: 64, tied: true }],
];

describe.each(cases)('training, %s', (label, config) => {
  test('50 steps of loss agree with the float64 reference', async () => {
    const steps = 50;
    const run = tinyRun(3, steps, 4, config);
    const fleet = await createWebGpuEngine(gpu()).createFleet(tinyFleet([run], 4, config));
    try {
      await fleet.advance(steps);
      const [progress] = await fleet.progress();
      expect(progress?.status).toBe('done');
      const expected = referenceTrain({
        table: parameterTable(config),
        state: referenceState(run.state),
        windows: run.windows,
        tokens: TOKENS,
        learningRates: run.learningRates,
        optimizer: OPTIMIZER,
        batch: 4,
      });
      const context = { seed: 3, adapter: adapterName(gpu()) };
      const losses = progress!.losses.map(({ loss }) => loss);
      expectClose(`50-step loss, ${label}`, losses, expected.losses.map(({ loss }) => loss), LOSS_TOLERANCE, context);
      expectClose(
        `50-step gradient norm, ${label}`,
        progress!.losses.map(({ gradientNorm }) => gradientNorm),
        expected.losses.map(({ gradientNorm }) => gradientNorm),
        LOSS_TOLERANCE,
        context,
      );
      expect(losses.at(-1)!).toBeLessThan(losses[0]! - 0.3);
    } finally {
      fleet.destroy();
    }
  });
});
