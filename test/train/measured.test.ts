/** Whoever listens may read the weights of runs that have just been measured. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDawn } from '../../src/cli/gpu/dawn.ts';
import { type GpuDevice, openDevice } from '../../src/gpu/device.ts';
import { createWebGpuEngine } from '../../src/model/fleet/webgpuEngine.ts';
import { createGenerator } from '../../src/model/inference/generate.ts';
import type { ReadableRun } from '../../src/train/fleet/prepare.ts';
import { prepare, smallConfig } from './fixtures.ts';
import { ReferenceEngine } from './referenceEngine.ts';

const FLEET = [smallConfig({ name: 'a' }), smallConfig({ name: 'b', seed: 9 })];

let gpu: GpuDevice;

beforeAll(async () => {
  gpu = await openDevice(await openDawn({ softwareOnly: true }));
});

afterAll(() => gpu?.destroy());

test('each measurement is heard before runs that have ended leave', async () => {
  const heard: Pick<ReadableRun, 'run' | 'step' | 'ended'>[] = [];
  const { trainer } = await prepare(new ReferenceEngine(), FLEET, {
    onMeasured: async (runs) => {
      for (const { run, step, ended, table, parameters } of runs) {
        heard.push({ run, step, ended });
        expect((await parameters()).length).toBe(table.arena);
      }
    },
  });
  const [record] = await trainer.run();
  const last = record?.realised.steps ?? 0;
  const steps = [5, 10, last].filter((step, index, all) => all.indexOf(step) === index && step <= last);
  expect(heard).toEqual(
    steps.flatMap((step) => ['a', 'b'].map((run) => ({ run, step, ended: step === last }))),
  );
});

test('a run that writes in between has the bits of one that does not', async () => {
  const engine = createWebGpuEngine(gpu);
  const silent = await prepare(engine, FLEET);
  const expected = await silent.trainer.run();
  silent.trainer.destroy();
  let written = 0;
  const writing = await prepare(engine, FLEET, {
    onMeasured: async (runs) => {
      for (const { table, parameters } of runs) {
        const generator = await createGenerator(gpu, table, await parameters());
        const options = {
          prompt: Uint16Array.of(256),
          tokens: 4,
          temperature: 0.8,
          topK: 0,
          topP: 1,
          seed: 1,
        };
        for await (const _ of generator.generate(options)) written++;
        generator.destroy();
      }
    },
  });
  const records = await writing.trainer.run();
  writing.trainer.destroy();
  expect(written).toBeGreaterThan(0);
  expect(records.map(({ curve, final }) => [curve, final])).toEqual(
    expected.map(({ curve, final }) => [curve, final]),
  );
});
