/** What the lab measures on the adapter: its kernels, and a step for whoever asks. */

import { beforeAll, beforeEach, expect, test } from 'vitest';
import { SUBMIT_MS } from '../../src/gpu/pace.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import type { Side } from '../../src/worker/api.ts';
import { GpuHolder } from '../../src/worker/gpuHolder.ts';
import { CONFIGS, config, openLab, openLabWithTexts, pickedFiles, watchedGpu } from './lab.ts';

/** Kernels of fifteen classes are tried on a software adapter, beside other tests. */
const TUNING_MS = 300_000;

let gpu: GPU;
let files: Record<Side, File>;
let store: MemoryStore;

beforeAll(async () => {
  gpu = await watchedGpu();
  files = await pickedFiles();
});

beforeEach(() => {
  store = new MemoryStore();
});

test('a step is measured, kernel by kernel', async () => {
  const lab = openLab(gpu, store);
  const bench = await lab.must({ command: 'profile', config: config('one', 1), runs: 2 });
  expect(bench.runs).toBe(2);
  expect(bench.stepMs).toBeGreaterThan(0);
  expect(bench.tokensPerSecond).toBeGreaterThan(0);
  const kernels = bench.profile?.kernels ?? [];
  expect(kernels.reduce((sum, { dispatches }) => sum + dispatches, 0)).toBe(bench.dispatches);
  expect(kernels.some(({ kernel }) => kernel.startsWith('matmul_nt'))).toBe(true);
  // It crosses to the page.
  expect(structuredClone(bench)).toEqual(bench);
});

test.each([0, 1.5, -1, 1025, Number.NaN, '2' as unknown as number])(
  'a step of %s runs is refused',
  async (runs) => {
    const lab = openLab(undefined, store);
    expect(await lab.send({ command: 'profile', config: config('one', 1), runs })).toMatchObject({
      ok: false,
      failure: {
        kind: 'config',
        field: 'runs',
        message: `profile: runs: ${runs} is not a whole number from 1 to 1,024`,
      },
    });
  },
);

test('a step is not measured while a fleet is at work, nor does a fleet begin while one is', async () => {
  const lab = await openLabWithTexts(gpu, store, files);
  const profile = { command: 'profile', config: config('one', 1), runs: 1 } as const;
  const notNow = { ok: false, failure: { kind: 'not-now' } };
  await lab.must({ command: 'train', configs: CONFIGS });
  expect(await lab.send(profile)).toMatchObject(notNow);
  await lab.must({ command: 'stop' });
  await lab.until('stopped');
  const measured = lab.send(profile);
  expect(await lab.send({ command: 'train', configs: CONFIGS })).toMatchObject(notNow);
  expect(await lab.send({ command: 'continue' })).toMatchObject(notNow);
  expect(await lab.send(profile)).toMatchObject(notNow);
  expect(await measured).toMatchObject({ ok: true });
  // A measurement that begins while the saved fleet is read back.
  const continued = lab.send({ command: 'continue' });
  expect(await lab.send(profile)).toMatchObject({ ok: true });
  expect(await continued).toMatchObject(notNow);
  const begun = lab.send({ command: 'train', configs: CONFIGS });
  expect(await lab.send(profile)).toMatchObject(notNow);
  expect(await begun).toMatchObject({ ok: true });
  await lab.must({ command: 'stop' });
  await lab.until('stopped');
  await lab.must({ command: 'train', configs: CONFIGS });
  await lab.must({ command: 'stop' });
  await lab.until('stopped');
});

test(
  'kernels are measured once and found by the next visit; what is damaged is measured anew, and told',
  async () => {
    const profile = { command: 'profile', config: config('one', 1), runs: 1 } as const;
    const first = openLab(gpu, store, { tuning: 'auto' });
    const { tuning } = await first.must(profile);
    const told = first.events.flatMap((event) => (event.event === 'tuning' ? [event.classes] : []));
    // The last one ends it.
    expect(told.pop()).toBeNull();
    expect(told.length).toBeGreaterThan(0);
    expect(told).toEqual(told.map((_, index) => index));
    await expect.poll(() => store.list('tuning')).toHaveLength(1);

    const second = openLab(gpu, store, { tuning: 'auto' });
    expect((await second.must(profile)).tuning).toEqual(tuning);
    expect(second.events).toEqual([{ event: 'tuning', classes: null }]);

    const [path] = await store.list('tuning');
    await store.write(path!, new TextEncoder().encode('{'));
    const third = openLab(gpu, store, { tuning: 'auto' });
    await third.must(profile);
    expect(third.events[0]).toEqual({
      event: 'notice',
      message: expect.stringMatching(/^The kernel choices .*; they are measured anew\.$/),
    });
    expect(third.events.filter(({ event }) => event === 'tuning')).toHaveLength(told.length + 1);
  },
  TUNING_MS,
);

test('a page may ask for the fixed table', async () => {
  const lab = openLab(gpu, store, { tuning: 'auto' });
  await lab.must({ command: 'open', tuning: 'off' });
  const fixed = await lab.must({ command: 'profile', config: config('one', 1), runs: 1 });
  expect(lab.events).toEqual([]);
  const other = openLab(gpu, store);
  await other.must({ command: 'open' });
  const profile = { command: 'profile', config: config('one', 1), runs: 1 } as const;
  expect((await other.must(profile)).tuning).toEqual(fixed.tuning);
  expect(await store.list('tuning')).toEqual([]);
});

test('while the page is seen submits are short, on a device that is opened later as well', async () => {
  const holder = new GpuHolder(gpu, async () => undefined);
  const submitMs = async () => (await holder.device()).pace.submitMs;
  expect(await submitMs()).toBe(SUBMIT_MS.seen);
  holder.setVisible(false);
  expect(await submitMs()).toBe(SUBMIT_MS.unseen);
  (await holder.device()).device.destroy();
  await (await holder.device()).device.lost;
  await expect.poll(submitMs).toBe(SUBMIT_MS.unseen);
  holder.setVisible(true);
  expect(await submitMs()).toBe(SUBMIT_MS.seen);
  (await holder.device()).destroy();
});

test('a page tells by a command that it is out of sight, whatever the adapter', async () => {
  for (const adapter of [gpu, undefined]) {
    const lab = openLab(adapter, store);
    expect(await lab.send({ command: 'visibility', visible: false })).toEqual({ ok: true, value: null });
  }
});
