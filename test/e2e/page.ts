/** The page as its tests handle it: by what a person sees and names. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const axeSource = readFileSync(axePath, 'utf8');

export const DESK = { width: 1440, height: 900 };
export const PHONE = { width: 360, height: 800 };
export const WIDTHS_PX = [1440, 1280, 1024, 820, 360];
export const THEMES = ['light', 'dark'] as const;

export function button(at: Page | Locator, name: string | RegExp): Locator {
  return at.getByRole('button', { name, exact: typeof name === 'string' });
}

/** What axe finds on the page as it stands, a line a finding. */
export async function axeFindings(page: Page): Promise<string[]> {
  // Evaluated rather than added as a script: the page's own policy forbids scripts from elsewhere.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
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

/** As a person finds it at a desk and on a phone, by day and by night: nothing for axe, nothing to scroll sideways. */
export async function expectAccessible(page: Page, what = ''): Promise<void> {
  const before = page.viewportSize() ?? DESK;
  for (const viewport of [DESK, PHONE]) {
    await page.setViewportSize(viewport);
    await expect.poll(() => sidewaysScroll(page), { message: `${what} ${viewport.width} px` }).toBe(0);
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme });
      expect(await axeFindings(page), `${what} ${viewport.width} px, ${colorScheme}`).toEqual([]);
    }
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(before);
}

/** What has the focus, in whatever shadow it lies: its name for a screen reader as far as it can be told simply, else its text. */
export async function focused(page: Page): Promise<{ tag: string; id: string; name: string }> {
  return page.evaluate(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    if (!(at instanceof HTMLElement || at instanceof SVGElement)) return { tag: '', id: '', name: '' };
    const labels = 'labels' in at ? ((at as HTMLInputElement).labels ?? []) : [];
    const name = at.getAttribute('aria-label') ?? [...labels].map((label) => label.textContent).join(' ');
    return {
      tag: at.localName,
      id: at.id,
      name: (name || (at.textContent ?? '')).replaceAll(/\s+/g, ' ').trim(),
    };
  });
}

/** Presses Tab until something of that name, or id, has the focus. */
export async function tabTo(page: Page, wanted: string | RegExp, most = 150): Promise<void> {
  const met: string[] = [];
  for (let presses = 0; presses < most; presses++) {
    await page.keyboard.press('Tab');
    const { tag, id, name } = await focused(page);
    if (typeof wanted === 'string' ? name === wanted || id === wanted : wanted.test(name)) return;
    met.push(`${tag} ${id} ${name}`.trim());
  }
  throw new Error(`Tab does not lead to ${wanted}; it led to:\n${met.join('\n')}`);
}
