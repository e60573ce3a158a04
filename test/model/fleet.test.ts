import { describe, expect, test } from 'vitest';
import type { Fleet, FleetSpec } from '../../src/model/engine.ts';
import { parameter, parameterTable } from '../../src/model/parameters.ts';
import { createWebGpuEngine } from '../../src/model/webgpuEngine.ts';
import { useDevice } from '../gpu/adapter.ts';
import { expectClose } from '../reference/compare.ts';
import { referenceForward } from '../reference/llama.ts';
import { windowTokens } from '../reference/train.ts';
import { TINY, TOKENS, tinyFleet, tinyRun } from './tiny.ts';

const gpu = useDevice();

/** Sums of 16 losses in f32. */
const EVALUATION_TOLERANCE = 1e-5;

async function withFleet(spec: FleetSpec, use: (fleet: Fleet) => Promise<void>): Promise<void> {
  const fleet = await createWebGpuEngine(gpu()).createFleet(spec);
  try {
    await use(fleet);
  } finally {
    fleet.destroy();
  }
}

describe('evaluation', () => {
  test('gives the nats of each window for each run, as the float64 reference does', async () => {
    const runs = [tinyRun(3, 4, 2), tinyRun(4, 4, 2)];
    const spec = tinyFleet(runs, 2);
    await withFleet(spec, async (fleet) => {
      const results = await fleet.evaluate();
      for (const [index, run] of runs.entries()) {
        const { inputs, targets } = windowTokens(TOKENS, spec.evaluation, TINY.context);
        const windows = spec.evaluation.length;
        const { nats } = referenceForward(
          parameterTable(TINY),
          run.state.parameters,
          inputs,
          targets,
          windows,
        );
        const sums = Array.from({ length: windows }, (_, window) =>
          nats
            .subarray(window * TINY.context, (window + 1) * TINY.context)
            .reduce((sum, value) => sum + value, 0),
        );
        expectClose('evaluation', results[index]!, sums, EVALUATION_TOLERANCE, { shape: [windows] });
      }
      const part = await fleet.evaluate({ from: 3, count: 3 });
      expect(part).toEqual(results.map((sums) => sums.subarray(3, 6)));
      await expect(fleet.evaluate({ from: 5, count: 3 })).rejects.toThrow('7 evaluation windows');
    });
  });

  test('in between leaves the training as it would have been', async () => {
    const spec = tinyFleet([tinyRun(3, 6, 2)], 2);
    const states: Float32Array[] = [];
    for (const evaluates of [true, false]) {
      await withFleet(spec, async (fleet) => {
        await fleet.advance(3);
        if (evaluates) await fleet.evaluate();
        await fleet.advance(3);
        states.push((await fleet.readState(0)).parameters);
      });
    }
    expect(states[0]).toEqual(states[1]);
  });
});

describe('a run of a fleet', () => {
  test('that diverges stops at that step, keeps its weights, and leaves its neighbours alone', async () => {
    const healthy = tinyRun(3, 8, 2);
    const sick = tinyRun(4, 8, 2);
    const gate = parameter(parameterTable(TINY), 'model.layers.1.mlp.gate_proj.weight');
    sick.state.parameters[gate.offset] = Number.POSITIVE_INFINITY;
    let alone: Float32Array | undefined;
    await withFleet(tinyFleet([healthy], 2), async (fleet) => {
      await fleet.advance(8);
      alone = (await fleet.readState(0)).parameters;
    });
    await withFleet(tinyFleet([sick, healthy], 2), async (fleet) => {
      await fleet.advance(8);
      const [first, second] = await fleet.progress();
      expect(first).toEqual({ status: 'diverged', step: 0, losses: [] });
      expect(second).toMatchObject({ status: 'done', step: 8 });
      expect((await fleet.readState(0)).parameters).toEqual(sick.state.parameters);
      expect((await fleet.readState(1)).parameters).toEqual(alone);
    });
  });

  test('whose learning rate is far too high diverges by itself', async () => {
    const wild = tinyRun(3, 40, 2, TINY);
    const spec = tinyFleet([{ ...wild, learningRates: new Float32Array(40).fill(1e30) }], 2);
    await withFleet(spec, async (fleet) => {
      await fleet.advance(40);
      const [run] = await fleet.progress();
      expect(run!.status).toBe('diverged');
      expect(run!.step).toBeLessThan(40);
      expect(run!.losses.every(({ loss }) => Number.isFinite(loss))).toBe(true);
    });
  });

  test('that is stopped rests where it was, and the others go on', async () => {
    await withFleet(tinyFleet([tinyRun(3, 6, 2), tinyRun(4, 6, 2)], 2), async (fleet) => {
      await fleet.advance(2);
      fleet.stop(0);
      await fleet.advance(4);
      const [first, second] = await fleet.progress();
      expect(first).toMatchObject({ status: 'stopped', step: 2 });
      expect(second).toMatchObject({ status: 'done', step: 6 });
      expect(() => fleet.stop(2)).toThrow('no run 2');
    });
  });

  test('reports every step once, in order', async () => {
    await withFleet(tinyFleet([tinyRun(3, 6, 2)], 2), async (fleet) => {
      await fleet.advance(2);
      const [first] = await fleet.progress();
      const [nothing] = await fleet.progress();
      await fleet.advance(10);
      const [rest] = await fleet.progress();
      expect(first!.losses.map(({ step }) => step)).toEqual([1, 2]);
      expect(nothing!.losses).toEqual([]);
      expect(rest!.losses.map(({ step }) => step)).toEqual([3, 4, 5, 6]);
    });
  });
});

describe('a spec that contradicts itself is refused before anything is made', () => {
  const run = tinyRun(3, 4, 2);
  const spec = tinyFleet([run], 2);
  test.each<[string, FleetSpec, string]>([
    ['a fleet of none', { ...spec, runs: [] }, 'at least one run'],
    ['a plan of another length', { ...spec, batch: 3 }, '8 windows do not make 4 steps of 3'],
    [
      'a window past the end',
      { ...spec, runs: [{ ...run, windows: new Uint32Array(8).fill(TOKENS.length - 16) }] },
      'there are 4001 in all',
    ],
    [
      'a state of another model',
      { ...spec, runs: [{ ...run, state: { ...run.state, parameters: new Float32Array(5) } }] },
      'a state of 5 floats does not fit',
    ],
    [
      'heads that do not divide the width',
      { ...spec, config: { ...TINY, width: 50 } },
      'model.width: 50 is not divisible by 3 heads',
    ],
  ])('%s', async (_, wrong, message) => {
    const before = gpu().memory.count;
    await expect(createWebGpuEngine(gpu()).createFleet(wrong)).rejects.toThrow(message);
    expect(gpu().memory.count).toBe(before);
  });
});
