/** A link carries the settings of Train to another machine, and nothing else. */

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { untilOpen, useLab } from './lab.ts';
import { axeFindings, button } from './page.ts';
import { field, recipe, recipeField, unfoldMore, untilRead } from './train.ts';

const lab = useLab();

/** What stands in every field of the form, by the field's id. */
async function settings(page: Page): Promise<Record<string, string | boolean>> {
  await unfoldMore(page);
  return page.locator('train-recipes').evaluate((panel) => {
    const fields =
      panel.shadowRoot?.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select') ?? [];
    return Object.fromEntries(
      [...fields].map((one, index) => [
        one.id || `${one.getAttribute('aria-label')} ${index}`,
        one instanceof HTMLInputElement && one.type === 'checkbox' ? one.checked : one.value,
      ]),
    );
  });
}

test('opened in a fresh profile it gives the same settings, and it holds only what differs from the preset', async () => {
  const context = await lab.context({
    options: { permissions: ['clipboard-read', 'clipboard-write'] },
  });
  const page = await lab.visit({ at: 'train', context });
  await untilOpen(page);
  await button(page, 'Remove Two-stage, mixed start').click();
  await button(page, 'Duplicate Bilingual').click();
  await recipeField(page, 'Two-stage', 'Final ratio').fill('0.75');
  await page.getByRole('textbox', { name: 'Name of recipe 1' }).fill('Alone & slow');
  await field(page, 'Target tokens').fill('5000');
  await unfoldMore(page);
  await field(page, 'Layers').fill('1');
  await page.getByLabel('Schedule').selectOption('cosine');
  await button(page, 'Copy a link to these settings').click();
  await page.getByText('The link is copied').waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const query = new URLSearchParams(link.split('?').at(-1));
  expect([...query.keys()].sort()).toEqual(
    [
      ...['preset', 'schedule', 'targetTokens', 'layers', 'r1.name', 'r3.finalRatio'],
      // The fourth place has been taken by the copy of the second recipe.
      ...['r4.kind', 'r4.name'],
    ].sort(),
  );

  const fresh = await lab.visit({ at: link.slice(link.indexOf('#/') + 2) });
  await untilOpen(fresh);
  await untilRead(fresh, 2);
  await recipe(fresh, 'Alone & slow').waitFor();
  expect(await settings(fresh)).toEqual(await settings(page));
});

test('one that was edited by hand is refused field by field, and the rest is taken', async () => {
  const page = await lab.visit({
    at: 'train?preset=race-smal&layers=minus&targetTokens=3000&r2.ratio=7&colour=red&r3.name=Mine&target=world:xx',
  });
  await untilOpen(page);
  const notice = page.getByText(/Not all of the link could be taken/);
  await notice.waitFor();
  const words = (await notice.textContent()) ?? '';
  for (const refused of ['race-smal', 'layers', 'r2.ratio', 'colour', 'target'])
    expect(words).toContain(refused);
  expect(await field(page, 'Target tokens').inputValue()).toBe('3000');
  await recipe(page, 'Mine').waitFor();
  expect(await axeFindings(page)).toEqual([]);
});
