/** A researcher brings a table of runs along, fits all laws to it, and takes everything away. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseFit } from '../../src/formats/fit.ts';
import { lawNamed } from '../../src/law/laws/catalogue.ts';
import { TRUE_M3, tableOf } from '../cli/lawRuns.ts';
import { savedBy } from './downloads.ts';
import { savedFigures } from './figureFiles.ts';
import { fitFacts } from './fit.ts';
import { untilShown, useLab } from './lab.ts';
import { axeFindings, button, expectAccessible } from './page.ts';

const RUNS = 300;
/** All laws, each with its folds, on two shared cores. */
const ALL_LAWS_MS = 180_000;
const FIT_MS = 60_000;
/** A resample more or less of a thousand, on two shared cores. */
const EXPORT_MS = 90_000;

const lab = useLab();
let page: Page;

/** Of every kind, at several scales: 5 × 4 × 3 × 5. */
function bigTable(): string {
  const rows = [1e5, 3e5, 1e6, 3e6, 1e7].flatMap((N) =>
    [3e5, 1e6, 3e6, 1e7].flatMap((D_T) =>
      [1, 4, 16].flatMap((k) =>
        (
          [
            [1, 1],
            [0.5, 0.5],
            [0.2, 0.2],
            [0.5, 1],
            [0.2, 0.9],
          ] as const
        ).map(([r, r_f]) => ({ N, D_T, k, r, r_f })),
      ),
    ),
  );
  return tableOf(lawNamed('m3'), TRUE_M3, rows);
}

/** What the dialog shows: by its panel, for the dialog itself holds no more than a slot. */
const dialog = (at: Page): Locator => at.locator('fit-import');

async function bring(
  at: Page,
  file: string | { name: string; mimeType: string; buffer: Buffer },
): Promise<void> {
  if (!(await at.getByRole('dialog', { name: 'Bring runs along' }).isVisible()))
    await button(at, 'Bring runs along…').click();
  await dialog(at).locator('input[type=file]').setInputFiles(file);
}

const csv = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

const folder = mkdtempSync(join(tmpdir(), 'm3lab-tables-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(async () => {
  page = await lab.visit({ at: 'fit', shipped: 'none' });
  await untilShown(page, 'fit');
});

test('without any run Fit says what it is for, and where runs come from', async () => {
  await page.getByText(/Runs come from Train and Sweep/).waitFor();
  await expectAccessible(page, 'no runs');
});

test('a table without the needed columns is answered with those it lacks and those it has', async () => {
  await bring(page, csv('wrong.csv', 'size,steps\n100,20\n200,30\n'));
  await dialog(page)
    .getByText(/No column is chosen for N .*, nor for the loss, nor for D or D_T .* has size, steps/)
    .waitFor();
  expect(await button(dialog(page), 'Take these runs').isDisabled()).toBe(true);
  expect(await axeFindings(page)).toEqual([]);
});

test('what a table says wrongly is told with its line, and nothing is taken', async () => {
  await button(dialog(page), 'Another file').click();
  await bring(page, csv('holes.csv', 'N,D_T,loss\n100,20,3\n200,many,2\n'));
  await button(dialog(page), 'Take these runs').click();
  await dialog(page)
    .getByText(/holes\.csv, line 3/)
    .waitFor();
  await button(dialog(page), 'Another file').click();
  await bring(page, csv('empty.csv', ''));
  await dialog(page).getByRole('alert').waitFor();
});

test('a table that names its loss in bits is asked for the unit', async () => {
  await bring(page, csv('bits.csv', 'N,D_T,bits\n100,20,3\n'));
  await expect.poll(() => dialog(page).getByLabel('loss on held-out target text').inputValue()).toBe('bits');
  await dialog(page)
    .getByText(/leaves the unit of the loss open/)
    .waitFor();
  await dialog(page).getByLabel('bits a token').check();
  await dialog(page)
    .getByText(/leaves the unit of the loss open/)
    .waitFor({ state: 'hidden' });
  await button(dialog(page), 'Another file').click();
});

test('a table of 300 runs is fitted by itself', async () => {
  await bring(page, csv('cluster.csv', bigTable()));
  await dialog(page).getByText(`${RUNS} lines`).waitFor();
  await expectAccessible(page, 'columns');
  await button(dialog(page), 'Take these runs').click();
  await dialog(page).getByText(`${RUNS} runs of cluster.csv are here and being fitted`).waitFor();
  await dialog(page).getByText('Close', { exact: true }).click();
  await page.getByText(`All starts were looked at for ${RUNS} runs`).waitFor({ timeout: FIT_MS });
  const { Status: status, Runs: runs } = await fitFacts(page);
  expect([status, runs]).toEqual(['converged', String(RUNS)]);
});

test('all laws are fitted to them, the best first', async () => {
  await button(page, 'Fit all laws').click();
  const table = page.locator('fit-laws table').first();
  await expect
    .poll(() => button(page, /^Fit all laws/).count(), { timeout: ALL_LAWS_MS, interval: 500 })
    .toBe(1);
  const rows = await table.locator('tbody tr').count();
  expect(rows).toBeGreaterThan(5);
  expect(await table.locator('tbody th').first().innerText()).toMatch(/^m3/);
  await expectAccessible(page, 'all laws');
});

test('the fit can be taken away, and in it the law that made the runs is found again', async () => {
  const { name, content } = await savedBy(
    page,
    () => button(page.locator('fit-keep'), /^fit\.json of m3$/).click(),
    EXPORT_MS,
  );
  expect(name).toBe('fit-m3.json');
  const fit = parseFit(JSON.parse(content.toString()), name);
  expect(fit).toMatchObject({ version: 1, law: 'm3', rows: RUNS, status: 'converged' });
  for (const [parameter, truth] of Object.entries(TRUE_M3)) {
    const [low, high] = fit.parameters[parameter]?.interval ?? [Number.NaN, Number.NaN];
    expect(truth, `${parameter} from ${low}`).toBeGreaterThanOrEqual(low);
    expect(truth, `${parameter} to ${high}`).toBeLessThanOrEqual(high);
  }
});

test('the runs and everything as one JSON can be taken away', async () => {
  const keep = page.locator('fit-keep');
  const runs = await savedBy(page, () => button(keep, /^Runs and residuals, CSV$/).click());
  expect(runs.content.toString().trim().split('\n')).toHaveLength(RUNS + 1);
  const everything = await savedBy(page, () => button(keep, /^Everything as one JSON$/).click());
  expect(JSON.parse(everything.content.toString()).runs).toHaveLength(RUNS);
});

test('every figure can be taken away: its values as CSV and JSON, its drawing as SVG and PNG', async () => {
  const saved = await savedFigures(page, page.locator('lab-figure:visible'));
  const rows = Object.fromEntries(saved.map((figure) => [figure.name, figure.rows]));
  console.log(`figures and their rows: ${JSON.stringify(rows)}`);
  expect(rows).toMatchObject({
    'Parameters of m3': Object.keys(TRUE_M3).length,
    'Predicted against measured loss': RUNS,
    'Residuals against C': RUNS,
  });
  expect(saved.filter(({ isDrawn }) => isDrawn).length).toBeGreaterThan(3);
});

test('a law of one’s own is refused at its character, then fitted', async () => {
  const own = page.locator('fit-own-law');
  await own.locator('summary').click();
  await own.locator('#formula').fill('E + A/N^^alpha');
  await own.getByText(/^Character \d+: /).waitFor();
  await own.locator('#name').fill('mine');
  await own.locator('#formula').fill('E + A/N^alpha + B/(k*D_T)^beta');
  await own.getByRole('group', { name: 'The formula in print' }).waitFor();
  await button(own, 'Fit this law').click();
  await page.getByRole('group', { name: 'Formula of mine' }).waitFor({ timeout: FIT_MS });
});

test('a table of 50 MB is read, or refused with a reason, while the page goes on answering', async () => {
  const path = join(folder, 'large.csv');
  const line = `100000,1000000,1,1,1,2.5,${'x'.repeat(960)}\n`;
  writeFileSync(path, `N,D_T,k,r,r_f,loss,note\n${line.repeat(Math.ceil(50e6 / line.length))}`);
  await bring(page, path);
  const begun = performance.now();
  const longest = await page.evaluate(async () => {
    let worst = 0;
    for (let last = performance.now(), until = last + 3000; last < until; ) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      worst = Math.max(worst, performance.now() - last);
      last = performance.now();
    }
    return worst;
  });
  expect(longest).toBeLessThan(500);
  await dialog(page)
    .getByText(/large\.csv/)
    .first()
    .waitFor({ timeout: FIT_MS });
  await expect
    .poll(
      async () =>
        (await dialog(page).getByRole('alert').count()) +
        (await dialog(page)
          .getByText(/\d lines/)
          .count()),
      { timeout: FIT_MS },
    )
    .toBeGreaterThan(0);
  console.log(`50 MB: answered after ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  await page.keyboard.press('Escape');
});

test('what was chosen stands in the address and is gone back to; what was left out comes back with the browser', async () => {
  const context = await lab.context();
  const at = await lab.visit({ at: 'fit?law=chinchilla', context });
  const shown = (law: string) => at.getByRole('group', { name: `Formula of ${law}`, exact: true });
  const law = at.locator('fit-summary select');
  const settled = () => at.getByText(/All starts were looked at/).waitFor({ timeout: FIT_MS });
  await shown('chinchilla').waitFor({ timeout: FIT_MS });
  await law.selectOption('bimix');
  await shown('bimix').waitFor({ timeout: FIT_MS });
  await at.getByLabel('Leave out the largest losses').fill('2');
  await at.getByLabel('Leave out the largest losses').press('Enter');
  await expect.poll(() => at.url()).toMatch(/#\/fit\?law=bimix&drop=2$/);
  await at.goBack();
  await at.goBack();
  await shown('chinchilla').waitFor({ timeout: FIT_MS });
  expect(await law.inputValue()).toBe('chinchilla');
  await settled();
  const all = Number((await fitFacts(at)).Runs);
  await button(at, /^Leave out /)
    .first()
    .click();
  await expect.poll(async () => (await fitFacts(at)).Runs, { timeout: FIT_MS }).toBe(String(all - 1));
  await at.reload();
  await shown('chinchilla').waitFor({ timeout: FIT_MS });
  expect((await fitFacts(at)).Runs).toBe(String(all - 1));
});

test('an address that was edited by hand is answered in words, and the rest is taken', async () => {
  const at = await lab.visit({ at: 'fit?law=mine&pair=x+with+y&drop=many&against=k' });
  for (const words of [
    /drop in the address: “many” is not a whole number/,
    /there is no law “mine” here, so the runs choose one/,
    /None of these runs are of x with y/,
  ])
    await at.getByText(words).waitFor({ timeout: FIT_MS });
  await at.getByRole('group', { name: /^Formula of m3/ }).waitFor({ timeout: FIT_MS });
  await at.getByRole('heading', { name: 'Residuals' }).waitFor({ timeout: FIT_MS });
  expect(await at.locator('fit-points select').inputValue()).toBe('k');
  await expectAccessible(at, 'broken address');
});

test('runs of one’s own beside those that ship are told apart, counted, and fitted where that is asked for', async () => {
  const at = await lab.visit({ at: 'fit' });
  const fitted = (runs: number) =>
    expect.poll(async () => (await fitFacts(at)).Runs, { timeout: FIT_MS }).toBe(String(runs));
  await expect.poll(async () => (await fitFacts(at)).Runs, { timeout: FIT_MS }).toMatch(/\d/);
  const shipped = Number((await fitFacts(at)).Runs);
  const lines = bigTable().split('\n').slice(0, 31);
  const take = async (name: string, text: string) => {
    await bring(at, csv(name, text));
    await button(dialog(at), 'Take these runs').click();
    await dialog(at)
      .getByText(/runs of .* are here and being fitted/)
      .waitFor();
  };
  await take('mine.csv', lines.join('\n'));
  await dialog(at).getByText('Close', { exact: true }).click();
  await fitted(30);
  // The same with a line less: in the place of the other, not beside it.
  await take('mine.csv', lines.slice(0, -1).join('\n'));
  await dialog(at)
    .getByText(/has taken the place of mine\.csv/)
    .waitFor();
  await dialog(at).getByText('Close', { exact: true }).click();
  await fitted(29);
  expect(await at.getByRole('checkbox', { name: 'mine.csv' }).count()).toBe(1);
  await button(at, 'Put back the table mine.csv').click();
  await fitted(30);
  await button(at, 'Back to the automatic choice').click();
  await at.getByText('30 runs of your own are not in it: mine.csv.').waitFor();
  await fitted(shipped);
  await at.reload();
  await at.getByText('30 runs of your own are not in it: mine.csv.').waitFor({ timeout: FIT_MS });
  await expectAccessible(at, 'own runs beside shipped ones');
  await button(at, 'Fit mine instead').click();
  await fitted(30);
  await at
    .getByRole('checkbox', { name: /^phase-shift/ })
    .first()
    .check();
  await at.getByRole('option', { name: /^texts that are not said/ }).waitFor({ state: 'attached' });
  // Records and a table at once: of the first it is said what became of them, of the other what its columns are.
  await button(at, 'Bring runs along…').click();
  const records = { name: 'bad.jsonl', mimeType: 'application/jsonl', buffer: Buffer.from('{}') };
  await dialog(at)
    .locator('input[type=file]')
    .setInputFiles([records, csv('two.csv', lines.join('\n'))]);
  await dialog(at).getByText('bad.jsonl: 0 runs taken, 1 refused.').waitFor();
  await dialog(at).getByText('30 lines').waitFor();
});
