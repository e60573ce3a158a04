/** The tour as it is read: what is dragged answers in every step, and a figure that is saved stands alone. */

import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { savedBy } from './downloads.ts';
import { untilShown, useLab } from './lab.ts';
import { button } from './page.ts';

const lab = useLab();
let page: Page;

beforeAll(async () => {
  page = await lab.visit({ shipped: 'built' });
  await untilShown(page, 'tour');
  await page.locator('tour-chart svg').first().waitFor();
});

/** What answers to the sliders, step by step. */
const answers = () => page.locator('lab-tour section .result').allInnerTexts();

test('a slider in one step moves all of them, and every step answers with what was measured', async () => {
  const before = await answers();
  const slider = page.locator('section#threshold').getByRole('slider');
  await slider.fill('0');
  await expect.poll(answers).not.toEqual(before);
  const scarce = await answers();
  expect(scarce.slice(0, 5).filter((words) => !/\d/.test(words))).toEqual([]);
  for (const id of ['little-text', 'epochs', 'second-language', 'two-stages']) {
    expect(await page.locator(`section#${id}`).getByRole('slider').inputValue(), id).toBe('0');
  }
});

test('another pair of languages is told of in the same words', async () => {
  const first = page.locator('section#little-text');
  await first.getByRole('radio', { name: /^German with English/ }).check();
  await expect.poll(() => first.locator('.result').innerText()).toContain('German alone');
  const threshold = page.locator('section#threshold');
  expect(await threshold.getByRole('radio', { name: /^German with English/ }).isChecked()).toBe(true);
  expect(await threshold.locator('.told').innerText()).toMatch(
    /These runs\..*two stages are clearly ahead at/s,
  );
  await first.getByRole('radio', { name: /^Indonesian with English/ }).check();
});

test('a chart of several series is saved with its legend', async () => {
  const figure = page.locator('section#threshold lab-figure');
  const names = await figure.locator('.legend li').allInnerTexts();
  expect(names.length).toBeGreaterThan(2);
  const saved = await savedBy(page, () => button(figure, /^SVG:/).click());
  const svg = saved.content.toString();
  const texts = [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/gs)].map(([, words = '']) => words);
  for (const name of names) expect(texts.join('\n')).toContain(name.trim());
  // Looks are in the file, once; nothing of the page's own is asked for.
  expect(svg).not.toMatch(/class=|var\(/);
  expect(svg.match(/<rect /g)).toHaveLength(1);
  const picture = await savedBy(page, () => button(figure, /^PNG:/).click());
  expect(picture.content.subarray(1, 4).toString()).toBe('PNG');
});
