/** Every view as anybody may come to it: at a desk or on a phone, by day or by night, with a screen reader, with little motion. */

import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { goTo, untilOpen, untilShown, useLab, type View } from './lab.ts';
import { expectAccessible } from './page.ts';

const VIEWS: readonly View[] = ['tour', 'train', 'sweep', 'fit', 'map', 'play'];
const FIT_MS = 60_000;

const lab = useLab();
let page: Page;

beforeAll(async () => {
  page = await lab.visit();
  await untilOpen(page);
  // What is drawn from a fit is there in every view that is looked at.
  await goTo(page, 'fit');
  await page.getByText(/All starts were looked at/).waitFor({ timeout: FIT_MS });
});

test.each(VIEWS)('%s: axe finds nothing, nothing scrolls sideways', async (view) => {
  await goTo(page, view);
  await expectAccessible(page, view);
});

test.each(VIEWS)(
  '%s: headings are in order, one h1, and nothing moves for those who asked for it',
  async (view) => {
    const calm = await lab.visit({ at: view, options: { reducedMotion: 'reduce' } });
    await untilShown(calm, view);
    const levels = await calm
      .getByRole('heading')
      .evaluateAll((all) =>
        all.map((heading) => Number(heading.getAttribute('aria-level') ?? heading.localName.slice(1))),
      );
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [index, level] of levels.entries())
      expect(level, `heading ${index + 1} of ${levels.join(' ')}`).toBeLessThanOrEqual(
        (levels[index - 1] ?? 0) + 1,
      );
    const moving = await calm.evaluate(
      () =>
        document
          .getAnimations()
          .filter(
            ({ playState, effect }) => playState === 'running' && Number(effect?.getTiming().duration) > 100,
          ).length,
    );
    expect(moving).toBe(0);
    await calm.context().close();
  },
);

test('what is under way, and the theme that was chosen, are seen in every view and after a reload', async () => {
  const chosen = await lab.visit({ options: { colorScheme: 'light' } });
  await untilShown(chosen, 'tour');
  const change = chosen.getByRole('button', { name: /^Colours: .* Change to dark/ });
  while ((await change.count()) === 0) await chosen.getByRole('button', { name: /^Colours: / }).click();
  await change.click();
  const background = () => chosen.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await background();
  await chosen.reload();
  await untilShown(chosen, 'tour');
  expect(await background()).toBe(dark);
  expect(await chosen.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
});
