import { describe, expect, test } from 'vitest';
import { STORAGE_BUFFER } from '../../src/gpu/buffers.ts';
import type { GpuDevice } from '../../src/gpu/device.ts';
import type { Kernel } from '../../src/gpu/kernel.ts';
import { Nudger, needsNudging } from '../../src/gpu/nudge.ts';
import { type Pace, SUBMIT_MS, SubmitSize } from '../../src/gpu/pace.ts';
import { type Program, ProgramBuilder } from '../../src/gpu/program.ts';
import { Replay } from '../../src/gpu/replay.ts';
import { useDevice } from './adapter.ts';

const SEEN: Pace = { submitMs: SUBMIT_MS.seen };
const UNSEEN: Pace = { submitMs: SUBMIT_MS.unseen };

/** Steps of each submit while a device takes `stepMs(n)` for a step of its nth submit. */
function sizesOf(stepMs: (submit: number) => number, pace: (submit: number) => Pace, submits = 40) {
  const size = new SubmitSize();
  return Array.from({ length: submits }, (_, submit) => {
    const steps = size.next(1e6, pace(submit));
    size.measured(steps, steps * stepMs(submit));
    return steps;
  });
}

describe('the size of a submit', () => {
  test.each([
    { stepMs: 0.05, pace: SEEN },
    { stepMs: 0.7, pace: SEEN },
    { stepMs: 3, pace: SEEN },
    { stepMs: 7.9, pace: SEEN },
    { stepMs: 0.7, pace: UNSEEN },
    { stepMs: 40, pace: UNSEEN },
  ])('of steps of $stepMs ms stays under $pace.submitMs ms and comes to more than half of it', (given) => {
    const sizes = sizesOf(
      () => given.stepMs,
      () => given.pace,
    );
    const longest = Math.max(...sizes) * given.stepMs;
    expect(longest).toBeLessThan(given.pace.submitMs);
    // Where so many steps are allowed at all.
    if (given.stepMs > 0.5) expect((sizes.at(-1) ?? 0) * given.stepMs).toBeGreaterThan(longest / 2);
    expect(sizes[0]).toBe(1);
    sizes.slice(1).forEach((steps, index) => {
      expect(steps).toBeLessThanOrEqual(2 * Math.max(...sizes.slice(0, index + 1)));
    });
  });

  test('is one step where a single one takes longer than a frame', () => {
    const sizes = sizesOf(
      () => 133,
      () => SEEN,
    );
    expect(new Set(sizes)).toEqual(new Set([1]));
  });

  test('follows the page into sight and out of it at the next submit', () => {
    const stepMs = 1.5;
    const sizes = sizesOf(
      () => stepMs,
      (submit) => (submit >= 20 && submit < 30 ? SEEN : UNSEEN),
    );
    expect((sizes[19] ?? 0) * stepMs).toBeGreaterThan(SUBMIT_MS.seen);
    expect((sizes[20] ?? 0) * stepMs).toBeLessThan(SUBMIT_MS.seen);
    expect(sizes[30]).toBe(sizes[19]);
  });

  test('falls at once when steps get slower, and comes back after a hiccup', () => {
    const slower = sizesOf(
      (submit) => (submit < 20 ? 1 : 4),
      () => SEEN,
    );
    expect(slower[21]).toBe(3);
    const hiccup = sizesOf(
      (submit) => (submit === 20 ? 100 : 1),
      () => SEEN,
    );
    expect(hiccup[21]).toBe(1);
    // The estimate comes near from above and never quite arrives.
    expect(hiccup.at(-1)).toBeGreaterThanOrEqual((hiccup[19] ?? 0) - 1);
  });

  test('is never more than what is left', () => {
    const size = new SubmitSize();
    size.measured(64, 1);
    expect(size.next(5, UNSEEN)).toBe(5);
  });
});

describe('a replay', () => {
  const device = useDevice();

  /** Adds 1 to the number of each run. */
  const COUNT: Kernel = {
    shader: {
      name: 'count',
      source:
        '@group(0) @binding(0) var<storage, read_write> counts: array<u32>;\n' +
        '@compute @workgroup_size(1) fn main(@builtin(workgroup_id) group: vec3u) { counts[group.z] += 1u; }\n',
    },
    constants: {},
    bindings: [['counts', 'write']],
    grid: [1, 1, 3],
    flops: 0,
    bytes: 0,
  };

  type Submit = { readonly times: number; readonly runs: number | undefined };

  async function replayed(
    gpu: GpuDevice,
    use: (replay: Replay) => Promise<void>,
    submits: Submit[] = [],
  ): Promise<number[]> {
    const buffer = gpu.memory.create('counts', 16, STORAGE_BUFFER);
    const staging = gpu.memory.create('counts read', 16, 0x01 | 0x08);
    try {
      const program = await new ProgramBuilder('count').add(COUNT, { counts: { buffer } }).build(gpu);
      const encode = program.encode.bind(program);
      program.encode = (pass, times, runs) => {
        submits.push({ times: times ?? 1, runs });
        encode(pass, times, runs);
      };
      const replay = new Replay(gpu, program);
      await use(replay);
      await replay.idle();
      const encoder = gpu.device.createCommandEncoder();
      encoder.copyBufferToBuffer(buffer, 0, staging, 0, 16);
      gpu.device.queue.submit([encoder.finish()]);
      await gpu.settled(staging.mapAsync(1));
      return [...new Uint32Array(staging.getMappedRange().slice(0)).subarray(0, 3)];
    } finally {
      gpu.memory.destroy(buffer);
      gpu.memory.destroy(staging);
    }
  }

  test('takes every step once, in submits that grow', async () => {
    const gpu = device();
    let submits = 0;
    const { queue } = gpu.device;
    const submit = queue.submit.bind(queue);
    queue.submit = (commands) => {
      submits++;
      submit(commands);
    };
    try {
      const counts = await replayed(gpu, (replay) => replay.advance(1000));
      expect(counts).toEqual([1000, 1000, 1000]);
      expect(submits).toBeLessThan(1000);
    } finally {
      queue.submit = submit;
    }
  });

  test('serves the first runs alone where it is told so', async () => {
    const counts = await replayed(device(), async (replay) => {
      await replay.advance(5);
      await replay.advance(7, 2);
      await replay.advance(1, 1);
    });
    expect(counts).toEqual([13, 12, 5]);
  });

  test('learns anew how long a step takes when it serves another number of runs', async () => {
    const submits: Submit[] = [];
    const use = async (replay: Replay) => {
      for (const runs of [1, 3, 1]) {
        await replay.advance(500, runs);
        await replay.idle();
      }
    };
    await replayed(device(), use, submits);
    const first = submits.findIndex(({ runs }) => runs === 3);
    const last = submits.findLastIndex(({ runs }) => runs === 3);
    // The last one before may be small again where the machine was busy.
    expect(Math.max(...submits.slice(0, first).map(({ times }) => times))).toBeGreaterThan(1);
    expect(submits[first]?.times).toBe(1);
    // What was learnt of one run still holds.
    expect(submits[last + 1]?.times).toBeGreaterThan(1);
  });

  test('tells of a failure once, whatever else is under way', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', note);
    try {
      const lost = () => Promise.reject(new Error('lost'));
      const encoder = { beginComputePass: () => ({ end() {} }), finish: () => ({}) };
      const gpu = {
        pace: UNSEEN,
        settled: (done: Promise<void>) => done,
        device: {
          createCommandEncoder: () => encoder,
          queue: { submit() {}, onSubmittedWorkDone: lost },
        },
      } as unknown as GpuDevice;
      const replay = new Replay(gpu, { encode() {} } as unknown as Program);
      await expect(replay.advance(10)).rejects.toThrow('lost');
      // Rejections that nobody handles are told of once the queue of microtasks is empty.
      await new Promise((resolve) => setTimeout(resolve, 10));
      expect(unhandled).toEqual([]);
    } finally {
      process.off('unhandledRejection', note);
    }
  });
});

describe('a browser that looks after its promises too seldom', () => {
  test('is Firefox', () => {
    expect(needsNudging('Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0')).toBe(true);
    const chrome =
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';
    expect(needsNudging(chrome)).toBe(false);
    expect(needsNudging()).toBe(false);
  });

  test('is nudged by empty submits as long as anybody waits, and no longer', async () => {
    const submits: number[] = [];
    const queue = { submit: (commands: readonly unknown[]) => submits.push(commands.length) };
    const nudger = new Nudger(queue as unknown as GPUQueue);
    const passed = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    const begun = performance.now();
    await Promise.all([nudger.during(passed(20)), nudger.during(passed(60))]);
    const during = submits.length;
    // One timer serves both waits; it ticks every 4 ms at most.
    expect(during).toBeGreaterThan(1);
    expect(during).toBeLessThanOrEqual((performance.now() - begun) / 4);
    expect(new Set(submits)).toEqual(new Set([0]));
    await passed(30);
    expect(submits).toHaveLength(during);
    await expect(nudger.during(Promise.reject(new Error('lost')))).rejects.toThrow('lost');
    await passed(30);
    expect(submits).toHaveLength(during);
  });
});
