/** A person picks two files and trains three recipes: watches, pauses, steps, reloads, goes on, and sees it end. */

import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { goTo, untilOpen, untilShown, useLab } from './lab.ts';
import { axeFindings, button, THEMES } from './page.ts';
import { textFile } from './texts.ts';
import {
  fill,
  keepThree,
  pick,
  RUNS,
  reaches,
  runRow,
  stepOf,
  TINY_PLAN,
  TINY_PLAN_STEPS,
  TRAINING_MS,
  targetCurves,
  untilFinished,
  untilRead,
} from './train.ts';

const TARGET_BYTES = 12_000;
const SOURCE_BYTES = 40_000;
/** A byte model starts at log2(257) = 8 bits and has learnt which letters there are well before 96 steps are over. */
const LEAST_FALL_BITS = 0.5;
const FIRST_MEASUREMENT = Number(TINY_PLAN['Measure every']);

const lab = useLab();
let page: Page;

beforeAll(async () => {
  page = await lab.visit({ at: 'train' });
});

test('two picked files are read and described', async () => {
  await untilOpen(page);
  await keepThree(page);
  await pick(page, 'Target text', await textFile('sw', 'poor.txt', TARGET_BYTES));
  await pick(page, 'Source text', await textFile('en', 'rich.txt', SOURCE_BYTES));
  await page.getByText('poor.txt', { exact: true }).waitFor();
  await page.getByText('rich.txt', { exact: true }).waitFor();
  await untilRead(page, 2);
});

test('the fleet trains, pauses, takes one step, and goes on', async () => {
  await fill(page, TINY_PLAN);
  await button(page, 'Train').click();
  // The mouse is still over it, and it cannot be pressed yet.
  const looks = () => button(page, 'Pause').evaluate((one) => getComputedStyle(one).backgroundColor);
  await expect.poll(looks).toBe('rgba(0, 0, 0, 0)');
  await page
    .getByRole('status')
    .getByText(/Compiling the kernels/)
    .waitFor({ timeout: TRAINING_MS });
  await button(page, 'Pause').waitFor({ timeout: TRAINING_MS });
  // Three runs of one model: how many of them train side by side is told.
  await page.locator('.fleet').waitFor({ timeout: TRAINING_MS });
  // Past the first measurement, so that the checkpoint of the pause has curves.
  await reaches(page, FIRST_MEASUREMENT + 1);
  await button(page, 'Pause').click();
  await button(page, 'Resume').waitFor();
  // Only once the chunk that was under way when the button was pressed is taken does it say so.
  await page.getByRole('status').getByText('Paused', { exact: true }).waitFor({ timeout: TRAINING_MS });
  const before = await stepOf(page);
  await button(page, 'Step').click();
  await expect.poll(() => stepOf(page), { timeout: TRAINING_MS }).toBe(before + 1);
  await button(page, 'Resume').click();
  await reaches(page, before + 9);
});

test('a second tab may look, but not train what the first one trains', async () => {
  const second = await lab.visit({ at: 'train', context: page.context() });
  try {
    await button(second, /^Go on from step/).click();
    await second.getByText('The lab is at work in another tab').waitFor();
    // What was offered is still there, for when the first tab is done.
    await button(second, /^Go on from step/).waitFor();
  } finally {
    await second.close();
  }
});

test('a reload in the middle loses nothing: the fleet and its curves are found, and it goes on to its end', async () => {
  await page.reload();
  const goOn = button(page, /^Go on from step/);
  await goOn.waitFor();
  const saved = Number((await goOn.textContent())?.match(/\d+/)?.[0]);
  expect(saved).toBeGreaterThan(0);
  expect(saved).toBeLessThan(TINY_PLAN_STEPS);
  expect([...(await targetCurves(page)).keys()]).toEqual([...RUNS]);
  await page.getByText('poor.txt', { exact: true }).waitFor();

  await page.getByText(`last saved at step ${saved} of ${TINY_PLAN_STEPS}`).waitFor();
  await goOn.click();
  await untilFinished(page);
  for (const run of RUNS) {
    const row = await runRow(page, run);
    expect(row.Step).toBe(`${TINY_PLAN_STEPS} / ${TINY_PLAN_STEPS}`);
    expect(row.Status).toMatch(/^finished/);
  }
});

test('target bits per byte fall for each of the three recipes', async () => {
  const curves = await targetCurves(page);
  expect([...curves.keys()]).toEqual([...RUNS]);
  for (const [run, { first, last }] of curves) {
    console.log(`${run}: target ${first} → ${last} bits per byte`);
    expect(first - last, run).toBeGreaterThan(LEAST_FALL_BITS);
  }
});

test('the finished fleet and its curves come back with a reload too', async () => {
  const rows = await Promise.all(RUNS.map((run) => runRow(page, run)));
  const curves = await targetCurves(page);
  await page.reload();
  await page.getByText('Finished', { exact: true }).waitFor();
  expect(await targetCurves(page)).toEqual(curves);
  const again = await Promise.all(RUNS.map((run) => runRow(page, run)));
  expect(again.map(({ Target, Source, Step }) => [Target, Source, Step])).toEqual(
    rows.map(({ Target, Source, Step }) => [Target, Source, Step]),
  );
});

test('axe finds nothing on the finished page, light and dark', async () => {
  for (const colorScheme of THEMES) {
    await page.emulateMedia({ colorScheme });
    expect(await axeFindings(page), colorScheme).toEqual([]);
  }
});

test('a question that is left by the browser’s Back does not lie over the view that is shown then', async () => {
  await goTo(page, 'map');
  await goTo(page, 'train');
  await button(page, 'Train again').click();
  await button(page, 'Keep them').waitFor();
  await page.goBack();
  await untilShown(page, 'map');
  await goTo(page, 'train');
  expect(await button(page, 'Keep them').isVisible()).toBe(false);
});

test('training anew asks once, and stopping it leaves a fleet that goes on, after a reload too', async () => {
  await page.emulateMedia({ colorScheme: 'light' });
  const curves = await targetCurves(page);
  await button(page, 'Train again').click();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByText('The 3 models of this fleet go too').waitFor();
  await button(page, 'Keep them').click();
  expect(await targetCurves(page)).toEqual(curves);
  await button(page, 'Train again').click();
  await button(page, 'Discard and train').click();
  await reaches(page, 1);
  await button(page, 'Stop').click();
  await page.getByText('Stopped', { exact: true }).waitFor({ timeout: TRAINING_MS });
  const at = await stepOf(page);
  expect(at).toBeLessThan(TINY_PLAN_STEPS);
  expect(await page.getByText('Remaining').count()).toBe(0);
  expect(await button(page, 'Train again').isEnabled()).toBe(true);
  await page.reload();
  await page.getByText('Stopped', { exact: true }).waitFor();
  await expect.poll(() => button(page, `Go on from step ${at}`).isEnabled()).toBe(true);
  expect(await axeFindings(page)).toEqual([]);
  await button(page, `Go on from step ${at}`).click();
  await untilFinished(page);
  expect((await runRow(page, 'Two-stage')).Step).toBe(`${TINY_PLAN_STEPS} / ${TINY_PLAN_STEPS}`);
  expect(await targetCurves(page)).toEqual(curves);
});
