/** Train and Fit, from the first key to the last, without a pointer. */

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { untilOpen, untilShown, useLab } from './lab.ts';
import { focused, tabTo } from './page.ts';
import { field, RUNS, stepOf, TINY_LINK, TRAINING_MS, targetCurves, untilFinished } from './train.ts';

const lab = useLab();

/** As a person does who has no pointer: the skip link, which leads to the heading. */
async function goToContent(page: Page): Promise<void> {
  for (let presses = 0; presses < 300 && (await focused(page)).name !== 'Skip to the content'; presses++)
    await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  expect((await focused(page)).tag).toBe('h1');
}

test('a person without a pointer sets up a training, trains, pauses, takes a step and sees it end', async () => {
  const page = await lab.visit({ at: TINY_LINK });
  await untilOpen(page);
  await tabTo(page, 'Skip to the content');
  await page.keyboard.press('Enter');
  await tabTo(page, /^Tokens per run/);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('12288');
  expect(await field(page, 'Tokens per run').inputValue()).toBe('12288');
  await tabTo(page, 'Train');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Pause', exact: true }).waitFor({ timeout: TRAINING_MS });
  await expect.poll(() => stepOf(page), { timeout: TRAINING_MS }).toBeGreaterThan(0);
  await goToContent(page);
  await page.keyboard.press('Space');
  await page.getByRole('status').getByText('Paused', { exact: true }).waitFor({ timeout: TRAINING_MS });
  const before = await stepOf(page);
  await page.keyboard.press('.');
  await expect.poll(() => stepOf(page), { timeout: TRAINING_MS }).toBe(before + 1);
  await tabTo(page, 'Resume');
  await page.keyboard.press('Enter');
  await untilFinished(page);
  expect([...(await targetCurves(page)).keys()]).toEqual([...RUNS]);
  await tabTo(page, 'Table: Target loss', 250);
  await page.keyboard.press('Enter');
  await page.locator('lab-table').first().waitFor();
});

test('shortcuts are shown by ?, can be switched off, and are silent where a person writes', async () => {
  const page = await lab.visit({ at: 'train' });
  await untilOpen(page);
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: /help/i });
  await help.waitFor();
  await page.keyboard.press('Escape');
  await help.waitFor({ state: 'hidden' });
  await page.keyboard.press('4');
  await untilShown(page, 'fit');
  await page.keyboard.press('2');
  await untilShown(page, 'train');
  await field(page, 'Tokens per run').focus();
  await page.keyboard.press('4');
  await untilShown(page, 'train');
  await page.getByRole('button', { name: 'Help' }).click();
  await page.getByLabel('Single keys are shortcuts, outside of fields').uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('4');
  await page.reload();
  await untilShown(page, 'train');
  await page.keyboard.press('4');
  await untilShown(page, 'train');
});

test('a person without a pointer chooses a law, reads its table, and brings runs along', async () => {
  const page = await lab.visit({ at: 'fit' });
  await page.getByText(/All starts were looked at/).waitFor({ timeout: 60_000 });
  await tabTo(page, /^Law\b/);
  const before = await page.locator('fit-summary select').inputValue();
  await page.keyboard.press('ArrowDown');
  const law = await page.locator('fit-summary select').inputValue();
  expect(law).not.toBe(before);
  await page.getByRole('group', { name: `Formula of ${law}`, exact: true }).waitFor({ timeout: 60_000 });
  await tabTo(page, /^Table: /);
  await page.keyboard.press('Enter');
  await page.locator('lab-table').first().waitFor();
  await page.keyboard.press('i');
  const dialog = page.getByRole('dialog', { name: 'Bring runs along' });
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
});
