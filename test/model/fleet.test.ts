import { describe, expect, test } from 'vitest';
import { LimitTooSmallError } from '../../src/gpu/errors.ts';
import { REFERENCE_TILE, tileName, tileOf } from '../../src/gpu/kernels/tile.ts';
import type { Fleet, FleetRun, FleetSpec, RunState } from '../../src/model/engine.ts';
import { outlineFleet } from '../../src/model/fleet/outline.ts';
import { createWebGpuEngine } from '../../src/model/fleet/webgpuEngine.ts';
import { parameter, parameterTable } from '../../src/model/llama/parameters.ts';
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

describe('slots', () => {
  /** Weights of each run after its whole plan, alone. */
  const alone = async (run: FleetRun, steps = run.learningRates.length) => {
    let state: RunState | undefined;
    await withFleet(tinyFleet([run], 2), async (fleet) => {
      await fleet.advance(steps);
      state = await fleet.readState(0);
    });
    return state!;
  };

  test('a run that leaves is followed by the last one, and nobody notices', async () => {
    const runs = [tinyRun(3, 8, 2), tinyRun(4, 9, 2), tinyRun(5, 10, 2)];
    await withFleet(tinyFleet(runs, 2), async (fleet) => {
      await fleet.advance(3);
      await fleet.progress();
      fleet.leave(0);
      expect(fleet.occupied).toBe(2);
      await fleet.advance(2);
      const [third, second] = await fleet.progress();
      expect(third).toMatchObject({ status: 'running', step: 5 });
      expect(third!.losses.map(({ step }) => step)).toEqual([4, 5]);
      expect(second!.losses.map(({ step }) => step)).toEqual([4, 5]);
      await fleet.advance(10);
      expect((await fleet.progress()).map(({ status, step }) => [status, step])).toEqual([
        ['done', 10],
        ['done', 9],
      ]);
      expect(await fleet.readState(0)).toEqual(await alone(runs[2]!));
      expect(await fleet.readState(1)).toEqual(await alone(runs[1]!));
      fleet.leave(1);
      fleet.leave(0);
      expect(fleet.occupied).toBe(0);
      expect(await fleet.progress()).toEqual([]);
      expect(() => fleet.leave(0)).toThrow('there is no run 0');
    });
  });

  test('a run takes the slot of another, or a free one, in the middle of a plan as at its beginning', async () => {
    const [first, second, long] = [tinyRun(3, 6, 2), tinyRun(4, 6, 2), tinyRun(5, 12, 2)];
    const halfway = { ...first, state: await alone(first, 2) };
    const spec = { ...tinyFleet([first], 2), slots: 3, planSteps: 12 };
    await withFleet(spec, async (fleet) => {
      expect([fleet.slots, fleet.occupied]).toEqual([3, 1]);
      await fleet.advance(1);
      fleet.put(0, long);
      fleet.put(1, second);
      await fleet.advance(4);
      await fleet.progress();
      fleet.put(2, halfway);
      await fleet.advance(8);
      const told = await fleet.progress();
      expect(told.map(({ status, step }) => [status, step])).toEqual([
        ['done', 12],
        ['done', 6],
        ['done', 6],
      ]);
      expect(told[2]!.losses.map(({ step }) => step)).toEqual([3, 4, 5, 6]);
      expect(await fleet.readState(0)).toEqual(await alone(long));
      expect(await fleet.readState(1)).toEqual(await alone(second));
      expect(await fleet.readState(2)).toEqual(await alone(first));
    });
  });

  test('a plan that is longer than the weights moves whole', async () => {
    const steps = 100_000;
    const last = tinyRun(5, steps, 2);
    const run = { ...last, state: { ...last.state, step: steps - 3 } };
    await withFleet(tinyFleet([tinyRun(3, 6, 2), run], 2), async (fleet) => {
      // Windows and learning rates are copied in several pieces: one holds the weights of both runs.
      expect(steps * 16).toBeGreaterThan(2 * fleet.facts.table.arena * 4);
      fleet.leave(0);
      await fleet.advance(3);
      const [told] = await fleet.progress();
      expect(told).toMatchObject({ status: 'done', step: steps });
      const expected = await alone(run, 3);
      expect(await fleet.readState(0)).toEqual(expected);
    });
  });

  test('are evaluated in any order, or some of them alone', async () => {
    const runs = [tinyRun(3, 4, 2), tinyRun(4, 4, 2), tinyRun(5, 4, 2)];
    await withFleet(tinyFleet(runs, 2), async (fleet) => {
      const all = await fleet.evaluate();
      expect(await fleet.evaluate(undefined, [2])).toEqual([all[2]]);
      expect(await fleet.evaluate(undefined, [1, 0])).toEqual([all[1], all[0]]);
      expect(await fleet.evaluate({ from: 2, count: 3 }, [2, 1])).toEqual([
        all[2]!.subarray(2, 5),
        all[1]!.subarray(2, 5),
      ]);
      await expect(fleet.evaluate(undefined, [3])).rejects.toThrow('no run 3');
      fleet.leave(0);
      expect(await fleet.evaluate()).toEqual([all[2], all[1]]);
    });
  });

  test('refuse what does not fit', async () => {
    const spec = { ...tinyFleet([tinyRun(3, 4, 2)], 2), slots: 2 };
    await withFleet(spec, async (fleet) => {
      expect(() => fleet.put(0, tinyRun(3, 5, 2))).toThrow(
        'a plan of 5 steps does not fit into a fleet for 4',
      );
      fleet.put(1, tinyRun(4, 4, 2));
      expect(() => fleet.put(2, tinyRun(5, 4, 2))).toThrow('a fleet of 2 has no slot 2');
      fleet.leave(0);
      fleet.leave(0);
      expect(() => fleet.put(1, tinyRun(5, 4, 2))).toThrow('there is no run 1');
    });
    await expect(
      createWebGpuEngine(gpu()).createFleet({
        ...tinyFleet([tinyRun(3, 4, 2), tinyRun(4, 4, 2)], 2),
        slots: 1,
      }),
    ).rejects.toThrow('2 runs do not fit into 1 slots');
  });
});

describe('the outline of a fleet', () => {
  const spec = tinyFleet([tinyRun(3, 4, 2)], 2);
  const shape = { config: TINY, batch: 2, tokens: TOKENS.length, evaluation: 7, planSteps: 4 };

  test.each([1, 2, 5])('of %i is the fleet, to the byte', async (slots) => {
    const outline = await createWebGpuEngine(gpu()).outline(shape);
    expect(gpu().memory.count).toBe(0);
    await withFleet({ ...spec, slots }, async (fleet) => {
      expect(outline.facts(slots)).toEqual(fleet.facts);
      expect(fleet.facts.bytes).toBe(gpu().memory.bytes);
    });
    expect(outline.facts(1).flopsPerStep).toBe(outline.facts(5).flopsPerStep);
    expect(outline).toMatchObject({ retuned: false, software: gpu().facts.software });
  });

  test('says how many slots the limits of the device allow', async () => {
    const engine = createWebGpuEngine(gpu());
    const { mostSlots, facts } = await engine.outline(shape);
    const { tuning, microBatch, table } = facts(1);
    const layout = { shape, table, tuning, microBatch };
    const { limits } = gpu().device;
    expect(() => outlineFleet(gpu(), { ...layout, slots: mostSlots }, limits)).not.toThrow();
    expect(() => outlineFleet(gpu(), { ...layout, slots: mostSlots + 1 }, limits)).toThrow(
      LimitTooSmallError,
    );
  });

  test('repeats the choices that it knows, and says where it does not', async () => {
    const engine = createWebGpuEngine(gpu());
    const { tuning } = (await engine.outline(shape)).facts(1);
    const [kernel] = Object.entries(tuning.variants).find(([, variant]) => tileOf(variant) !== null)!;
    const reference = { ...tuning, variants: { ...tuning.variants, [kernel]: tileName(REFERENCE_TILE) } };
    const again = await engine.outline(shape, { tuning: JSON.parse(JSON.stringify(reference)) });
    expect(again.retuned).toBe(false);
    expect(again.facts(1).tuning).toEqual(reference);
    const other = await engine.outline(shape, { tuning: { tileRows: 8, gradientSlices: 3 } });
    expect(other.retuned).toBe(true);
    expect(other.facts(1).tuning).toEqual(tuning);
    const small = await engine.outline(shape, { microBatch: 1 });
    expect(small.facts(1)).toMatchObject({ microBatch: 1, microBatches: 2 });
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
