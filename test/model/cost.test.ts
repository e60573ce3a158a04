import { describe, expect, test } from 'vitest';
import type { Fleet } from '../../src/model/engine.ts';
import { createWebGpuEngine } from '../../src/model/fleet/webgpuEngine.ts';
import type { LlamaConfig } from '../../src/model/llama/config.ts';
import { RUN_STATE_BYTES } from '../../src/model/program/runState.ts';
import { useDevice } from '../gpu/adapter.ts';
import { TINY, tinyFleet, tinyRun } from './tiny.ts';

const gpu = useDevice();

const SMALLEST: LlamaConfig = {
  layers: 1,
  width: 16,
  heads: 1,
  mlp: 16,
  context: 16,
  vocabulary: 257,
  tied: true,
};

type Counts = {
  dispatches: number;
  /** Of all dispatches together, runs included. */
  workgroups: number;
  submits: number;
  buffers: number;
  bindGroups: number;
  pipelines: number;
  writes: number;
};

/** Counts what is asked of the device while `work` runs. */
async function counting(work: () => Promise<void>): Promise<Counts> {
  const counts: Counts = {
    dispatches: 0,
    workgroups: 0,
    submits: 0,
    buffers: 0,
    bindGroups: 0,
    pipelines: 0,
    writes: 0,
  };
  const { device } = gpu();
  const pass = device.createCommandEncoder().beginComputePass();
  const restore: (() => void)[] = [];
  const count = (
    owner: object,
    method: string,
    name: keyof Counts,
    also: (...args: unknown[]) => void = () => {},
  ) => {
    const original: (...args: unknown[]) => unknown = Reflect.get(owner, method);
    Reflect.set(owner, method, function (this: unknown, ...args: unknown[]) {
      counts[name]++;
      also(...args);
      return original.apply(this, args);
    });
    restore.push(() => Reflect.set(owner, method, original));
  };
  count(Object.getPrototypeOf(pass), 'dispatchWorkgroups', 'dispatches', (x, y, z) => {
    counts.workgroups += Number(x) * Number(y) * Number(z);
  });
  const queue = Object.getPrototypeOf(device.queue);
  count(queue, 'submit', 'submits');
  count(queue, 'writeBuffer', 'writes');
  const prototype = Object.getPrototypeOf(device);
  count(prototype, 'createBuffer', 'buffers');
  count(prototype, 'createBindGroup', 'bindGroups');
  count(prototype, 'createComputePipelineAsync', 'pipelines');
  try {
    await work();
  } finally {
    for (const undo of restore) undo();
  }
  return counts;
}

describe('a steady step', () => {
  test.each([1, 2, 3])(
    'of %i layers costs no more than 22 dispatches a layer and 12, and makes nothing',
    async (layers) => {
      const steps = 8;
      const config = { ...TINY, layers };
      const fleet = await createWebGpuEngine(gpu()).createFleet(
        tinyFleet([tinyRun(3, 20, 2, config)], 2, config),
      );
      try {
        await fleet.advance(2);
        await fleet.progress();
        const counts = await counting(() => fleet.advance(steps));
        await fleet.progress();
        console.log(`${layers} layers, ${steps} steps: ${JSON.stringify(counts)}`);
        expect(counts.dispatches).toBe(steps * fleet.facts.dispatchesPerStep);
        expect(fleet.facts.dispatchesPerStep).toBeLessThanOrEqual(22 * layers + 12);
        expect(counts.submits).toBeGreaterThan(0);
        expect(counts.submits).toBeLessThanOrEqual(steps);
        expect(counts).toMatchObject({ buffers: 0, bindGroups: 0, pipelines: 0, writes: 0 });
      } finally {
        fleet.destroy();
      }
    },
  );

  test('reading losses makes nothing either', async () => {
    const fleet = await createWebGpuEngine(gpu()).createFleet(tinyFleet([tinyRun(3, 20, 2)], 2));
    try {
      await fleet.advance(2);
      const counts = await counting(async () => {
        await fleet.progress();
      });
      expect(counts).toMatchObject({ buffers: 0, bindGroups: 0, writes: 0 });
    } finally {
      fleet.destroy();
    }
  });
});

describe('a run that has left its fleet', () => {
  test('costs nothing, and neither does a free slot', async () => {
    const runs = [tinyRun(3, 40, 2), tinyRun(4, 40, 2), tinyRun(5, 40, 2)];
    const cost = async (fleet: Fleet) => {
      await fleet.advance(1);
      await fleet.progress();
      const counts = await counting(() => fleet.advance(4));
      await fleet.progress();
      expect(counts).toMatchObject({ buffers: 0, bindGroups: 0, pipelines: 0, writes: 0 });
      return counts.workgroups;
    };
    const engine = createWebGpuEngine(gpu());
    const alone = await engine.createFleet(tinyFleet(runs.slice(0, 1), 2));
    const together = await engine.createFleet({ ...tinyFleet(runs, 2), slots: 4 });
    try {
      const workgroups = await cost(alone);
      expect(workgroups).toBeGreaterThan(0);
      expect(await cost(together)).toBe(3 * workgroups);
      const left = await counting(async () => together.leave(0));
      expect(left).toMatchObject({ buffers: 0, bindGroups: 0, pipelines: 0, writes: 0, submits: 1 });
      expect(await cost(together)).toBe(2 * workgroups);
      together.leave(1);
      expect(await cost(together)).toBe(workgroups);
      const taken = await counting(async () => together.put(1, runs[0]!));
      expect(taken).toMatchObject({ buffers: 0, bindGroups: 0, pipelines: 0 });
      expect(await cost(together)).toBe(2 * workgroups);
    } finally {
      alone.destroy();
      together.destroy();
    }
  });
});

describe('pipelines', () => {
  test('are compiled once for a shape, whatever the plan, the fleet and the validation', async () => {
    const engine = createWebGpuEngine(gpu());
    const make = async (steps: number, windows: number) => {
      const spec = tinyFleet([tinyRun(3, steps, 2)], 2);
      const fleet = await engine.createFleet({ ...spec, evaluation: spec.evaluation.subarray(0, windows) });
      await fleet.advance(1);
      await fleet.evaluate();
      fleet.destroy();
    };
    await make(3, 7);
    const counts = await counting(() => make(5, 4));
    expect(counts.pipelines).toBe(0);
    expect(counts.bindGroups).toBeGreaterThan(0);
  });
});

describe('GPU memory', () => {
  test('is flat over 1,000 steps', async () => {
    const steps = 1000;
    const fleet = await createWebGpuEngine(gpu()).createFleet(
      tinyFleet([tinyRun(3, steps, 1, SMALLEST)], 1, SMALLEST),
    );
    try {
      const counts: string[] = [];
      for (let done = 0; done < steps; done += 250) {
        await fleet.advance(250);
        await fleet.progress();
        await fleet.evaluate();
        await fleet.readState(0);
        counts.push(`${gpu().memory.bytes} bytes in ${gpu().memory.count} buffers`);
      }
      const [run] = await fleet.progress();
      expect(run!.step).toBe(steps);
      console.log(`memory over ${steps} steps: ${counts[0]}`);
      expect(new Set(counts).size).toBe(1);
      expect(fleet.facts.bytes).toBe(gpu().memory.bytes);
      expect(fleet.facts.bytes).toBeGreaterThan(RUN_STATE_BYTES);
    } finally {
      fleet.destroy();
    }
  });

  test('is flat over 50 runs in a row', async () => {
    const held: number[] = [];
    for (let run = 0; run < 50; run++) {
      const fleet = await createWebGpuEngine(gpu()).createFleet(
        tinyFleet([tinyRun(run, 2, 1, SMALLEST)], 1, SMALLEST),
      );
      await fleet.advance(2);
      await fleet.progress();
      held.push(gpu().memory.bytes);
      fleet.destroy();
    }
    console.log(
      `memory over 50 runs: ${held[0]} bytes while one trains, ${gpu().memory.bytes} after the last`,
    );
    expect(new Set(held).size).toBe(1);
    expect(gpu().memory.bytes).toBe(0);
  });
});
