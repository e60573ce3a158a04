/** A sweep of eight runs, interrupted twice, comes to a fit that grows while it trains; results go out and come in. */

import type { BrowserContext, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { runId } from '../../src/formats/config.ts';
import { parseRunRecord } from '../../src/formats/record.ts';
import { savedBy } from './downloads.ts';
import { fitFacts } from './fit.ts';
import { goTo, untilOpen, untilShown, useLab } from './lab.ts';
import { axeFindings, button, expectAccessible } from './page.ts';
import { madeRecords } from './shippedRuns.ts';

/** Two cores play the GPU. */
const SWEEP_MS = 240_000;
const RUNS = 8;

/** Eight runs of a few hundred steps on a model of one layer: long enough to be cut off in the middle. */
const DESIGN = {
  version: 1,
  name: 'eight',
  corpora: { target: 'world:sw?bytes=30000', source: 'world:en?bytes=60000' },
  model: { layers: 1, width: 16, heads: 1, mlp: 44, context: 32 },
  recipe: { epochs: 12 },
  optimizer: { batch: 4 },
  evaluation: { every: 40, windows: 4 },
  grid: { 'recipe.targetTokens': [1025, 4097], 'recipe.ratio': [1, 0.5] },
  seeds: [1, 2],
};

const lab = useLab();
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  context = await lab.context({ shipped: 'none' });
  page = await lab.visit({ at: 'sweep', context });
  await untilOpen(page);
});

const inQueue = (at: Page) => at.locator('sweep-queue li[data-sweep]');

/** How far the sweep is: runs that are finished, and the share of all work, in percent. */
async function progress(at: Page): Promise<{ finished: number; share: number }> {
  const words = (await inQueue(at).locator('p.number').first().textContent()) ?? '';
  const [, finished = '0'] = /^\s*(\d+) of/.exec(words) ?? [];
  const [, share = '100'] = /(\d+) % of/.exec(words) ?? [];
  return { finished: Number(finished), share: Number(share) };
}

/** Until it is in the middle: some work is done, and some is left. */
async function untilMiddle(at: Page, share: number): Promise<void> {
  await expect
    .poll(async () => (await progress(at)).share, { timeout: SWEEP_MS, interval: 100 })
    .toBeGreaterThanOrEqual(share);
  const now = await progress(at);
  expect(now.finished, 'still at work').toBeLessThan(RUNS);
}

test('a design says what it comes to before anything starts, and what is wrong with it at its place', async () => {
  await button(page, 'JSON').click();
  const json = page.getByLabel('Design as JSON');
  await json.fill('{"version": 1,\n "name": "x",\n "recipy": {}}');
  await page
    .getByText(/recipy/)
    .first()
    .waitFor();
  expect(await json.getAttribute('aria-invalid')).toBe('true');
  await json.fill(JSON.stringify(DESIGN, null, 2));
  await page.locator('sweep-cost .total').getByText(`${RUNS}`, { exact: true }).waitFor({ timeout: 60_000 });
  await page.getByText('Time and memory are measured on this device').waitFor();
  await expectAccessible(page, 'a design');
});

test('its manifest can be taken to a cluster, with the command for it', async () => {
  const manifest = await savedBy(page, () => button(page.locator('sweep-cost'), 'Save the manifest').click());
  expect(manifest.content.toString().trim().split('\n')).toHaveLength(RUNS);
  await page.getByText('Train it on another machine or a cluster').click();
  await page.getByText(new RegExp(`npx m3lab sweep submit ${manifest.name} --scheduler slurm`)).waitFor();
});

test('a reload in the middle loses nothing: the queue goes on by itself', async () => {
  await button(page, 'Put into the queue').click();
  await untilMiddle(page, 10);
  expect(await axeFindings(page)).toEqual([]);
  await page.reload();
  await untilShown(page, 'sweep');
  await inQueue(page).waitFor();
  await untilMiddle(page, 25);
});

test('a pause holds it, and whoever looks from another tab sees it', async () => {
  await button(page, /^Pause eight/).click();
  await inQueue(page).getByText('paused').waitFor({ timeout: SWEEP_MS });
  const second = await lab.visit({ at: 'sweep', context });
  await inQueue(second).getByText('paused').waitFor();
  // A run that was at its end when the pause came is finished still; after that none is.
  const before = await progress(second);
  await second.reload();
  await inQueue(second).getByText('paused').waitFor();
  expect((await progress(second)).finished).toBe(before.finished);
  await second.close();
  await button(page, /^Go on with eight/).click();
});

test('the tab is closed in the middle; the next one goes on, and the fit grows with each run until all are in it', async () => {
  await untilMiddle(page, 40);
  await page.close();
  page = await lab.visit({ at: 'sweep', context });
  await inQueue(page).waitFor();
  await goTo(page, 'fit');
  const seen = new Set<number>();
  await expect
    .poll(
      async () => {
        const { Runs: fitted } = await fitFacts(page);
        if (fitted !== undefined) seen.add(Number(fitted));
        return fitted;
      },
      { timeout: SWEEP_MS, interval: 100 },
    )
    .toBe(String(RUNS));
  const counts = [...seen];
  console.log(`there were fits to ${counts.join(', ')} runs`);
  // Not all at once at the end: as they came.
  expect(counts.length, 'fits').toBeGreaterThan(2);
  expect(counts).toEqual(counts.toSorted((one, other) => one - other));
  await goTo(page, 'sweep');
  await inQueue(page).getByText('done').waitFor({ timeout: SWEEP_MS });
  expect(await progress(page)).toMatchObject({ finished: RUNS });
});

test('the results stand in a table, and leave as records that other machines read', async () => {
  if ((await page.locator('sweep-detail h2').count()) === 0) await button(page, DESIGN.name).click();
  await page.getByRole('grid', { name: `Runs of ${DESIGN.name}` }).waitFor();
  await expectAccessible(page, 'results');
  const saved = await savedBy(page, () => button(page, 'Records, JSONL').click());
  const records = saved.content
    .toString()
    .trim()
    .split('\n')
    .map((line, index) => parseRunRecord(JSON.parse(line), `line ${index + 1}`));
  expect(records).toHaveLength(RUNS);
  for (const { id, config, status, final } of records) {
    expect(id).toBe(runId(config));
    expect(status).toBe('done');
    expect(final?.targetBitsPerByte).toBeLessThan(8);
  }
});

test('results of other machines are taken run by run; what is newer, broken or here already is named', async () => {
  const [one, two, three] = madeRecords();
  const lines = [
    JSON.stringify(one),
    JSON.stringify(two),
    JSON.stringify({ ...three, version: 99 }),
    '{"version": 1, "id": "cut o',
    JSON.stringify(one),
  ];
  const files = page.getByLabel('Bring result files');
  await files.setInputFiles({
    name: 'cluster.jsonl',
    mimeType: 'application/jsonl',
    buffer: Buffer.from(lines.join('\n')),
  });
  const outcome = page.locator('sweep-bring .note');
  await outcome.getByText(/2 runs taken/).waitFor();
  const words = (await outcome.textContent()) ?? '';
  expect(words).toMatch(/2 refused/);
  expect(words).toMatch(/newer version of the lab/);
  expect(await axeFindings(page)).toEqual([]);
  await files.setInputFiles({
    name: 'picture.json',
    mimeType: 'application/json',
    buffer: Buffer.from('\x89PNG'),
  });
  await page.locator('sweep-bring .note.bad, sweep-bring .failure').first().waitFor();
});
