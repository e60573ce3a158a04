import { describe, expect, test, vi } from 'vitest';
import type { OrtRuntime, OrtTensors } from '../../../src/export/ort/session.ts';
import { inTurns } from '../../../src/worker/play/turns.ts';

/** A runtime whose runs take `run`, and that counts how many are under way at once. */
function watched(run: () => Promise<OrtTensors>) {
  const counts = { now: 0, most: 0 };
  const runtime: OrtRuntime = {
    name: 'watched',
    provider: 'wasm',
    create: async () => ({
      inputs: ['x'],
      outputs: ['y'],
      async run() {
        counts.now++;
        counts.most = Math.max(counts.most, counts.now);
        try {
          return await run();
        } finally {
          counts.now--;
        }
      },
      release: async () => {},
    }),
  };
  return { runtime, counts };
}

const NO_BYTES = new Uint8Array(0);

describe('turns', () => {
  test('let one model run at a time, each as often as the other', async () => {
    const { runtime, counts } = watched(async () => {
      await Promise.resolve();
      return {};
    });
    const shared = inTurns(runtime);
    const order: string[] = [];
    const write = async (name: string) => {
      const session = await shared.create(NO_BYTES);
      for (let i = 0; i < 3; i++) {
        await session.run({});
        order.push(name);
      }
    };
    await Promise.all([write('a'), write('b')]);
    expect(counts.most).toBe(1);
    expect(order.join('')).toBe('ababab');
  });

  test('go on after a run that failed', async () => {
    const run = vi.fn(async (): Promise<OrtTensors> => ({}));
    run.mockRejectedValueOnce(new Error('this one'));
    const session = await inTurns(watched(run).runtime).create(NO_BYTES);
    await expect(session.run({})).rejects.toThrow('this one');
    await expect(session.run({})).resolves.toEqual({});
  });

  test('rest now and then, so that a stop can be heard', async () => {
    const busy = async () => {
      const begun = performance.now();
      while (performance.now() - begun < 20);
      return {};
    };
    const session = await inTurns(watched(busy).runtime).create(NO_BYTES);
    let runs = 0;
    let isStopped = false;
    setTimeout(() => {
      isStopped = true;
    }, 0);
    while (!isStopped && runs < 100) {
      await session.run({});
      runs++;
    }
    expect(isStopped).toBe(true);
    expect(runs).toBeLessThan(20);
  });
});
