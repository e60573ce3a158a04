/** The page as its tests handle it: by what a person sees and names. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { PickedFile } from './texts.ts';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const axeSource = readFileSync(axePath, 'utf8');

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

export const RUNS = ['monolingual', 'bilingual', 'two-stage'] as const;

/** A field of the form that all runs share, by its label. */
export function field(page: Page, label: string) {
  return page.getByRole('textbox', { name: new RegExp(`^${label}`) });
}

/** A field of one recipe, by the recipe's title and its label. */
export function recipeField(page: Page, recipe: string, label: string) {
  return page.getByRole('group', { name: recipe }).getByRole('textbox', { name: new RegExp(`^${label}`) });
}

export function button(page: Page, name: string | RegExp) {
  return page.getByRole('button', { name, exact: typeof name === 'string' });
}

export type TextTitle = 'Target text' | 'Source text';

/** The card of a text. */
export function card(page: Page, side: TextTitle) {
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

export async function fill(page: Page, plan: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, text] of Object.entries(plan)) await field(page, label).fill(text);
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
export async function stepOf(page: Page, run: string): Promise<number> {
  return Number((await runRow(page, run)).Step?.split('/')[0]?.replaceAll(',', ''));
}

/** First and last target loss of each run in bits a byte, as the chart says them to those who cannot see it. */
export async function targetCurves(page: Page): Promise<Map<string, { first: number; last: number }>> {
  const words = (await page.locator('.plot').getAttribute('aria-label')) ?? '';
  const curves = new Map<string, { first: number; last: number }>();
  for (const [, run, first, last] of words.matchAll(/([\w-]+): from ([\d.]+) to ([\d.]+) after/g)) {
    curves.set(run?.toLowerCase() ?? '', { first: Number(first), last: Number(last) });
  }
  return curves;
}

/** What axe finds on the page as it stands, a line a finding. */
export async function axeFindings(page: Page): Promise<string[]> {
  // Evaluated rather than added as a script: the page's own policy forbids scripts from elsewhere.
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    type Found = {
      violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[];
    };
    const { axe } = window as unknown as { axe: { run(): Promise<Found> } };
    const { violations } = await axe.run();
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map((node) => `${id}: ${help}: ${node.html} ${node.failureSummary ?? ''}`),
    );
  });
}

/** How far the page can be scrolled sideways, in CSS pixels. */
export async function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
