/** The view Fit as its tests handle it. */

import type { Page } from 'playwright-core';

/** What is said of the fit, term by term: Status, Runs, Recipes, …; nothing while there is none. */
export async function fitFacts(page: Page): Promise<Record<string, string>> {
  const summary = page.locator('fit-summary');
  if ((await summary.count()) === 0) return {};
  return summary.evaluate((element) =>
    Object.fromEntries(
      [...(element.shadowRoot?.querySelectorAll('dl.facts > div') ?? [])].map((pair) => [
        pair.querySelector('dt')?.textContent?.trim() ?? '',
        pair.querySelector('dd')?.textContent?.trim() ?? '',
      ]),
    ),
  );
}
