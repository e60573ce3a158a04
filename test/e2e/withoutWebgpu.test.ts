/** A browser without WebGPU, at a desk and on a phone, by day and by night: what needs no GPU is there, and the page says how to get the rest. */

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { goTo } from './lab.ts';
import { gatherComplaints, launchChromium } from './labInBrowser.mjs';
import { button, DESK, expectAccessible } from './page.ts';
import { routeShippedRuns } from './shippedRuns.ts';
import { field, untilRead } from './train.ts';

const FIT_MS = 60_000;

let browser: Browser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
  const context = await browser.newContext({ viewport: DESK });
  await routeShippedRuns(context, 'made');
  page = await context.newPage();
  complaints = gatherComplaints(page, [inject('labAddress')]);
  await page.goto(inject('labAddress'));
});

afterAll(() => browser?.close());

test('the tour is told, and a line says that training needs a GPU', async () => {
  await page.getByText('No GPU to train on').waitFor();
  await page.getByRole('heading', { level: 1, name: 'Tour' }).waitFor();
  await page.getByText('Training needs it; the rest of the lab works.').waitFor();
  await expectAccessible(page, 'tour');
});

test('Train works recipes out, counts texts, and says what to do in this browser', async () => {
  await goTo(page, 'train');
  await page.getByText('What still works:').waitFor();
  await page.getByText(/enable-unsafe-webgpu|graphics acceleration|Update the browser/).waitFor();
  await button(page, 'Use the built-in pair').click();
  await untilRead(page, 2);
  await field(page, 'Tokens per run').fill('32768');
  expect(await button(page, 'Train').isDisabled()).toBe(true);
  await expectAccessible(page, 'train');
});

test('Fit and Map are alive', async () => {
  await goTo(page, 'fit');
  await page.getByText(/All starts were looked at/).waitFor({ timeout: FIT_MS });
  await expectAccessible(page, 'fit');
  await goTo(page, 'map');
  await page.locator('lab-plot svg:visible').first().waitFor({ timeout: FIT_MS });
  await expectAccessible(page, 'map');
});

test('Sweep plans, and Play waits for a model', async () => {
  await goTo(page, 'sweep');
  await page.getByText('What still works:').waitFor();
  await expectAccessible(page, 'sweep');
  await goTo(page, 'play');
  await page.getByText('Bring a model along').waitFor();
  await expectAccessible(page, 'play');
});

test('nothing was complained of, and nobody else was asked', () => {
  expect(complaints).toEqual([]);
});
