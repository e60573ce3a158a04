import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { STORAGE_BUFFER } from '../../../src/gpu/buffers.ts';
import { triad } from '../../../src/gpu/kernels/triad.ts';
import { ProgramBuilder } from '../../../src/gpu/program.ts';
import { useDevice } from '../../gpu/adapter.ts';

const gpu = useDevice();

/** Dawn alone looks about a hundred times a millisecond; a millisecond apart, with some eager ones first, it comes to about two. */
const MOST_LOOKS_PER_MS = 20;
const FLOATS = 2 ** 18;
/** Long enough that the eager first looks do not count. */
const REPLAYS = 40;

test('while the device works, Dawn looks for news now and then, and leaves the core to it', async () => {
  const { device, memory } = gpu();
  const names = ['a', 'b', 'y'];
  const buffers = names.map((name) => memory.create(name, FLOATS * 4, STORAGE_BUFFER));
  const bound = Object.fromEntries(names.map((name, index) => [name, { buffer: buffers[index]! }]));
  const program = await new ProgramBuilder('long').add(triad(FLOATS), bound).build(gpu());
  const counted = globalThis.setImmediate;
  let looks = 0;
  globalThis.setImmediate = ((callback: () => void) => {
    looks++;
    return counted(callback);
  }) as typeof setImmediate;
  try {
    await device.queue.onSubmittedWorkDone();
    looks = 0;
    const milliseconds = await program.timed(gpu(), REPLAYS);
    expect(milliseconds).toBeGreaterThan(20);
    expect(looks).toBeGreaterThan(0);
    expect(looks / milliseconds).toBeLessThan(MOST_LOOKS_PER_MS);
  } finally {
    globalThis.setImmediate = counted;
    for (const buffer of buffers) memory.destroy(buffer);
  }
});

test('what others give to setImmediate is called at once and with its values', async () => {
  const order: string[] = [];
  await new Promise<void>((resolve) => {
    // Long enough that a busy machine comes to the two others before it.
    setTimeout(() => {
      order.push('timer');
      resolve();
    }, 200);
    setImmediate((value: string) => order.push(value), 'arrow');
    setImmediate(order.push.bind(order, 'bound'));
  });
  expect(order).toEqual(['arrow', 'bound', 'timer']);
  const handle = setImmediate(() => order.push('cleared'));
  clearImmediate(handle);
  expect(await promisify(setImmediate)('kept')).toBe('kept');
  expect(order).not.toContain('cleared');
});
