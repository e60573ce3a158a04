/** What the lab measures on the adapter: its kernels, and a step for whoever asks. */

import { beforeAll, beforeEach, expect, test } from 'vitest';
import { SUBMIT_MS } from '../../src/gpu/pace.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import type { Side } from '../../src/worker/api/texts.ts';
import { GpuHolder } from '../../src/worker/gpuHolder.ts';
import { CONFIGS, config, openLab, openLabWithTexts, pickedFiles, sharedGpu, watchedGpu } from './lab.ts';

/** Kernels of fifteen classes are tried on a software adapter, beside other tests. */
const TUNING_MS = 300_000;

let gpu: GPU;
let files: Record<Side, File>;
let store: MemoryStore;

beforeAll(async () => {
  gpu = await sharedGpu();
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

/** A store in which the kernel choices are damaged until they are written anew. */
class DamagedChoices extends MemoryStore {
  override async read(path: string): Promise<Uint8Array | null> {
    const isDamaged = path.startsWith('tuning/') && (await this.list('tuning')).length === 0;
    return isDamaged ? new TextEncoder().encode('{') : super.read(path);
  }
}

test(
  'kernel choices that are damaged are measured anew, and told; what was measured is found by the next visit',
  async () => {
    store = new DamagedChoices();
    // A step of few rows: the largest tiles do not fit them, and need not be compiled.
    const one = config('one', 1);
    const few = { ...one, optimizer: { ...one.optimizer, batch: 2 } };
    const profile = { command: 'profile', config: few, runs: 1 } as const;
    const first = openLab(gpu, store, { tuning: 'auto' });
    const { tuning } = await first.must(profile);
    expect(noticesOf(first)).toEqual([
      expect.stringMatching(/^The kernel choices .*; they are measured anew\.$/),
    ]);
    const told = tuned(first);
    // The last one ends it.
    expect(told.pop()).toBeNull();
    expect(told.length).toBeGreaterThan(0);
    expect(told).toEqual(told.map((_, index) => index));
    await expect.poll(() => store.list('tuning')).toHaveLength(1);

    const second = openLab(gpu, store, { tuning: 'auto' });
    expect((await second.must(profile)).tuning).toEqual(tuning);
    expect([noticesOf(second), tuned(second)]).toEqual([[], [null]]);
  },
  TUNING_MS,
);

type Lab = ReturnType<typeof openLab>;
const tuned = ({ events }: Lab) =>
  events.flatMap((event) => (event.event === 'tuning' ? [event.classes] : []));
const noticesOf = ({ events }: Lab) =>
  events.flatMap((event) => (event.event === 'notice' ? [event.message] : []));

test('a page may ask for the fixed table', async () => {
  const lab = openLab(gpu, store, { tuning: 'auto' });
  await lab.must({ command: 'open', tuning: 'off' });
  const fixed = await lab.must({ command: 'profile', config: config('one', 1), runs: 1 });
  expect(tuned(lab)).toEqual([]);
  const other = openLab(gpu, store);
  await other.must({ command: 'open' });
  const profile = { command: 'profile', config: config('one', 1), runs: 1 } as const;
  expect((await other.must(profile)).tuning).toEqual(fixed.tuning);
  expect(await store.list('tuning')).toEqual([]);
});

test('while the page is seen submits are short, on a device that is opened later as well', async () => {
  const holder = new GpuHolder(await watchedGpu(), async () => undefined);
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
