/** Fleets whose device is lost: what a person asked for stands, on whatever device comes next. */

import { beforeAll, beforeEach, expect, test } from 'vitest';
import { MemoryStore } from '../../src/store/memory.ts';
import type { Side } from '../../src/worker/api/texts.ts';
import { config, devices, ENOUGH_MS, openLabWithTexts, pickedFiles, watchedGpu } from './lab.ts';

/** Far more epochs than any of these tests trains. */
const LONG = [config('monolingual', 1, 400)];
/** As many as a fleet bears from one checkpoint to the next. */
const MOST_LOSSES = 3;

let gpu: GPU;
let files: Record<Side, File>;
let lab: Awaited<ReturnType<typeof openLabWithTexts>>;

beforeAll(async () => {
  gpu = await watchedGpu();
  files = await pickedFiles();
});

/** A fleet that is paused, with a checkpoint. */
beforeEach(async () => {
  lab = await openLabWithTexts(gpu, new MemoryStore(), files);
  await lab.must({ command: 'train', configs: LONG });
  await lab.must({ command: 'pause' });
});

const notices = () => lab.events.flatMap((event) => (event.event === 'notice' ? [event.message] : []));

function stepsTaken(): number | undefined {
  const told = lab.events.flatMap((event) => (event.event === 'train' ? event.events : []));
  return told.findLast((event) => event.event === 'progress')?.steps;
}

/** Takes the device away, has the fleet notice it by a step, and waits until it stands as it stood. */
async function loseDevice(): Promise<void> {
  const before = notices().length;
  devices.at(-1)?.destroy();
  await lab.must({ command: 'step', steps: 1 });
  await expect.poll(() => notices().length, { timeout: ENOUGH_MS, interval: 5 }).toBe(before + 1);
}

test('a stop on a lost device ends the fleet on the next one, at its checkpoint', async () => {
  const step = (await lab.must({ command: 'open' })).saved?.runs[0]?.step;
  devices.at(-1)?.destroy();
  await lab.must({ command: 'stop' });
  await lab.until('stopped');
  expect(notices()[0]).toContain('the fleet ends');
  expect((await lab.must({ command: 'open' })).saved).toMatchObject({
    finished: true,
    runs: [{ step, record: { status: 'stopped' } }],
  });
  expect(lab.events.filter(({ event }) => event === 'failure')).toEqual([]);
});

test('a pause outlives the device; too many losses without a checkpoint in between end the fleet', async () => {
  const opened = devices.length;
  await loseDevice();
  expect(devices.length).toBe(opened + 1);
  expect(notices()[0]).toContain('stays paused');
  expect(lab.phase()).toBe('paused');
  const before = (await lab.must({ command: 'open' })).saved?.runs[0]?.step ?? 0;
  await lab.must({ command: 'step', steps: 1 });
  // Progress is told a moment later.
  await expect.poll(stepsTaken, { timeout: ENOUGH_MS }).toBe(before + 1);

  // With a checkpoint the count begins anew.
  await lab.must({ command: 'resume' });
  await lab.must({ command: 'pause' });
  for (let losses = 0; losses < MOST_LOSSES; losses++) await loseDevice();
  devices.at(-1)?.destroy();
  await lab.must({ command: 'step', steps: 1 });
  await lab.until('idle');
  const last = lab.events.findLast(({ event }) => event !== 'models');
  expect(last).toMatchObject({ event: 'failure', failure: { kind: 'device-lost' } });
  expect((await lab.must({ command: 'open' })).saved?.finished).toBe(false);
});
