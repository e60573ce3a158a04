/** The view Train as its tests handle it. */

import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { button } from './page.ts';
import type { PickedFile } from './texts.ts';

/** A model and a budget that two CPU cores train within seconds. */
export const TINY_PLAN: Readonly<Record<string, string>> = {
  'Target tokens': '4,096',
  'Tokens per run': '24576',
  Layers: '1',
  Width: '32',
  Heads: '2',
  'MLP width': '64',
  Context: '32',
  Batch: '8',
  'Measure every': '8',
  'Measure on': '16',
};
/** D / (batch × context) of that plan. */
export const TINY_PLAN_STEPS = 96;

/** Recipes that are trained here; those that the lab begins with without a graphics card are four. */
export const RUNS = ['Monolingual', 'Bilingual', 'Two-stage'] as const;
const LEFT_OUT = 'Two-stage, mixed start';

/** The same plan as a link, on built-in texts that are read in a moment. */
export const TINY_LINK = `train?${new URLSearchParams({
  preset: 'race-small',
  target: 'world:sw?bytes=30000',
  source: 'world:en?bytes=60000',
  r4: 'none',
  targetTokens: '4096',
  tokens: '24576',
  layers: '1',
  mlp: '64',
  context: '32',
  batch: '8',
  every: '8',
  windows: '16',
})}`;

/** Two shared cores play the GPU, and may be busy with other tests. */
export const TRAINING_MS = 180_000;

/** A field of the form that all runs share, by its label. */
export function field(page: Page, label: string): Locator {
  return page.getByRole('textbox', { name: new RegExp(`^${label}`) });
}

export function recipe(page: Page, name: string): Locator {
  return page.getByRole('group', { name, exact: true });
}

/** A field of one recipe, by the recipe's name and its label. */
export function recipeField(page: Page, name: string, label: string): Locator {
  return recipe(page, name).getByRole('textbox', { name: new RegExp(`^${label}`) });
}

/** What all runs share stands folded away but for the budget. */
export async function unfoldMore(page: Page): Promise<void> {
  const more = page.locator('details.more');
  if ((await more.getAttribute('open')) === null) await more.locator('summary').click();
}

export async function fill(page: Page, plan: Readonly<Record<string, string>>): Promise<void> {
  await unfoldMore(page);
  for (const [label, text] of Object.entries(plan)) await field(page, label).fill(text);
}

/** Leaves the three recipes of {@link RUNS}. */
export async function keepThree(page: Page): Promise<void> {
  await button(page, `Remove ${LEFT_OUT}`).click();
}

export type TextTitle = 'Target text' | 'Source text';

/** The card of a text. */
export function card(page: Page, side: TextTitle): Locator {
  return page.getByRole('group', { name: side });
}

/** Chooses where a text is to come from. */
export async function takeFrom(page: Page, side: TextTitle, place: string): Promise<void> {
  await card(page, side).getByLabel('Take it from').selectOption({ label: place });
}

export async function pick(page: Page, side: TextTitle, picked: PickedFile): Promise<void> {
  await takeFrom(page, side, 'My files');
  await card(page, side).getByLabel('File', { exact: true }).setInputFiles(picked);
}

/** The built-in pair takes a second or two where nothing else is to be done. */
const READING_MS = 30_000;

/** Until so many texts are read. */
export async function untilRead(page: Page, texts: number): Promise<void> {
  // What was found stands in a part that is folded away.
  await expect.poll(() => page.getByText('SHA-256').count(), { timeout: READING_MS }).toBe(texts);
}

/** Cells of a run's row, by the head of their column. */
export async function runRow(page: Page, run: string): Promise<Record<string, string>> {
  return page.locator(`tr[data-run="${run}"]`).evaluate((row) => {
    const cells = [...row.querySelectorAll<HTMLElement>('td[data-label]')];
    return Object.fromEntries(
      cells.map((cell) => [cell.dataset.label ?? '', cell.textContent?.trim() ?? '']),
    );
  });
}

/** The step that a run has reached. */
export async function stepOf(page: Page, run: string = RUNS[0]): Promise<number> {
  const row = page.locator(`tr[data-run="${run}"]`);
  if ((await row.count()) === 0) return 0;
  return Number((await runRow(page, run)).Step?.split('/')[0]?.replaceAll(',', ''));
}

export async function reaches(page: Page, step: number, run: string = RUNS[0]): Promise<void> {
  await expect.poll(() => stepOf(page, run), { timeout: TRAINING_MS }).toBeGreaterThanOrEqual(step);
}

export async function untilFinished(page: Page): Promise<void> {
  await page.getByText('Finished', { exact: true }).waitFor({ timeout: TRAINING_MS });
}

/** What a chart says to those who cannot see it. */
export async function chartWords(page: Page): Promise<string> {
  return (await page.locator('.plot[data-quantity="target"]').getAttribute('aria-label')) ?? '';
}

/** First and last target loss of each run in bits a byte. */
export async function targetCurves(page: Page): Promise<Map<string, { first: number; last: number }>> {
  const curves = new Map<string, { first: number; last: number }>();
  for (const [, run = '', first, last] of (await chartWords(page)).matchAll(
    /(?:^|\. )([^.:]+): from ([\d.]+) to ([\d.]+) after/g,
  )) {
    curves.set(run, { first: Number(first), last: Number(last) });
  }
  return curves;
}
