/** The first visit: painted at once, of little code, and alive from what ships. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { ShippedRuns } from '../../src/formats/shippedRun.ts';
import { goTo, untilOpen, untilShown, useLab } from './lab.ts';
import { sidewaysScroll } from './page.ts';

const MOST_JAVASCRIPT_BYTES = 200_000;
const FIRST_PAINT_MS = 1000;
const VISITS = 3;
const FIT_MS = 60_000;

const RESULTS = fileURLToPath(new URL('../../results', import.meta.url));
/** A tour or a law from fewer would be one of something else. */
const FEWEST_RUNS = 50;
/** Steps of the tour that draw something. */
const TOUR_CHARTS = 4;

const lab = useLab();

/** Names of scripts that the page itself has loaded by now; those of its workers are theirs. */
async function scripts(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .flatMap((entry) =>
        entry.name.endsWith('.js') && (entry as PerformanceResourceTiming).initiatorType !== 'other'
          ? [entry.name]
          : [],
      ),
  );
}

test('the first view needs no more than 200 kB of JavaScript, and is painted within a second', async () => {
  const paints: number[] = [];
  for (let visit = 0; visit < VISITS; visit++) {
    const page = await lab.visit();
    await untilShown(page, 'tour');
    paints.push(
      await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            new PerformanceObserver((list) => {
              for (const { name, startTime } of list.getEntries())
                if (name === 'first-contentful-paint') resolve(startTime);
            }).observe({ type: 'paint', buffered: true });
          }),
      ),
    );
    if (visit === 0) {
      const loaded = (await scripts(page)).filter((name) => !/worker/i.test(name));
      let bytes = 0;
      for (const name of loaded) bytes += gzipSync(await (await page.request.get(name)).body()).length;
      console.log(`first view: ${loaded.length} scripts, ${(bytes / 1000).toFixed(0)} kB gzip`);
      expect(bytes).toBeLessThan(MOST_JAVASCRIPT_BYTES);
    }
    await page.context().close();
  }
  const times = paints.map((ms) => ms.toFixed(0)).join(', ');
  console.log(`first contentful paint, of ${VISITS} visits: ${times} ms`);
  // A machine may be busy for a moment.
  expect(Math.min(...paints)).toBeLessThan(FIRST_PAINT_MS);
});

test('Tour, Fit and Map are alive from the runs that the build holds, without a click', async () => {
  const context = await lab.context({ shipped: 'built' });
  const [response, page] = await Promise.all([
    context.waitForEvent('response', (one) => /measured-runs-.*\.json$/.test(one.url())),
    lab.visit({ tuning: 'auto', context }),
  ]);
  const { runs } = (await response.json()) as ShippedRuns;
  expect(new Set(runs.map(({ id }) => id)), 'runs that ship').toEqual(shippedIds());
  await untilShown(page, 'tour');
  const [pair, told] = await measuredHere(page);
  expect(pair).toMatch(/^\w+ with \w+/);
  expect(told, 'runs behind the tour').toBeGreaterThan(FEWEST_RUNS);
  // In each step, and none is without a line or a dot.
  const charts = page.locator('lab-tour tour-chart svg.chart');
  await charts.first().waitFor();
  expect(await charts.count()).toBeGreaterThanOrEqual(TOUR_CHARTS);
  for (const chart of await charts.all())
    expect(await chart.locator('path, polyline').count()).toBeGreaterThan(1);
  await untilOpen(page);
  await goTo(page, 'fit');
  const looked = page.getByText(/All starts were looked at for [\d,]+ runs/);
  await looked.waitFor({ timeout: FIT_MS });
  const fitted = Number(/for ([\d,]+) runs/.exec(await looked.innerText())?.[1]?.replaceAll(',', ''));
  expect(fitted, 'runs that are fitted').toBeGreaterThan(FEWEST_RUNS);
  await page.locator('fit-view lab-plot svg').first().waitFor();
  await goTo(page, 'map');
  await page.locator('map-phase lab-plot svg').first().waitFor({ timeout: FIT_MS });
  await page.locator('map-answer .kind').waitFor({ timeout: FIT_MS });
  expect(await page.locator('map-answer .kind').innerText()).toMatch(/monolingual|one stage|two stages/);
});

/** Of the files of records whose runs the build takes in. */
function shippedIds(): Set<string> {
  const files = readdirSync(RESULTS).filter((name) => name.endsWith('.jsonl'));
  const lines = files.flatMap((name) => readFileSync(join(RESULTS, name), 'utf8').split('\n'));
  return new Set(lines.filter((line) => line.trim() !== '').map((line): string => JSON.parse(line).id));
}

/** What the tour says that it tells of: the pair of languages, and the runs. */
async function measuredHere(page: Page): Promise<[pair: string, runs: number]> {
  const words = await page
    .locator('lab-tour footer')
    .getByText(/Measured: /)
    .innerText();
  const [, pair = '', runs = ''] = /Measured: ([^;]*?)(?:, told by[^;]*)?;\s*([\d,]+) runs/.exec(words) ?? [];
  return [pair, Number(runs.replaceAll(',', ''))];
}

test('an address leads to its view, also an older or a wrong one, and back goes back', async () => {
  const page = await lab.visit({ at: 'map' });
  await untilShown(page, 'map');
  expect(await page.title()).toContain('Map');
  await goTo(page, 'fit');
  await page.goBack();
  await untilShown(page, 'map');
  await page.goto(`${lab.address}#/nowhere?x=%`);
  await untilShown(page, 'tour');
  expect(await sidewaysScroll(page)).toBe(0);
});
