/** Which recipe for my case: the map, its keys, the card, the law's own sliders, and the way back to Train. */

import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { parseRecommendation } from '../../src/formats/recommendation.ts';
import { savedBy } from './downloads.ts';
import { untilOpen, untilShown, useLab } from './lab.ts';
import { axeFindings, button, expectAccessible, tabTo } from './page.ts';
import { field } from './train.ts';

const FIT_MS = 90_000;
/** All that the command line writes, on two shared cores. */
const ADVICE_MS = 120_000;

const ONE_OF_THREE = /^(monolingual|one stage|two stages)$/;

const lab = useLab();
let page: Page;

beforeAll(async () => {
  page = await lab.visit({ at: 'map?C=1e11&D_T=8192' });
  await untilOpen(page);
  await page.locator('map-phase lab-plot svg').first().waitFor({ timeout: FIT_MS });
});

/** What the map says of the place that is looked at. */
const verdict = () => page.locator('map-answer .kind').textContent();

test('the case of the address is answered with a recipe, and what the others would cost', async () => {
  expect(await page.getByLabel(/^Unique target tokens/).inputValue()).toMatch(/8,?192/);
  await page.locator('map-answer .kind').waitFor({ timeout: FIT_MS });
  expect(await verdict()).toMatch(ONE_OF_THREE);
  await page.getByText('What the others would cost').waitFor();
  await page.getByText('How far to trust it').waitFor();
  await expectAccessible(page, 'map');
});

test('much text asks for one language; the address follows, and goes back', async () => {
  const scarce = await verdict();
  await page.getByLabel(/^Unique target tokens/).fill('100M');
  await expect.poll(verdict, { timeout: FIT_MS }).not.toBe(scarce);
  expect(await verdict()).toBe('monolingual');
  await expect.poll(() => new URL(page.url()).hash).toContain('D_T=1');
  await page.getByLabel(/^Unique target tokens/).fill('8192');
  await expect.poll(verdict, { timeout: FIT_MS }).toBe(scarce);
});

test('what cannot be is refused at its field, and a broken address in words', async () => {
  await page.getByLabel(/^Unique target tokens/).fill('some');
  await expect.poll(() => page.getByLabel(/^Unique target tokens/).getAttribute('aria-invalid')).toBe('true');
  await page.getByLabel(/^Unique target tokens/).fill('8192');
  const broken = await lab.visit({ at: 'map?C=much&D_T=-3' });
  await untilShown(broken, 'map');
  await broken.locator('map-case .note').first().waitFor({ timeout: FIT_MS });
  await broken.context().close();
});

test('the map is read by keyboard, cell by cell', async () => {
  const readout = page.locator('map-phase .readout');
  const read = async () => ({
    live: await readout.getAttribute('aria-live'),
    words: await readout.innerText(),
  });
  await page.getByRole('heading', { level: 1, name: 'Map' }).click();
  await tabTo(page, /^Phase map of \d+ by \d+ cells/);
  await expect.poll(read).toMatchObject({ live: 'polite', words: expect.stringMatching(/\d/) });
  const before = await read();
  await page.keyboard.press('ArrowRight');
  await expect.poll(read).not.toEqual(before);
  // Enter takes the cell as the case.
  const compute = page.getByLabel(/^Floating-point operations/);
  const asked = await compute.inputValue();
  await page.keyboard.press('Enter');
  await expect.poll(() => compute.inputValue()).not.toBe(asked);
  await compute.fill(asked);
  await page.getByLabel(/^Unique target tokens/).fill('8192');
  expect(await axeFindings(page)).toEqual([]);
});

test('a parameter is turned: the map answers, and goes back to the fit', async () => {
  const back = button(page, 'All back to the fit');
  const slider = page.locator('map-turn input[type=range]').first();
  await slider.press('ArrowRight');
  await expect.poll(() => back.isEnabled()).toBe(true);
  await back.click();
  await expect.poll(() => back.isEnabled()).toBe(false);
});

test('the recommendation is the file of the command line', async () => {
  const saved = await savedBy(page, () => button(page, 'recommendation.json').click(), ADVICE_MS);
  const file = parseRecommendation(JSON.parse(saved.content.toString()), saved.name);
  expect(file).toMatchObject({ compute: 1e11, targetTokens: 8192 });
});

test('the recipe is trained here, scaled down: Train has its settings', async () => {
  // Nothing was trained in this profile, and the page does not pretend to know how fast it is.
  await page.getByText(/if this device is as fast as the lab guesses/).waitFor();
  await page.getByRole('link', { name: /^Train it here/ }).click();
  await untilShown(page, 'train');
  await untilOpen(page);
  expect(await page.getByText('Not all of the link could be taken').count()).toBe(0);
  expect(Number((await field(page, 'Target tokens').inputValue()).replaceAll(',', ''))).toBeGreaterThan(0);
  await expect.poll(() => button(page, 'Train').isEnabled(), { timeout: 60_000 }).toBe(true);
});
