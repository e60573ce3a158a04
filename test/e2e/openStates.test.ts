/** States that no first look shows: everything unfolded, every figure's table open, fields refused, dialogs open. */

import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { untilOpen, untilShown, useLab, type View } from './lab.ts';
import { axeFindings, button, expectAccessible } from './page.ts';

const FIT_MS = 60_000;

const lab = useLab();

async function visit(at: View): Promise<Page> {
  const page = await lab.visit({ at });
  await untilShown(page, at);
  await untilOpen(page);
  return page;
}

/** One after the other, each once (a menu closes when a person opens another); what is opened may hold others. */
async function openAll(closed: Locator): Promise<void> {
  const left = closed.and(closed.page().locator(':not([data-opened])'));
  while ((await left.count()) > 0) {
    const opener = await left.first().elementHandle();
    await opener?.click();
    const isOpen = () =>
      opener?.evaluate((at) => {
        at.setAttribute('data-opened', '');
        return (at as HTMLElement).ariaExpanded === 'true' || at.parentElement?.hasAttribute('open') === true;
      });
    await expect.poll(isOpen).toBe(true);
  }
}

async function unfold(page: Page): Promise<void> {
  await openAll(page.locator('details:not([open]) > summary').filter({ visible: true }));
  await openAll(page.getByRole('button', { name: /^Table: /, expanded: false }));
}

/** Until all of them are refused, each at its place. */
async function refuse(fields: readonly Locator[]): Promise<void> {
  for (const field of fields) {
    await field.fill('some');
    await field.press('Tab');
    await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true');
  }
}

test('Tour with every table and its glossary open', async () => {
  const page = await visit('tour');
  await page
    .getByRole('button', { name: /^Table: / })
    .first()
    .waitFor();
  await unfold(page);
  await expectAccessible(page, 'tour');
});

test('Train with all that is folded away, and fields that are refused', async () => {
  const page = await visit('train');
  await unfold(page);
  const field = (name: RegExp) => page.getByRole('textbox', { name }).first();
  await refuse([field(/^Target tokens/), field(/^Ratio/), field(/^Width/)]);
  await expectAccessible(page, 'train');
});

test('Sweep with a design that cannot be, its cost set back', async () => {
  const page = await visit('sweep');
  await page.locator('sweep-cost .total').waitFor();
  await unfold(page);
  await refuse([page.getByLabel(/^Target tokens/), page.getByLabel(/^Seeds/)]);
  await expectAccessible(page, 'sweep');
});

test.each(['Storage', 'Help'])('the dialog behind %s', async (name) => {
  const page = await visit('play');
  await button(page.getByRole('banner'), name).click();
  await page.getByRole('dialog').first().waitFor();
  await expectAccessible(page, name);
});

// Hundreds of runs stand in these tables: axe looks at them once.
test('Fit with every table open', async () => {
  const page = await visit('fit');
  await page.getByText(/All starts were looked at/).waitFor({ timeout: FIT_MS });
  await unfold(page);
  expect(await axeFindings(page)).toEqual([]);
});

test('Map with every table open, and a case that cannot be', async () => {
  const page = await visit('map');
  await page.locator('map-phase lab-plot svg').first().waitFor({ timeout: FIT_MS });
  await unfold(page);
  await refuse([page.getByLabel(/^Unique target tokens/), page.getByLabel(/^Compute from/)]);
  expect(await axeFindings(page)).toEqual([]);
});
