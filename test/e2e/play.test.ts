/** The view Play: models that were trained here write, score, are checked, taken away, brought along again, and trained on. */

import { strToU8, unzipSync, zipSync } from 'fflate';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type Saved, savedBy } from './downloads.ts';
import { goTo, untilOpen, untilShown, useLab } from './lab.ts';
import { gatherComplaints, launchChromium } from './labInBrowser.mjs';
import { axeFindings, button, expectAccessible, focused } from './page.ts';
import { routeShippedRuns } from './shippedRuns.ts';
import { RUNS, TINY_LINK, untilFinished } from './train.ts';

/** ONNX Runtime is 14 MB, which two busy cores read and compile. */
const RUNTIME_MS = 120_000;
/** In bits a byte: the same weights on the same windows. */
const SAME_LOSS = 1e-5;
const PROMPT = 'Paka ';

const lab = useLab();

const models = (page: Page) => page.locator('play-models');
const writing = (page: Page) => page.locator('play-writing');
const scoring = (page: Page) => page.locator('play-scoring');
const checking = (page: Page) => page.locator('play-checking');
const side = (at: Locator, name: string) => at.getByRole('article', { name, exact: true });

/** Three recipes of the race, trained within seconds. */
async function trained(): Promise<Page> {
  const page = await lab.visit({ at: TINY_LINK, shipped: 'none' });
  await untilOpen(page);
  await expect.poll(() => button(page, 'Train').isEnabled()).toBe(true);
  await button(page, 'Train').click();
  await untilFinished(page);
  return page;
}

/** Last and first loss of a run on held-out target text, in bits a byte, with every digit: from the chart's JSON. */
async function targetLosses(page: Page, run: string): Promise<{ step: number; bits: number }[]> {
  const { content } = await savedBy(page, () =>
    page.getByRole('button', { name: 'JSON: Target loss' }).click(),
  );
  const rows: Record<string, string | number>[] = JSON.parse(content.toString());
  return rows
    .filter((row) => row.run === run)
    .map((row) => ({ step: Number(row.step), bits: Number(row['target loss']) }));
}

let page: Page;
let taken: Saved;
let lossBefore: number;

test('three recipes are trained, and stand in Play', async () => {
  page = await trained();
  const losses = await targetLosses(page, RUNS[0]);
  lossBefore = losses.at(-1)?.bits ?? Number.NaN;
  await goTo(page, 'play');
  for (const run of RUNS)
    await models(page)
      .getByRole('checkbox', { name: new RegExp(`^${run} `) })
      .waitFor();
  await expectAccessible(page, 'play');
});

test('ONNX Runtime checks them against the engine, and each has its badge', async () => {
  await button(checking(page), 'Check all 3').click();
  for (const run of RUNS) {
    await side(checking(page), run)
      .getByText(/Checked by ONNX Runtime: largest logit difference .* \(limit 1e−3\), loss difference/)
      .waitFor({ timeout: RUNTIME_MS });
  }
  await page.reload();
  await untilShown(page, 'play');
  // It is kept with the model.
  await side(checking(page), RUNS[0])
    .getByText(/Checked by ONNX Runtime/)
    .waitFor();
});

test('they write on from one prompt with one seed; each token says what else could have stood there', async () => {
  const at = writing(page);
  await at.getByLabel('Prompt, the same for all').fill(PROMPT);
  await at.getByLabel(/^Tokens/).fill('24');
  const write = async () => {
    await button(at, 'Write').click();
    for (const run of RUNS)
      await side(at, run)
        .getByText(/^\d+ tokens? in /)
        .waitFor({ timeout: RUNTIME_MS });
    const texts = RUNS.map((run) => at.getByRole('listbox', { name: `What ${run} wrote` }).textContent());
    return Promise.all(texts);
  };
  const once = await write();
  expect(once.map((text) => (text ?? '').length > 0)).toEqual([true, true, true]);
  expect(new Set(once).size).toBe(RUNS.length);
  expect(await write()).toEqual(once);
  for (const run of RUNS)
    await side(at, run)
      .getByText(/word for word|No stretch of/)
      .waitFor();
  const list = at.getByRole('listbox', { name: `What ${RUNS[0]} wrote` });
  await list.getByRole('option').first().focus();
  await at.getByRole('tooltip').waitFor();
  expect(await at.getByRole('tooltip').getByRole('listitem').count()).toBe(8);
  const first = await at.getByRole('tooltip').textContent();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => list.getByRole('option').nth(1).getAttribute('aria-selected')).toBe('true');
  expect(await at.getByRole('tooltip').textContent()).not.toBe(first);
  await expectAccessible(page, 'answers');
  await page.keyboard.press('Escape');
  await expect.poll(() => at.getByRole('tooltip').count()).toBe(0);
  await list.getByRole('option').nth(2).hover();
  await at.getByRole('tooltip').waitFor();
});

test('writing can be stopped, and fields that cannot be are refused where they stand', async () => {
  const at = writing(page);
  await at.getByLabel(/^Tokens/).fill('1000');
  await button(at, 'Write').click();
  await side(at, RUNS[0]).getByRole('option').nth(3).waitFor({ timeout: RUNTIME_MS });
  await button(at, 'Stop').click();
  for (const run of RUNS)
    await side(at, run)
      .getByText(/^Stopped|^\d+ tokens in/)
      .waitFor();
  await at
    .getByText(/^Stopped after/)
    .first()
    .waitFor();
  await at.getByLabel(/^Tokens/).fill('0');
  await at.getByText('Must be 1 or more.').waitFor();
  await at.getByLabel(/^Top-p/).fill('1.5');
  await at.getByText('Must be 1 or less.').waitFor();
  expect(await button(at, 'Write').isDisabled()).toBe(true);
  expect(await axeFindings(page)).toEqual([]);
  await at.getByLabel(/^Tokens/).fill('24');
  await at.getByLabel(/^Top-p/).fill('1');
});

test('a text is scored token by token, in nats and in bits per byte', async () => {
  const at = scoring(page);
  expect(await button(at, 'Score').isDisabled()).toBe(true);
  await at.getByLabel('A text in either language').fill('Paka anakula samaki.\nThe cat eats a fish.');
  await button(at, 'Score').click();
  for (const run of RUNS) {
    const score = side(at, run);
    await score.getByText('bits per byte').waitFor({ timeout: RUNTIME_MS });
    await score.getByText(/2 documents/).waitFor();
    expect(
      await score
        .getByRole('list', { name: /line by line/ })
        .getByRole('listitem')
        .count(),
    ).toBe(2);
  }
  await at.getByText('lowest', { exact: true }).waitFor();
  await button(at, `Table: Losses of ${RUNS[0]}`).click();
  const rows = at.getByRole('table').getByRole('row');
  // A head, the bytes of both lines, and their ends.
  expect(await rows.count()).toBe(1 + 20 + 1 + 20 + 1);
  await expectAccessible(page, 'scores');
});

test('a model is taken away, for Hugging Face and as ONNX, and its card says that it was checked', async () => {
  const at = side(checking(page), RUNS[0]);
  taken = await savedBy(page, () => button(at, /Hugging Face/).click(), RUNTIME_MS);
  const files = unzipSync(taken.content);
  const named = (name: string) =>
    Object.entries(files).find(([path]) => path.split('/').at(-1) === name)?.[1];
  for (const name of ['config.json', 'model.safetensors', 'tokenizer.json'])
    expect(named(name), name).toBeDefined();
  expect(new TextDecoder().decode(named('README.md'))).toMatch(/ONNX Runtime/);
  const onnx = await savedBy(page, () => button(at, /ONNX/).click(), RUNTIME_MS);
  expect(Object.keys(unzipSync(onnx.content)).some((path) => path.endsWith('onnx/model.onnx'))).toBe(true);
});

test('brought along again it is trained on, and begins with the loss that it had', async () => {
  await models(page).getByLabel('A zip, or the files of one').setInputFiles(zip(taken.name, taken.content));
  await models(page)
    .getByText(/was brought along/)
    .waitFor();
  const brought = models(page).getByRole('listitem').filter({ hasText: 'brought along' });
  await brought.getByRole('button', { name: /^Start a training from it/ }).click();
  await untilShown(page, 'train');
  await page.getByLabel('Weights to start from').filter({ hasText: 'brought along' }).waitFor();
  // It is in sight, though it stands below what a view begins with.
  await expect.poll(() => focused(page)).toMatchObject({ id: 'start' });
  await page.getByText(/^All runs begin from .* \(.*brought along\)\.$/).waitFor();
  await page.locator('details.more summary').click();
  expect(await page.getByRole('textbox', { name: /^Width/ }).isDisabled()).toBe(true);
  await expectAccessible(page, 'start from');
  await expect.poll(() => button(page, 'Train again').isEnabled()).toBe(true);
  await button(page, 'Train again').click();
  await button(page, 'Discard and train').click();
  await page.getByText('Finished', { exact: true }).waitFor({ state: 'hidden' });
  await untilFinished(page);
  const [first] = await targetLosses(page, RUNS[0]);
  expect(first?.step).toBe(0);
  expect(Math.abs((first?.bits ?? Number.NaN) - lossBefore)).toBeLessThanOrEqual(SAME_LOSS);
});

test('models are kept and forgotten', async () => {
  await goTo(page, 'play');
  await button(models(page), `Keep ${RUNS[2]}`).click();
  await models(page)
    .getByText(/is kept: it stays/)
    .waitFor();
  const kept = models(page)
    .getByRole('listitem')
    .filter({ has: page.getByText('kept', { exact: true }) });
  await kept.getByRole('button', { name: `Forget ${RUNS[2]}` }).click();
  await kept.getByRole('button', { name: /^Forget for good/ }).click();
  await models(page)
    .getByText(/is forgotten/)
    .waitFor();
  await expect.poll(() => kept.count()).toBe(0);
});

test('what is no model is refused in words, by its file', async () => {
  const files = unzipSync(taken.content);
  const changed = (name: string, change: (bytes: Uint8Array) => Uint8Array) =>
    Buffer.from(
      zipSync(
        Object.fromEntries(
          Object.entries(files).map(([path, bytes]) => [path, path.endsWith(name) ? change(bytes) : bytes]),
        ),
      ),
    );
  const gpt = changed('config.json', (bytes) => {
    const config = JSON.parse(new TextDecoder().decode(bytes));
    return strToU8(JSON.stringify({ ...config, model_type: 'gpt2', architectures: ['GPT2LMHeadModel'] }));
  });
  const refused: readonly [name: string, content: Buffer, RegExp][] = [
    ['half.zip', taken.content.subarray(0, taken.content.length / 2), /half\.zip/],
    [
      'cut.zip',
      changed('model.safetensors', (bytes) => bytes.subarray(0, bytes.length - 100)),
      /model\.safetensors/,
    ],
    ['other.zip', gpt, /config\.json.*gpt2/i],
    ['story.zip', Buffer.from(zipSync({ 'story.txt': strToU8('Once upon a time') })), /config\.json/],
  ];
  for (const [name, content, words] of refused) {
    await models(page).getByLabel('A zip, or the files of one').setInputFiles(zip(name, content));
    await models(page).getByRole('alert').getByText(words).waitFor();
    expect(await axeFindings(page), name).toEqual([]);
  }
  await button(models(page), /^Close: /).click();
  await expect.poll(() => models(page).getByRole('alert').getByText(/story/).count()).toBe(0);
});

test('where ONNX Runtime cannot be loaded the page says so, and the rest of it lives', async () => {
  const other = await lab.visit({ at: 'play', mayComplain: true, shipped: 'none' });
  await other.context().route(/ort-wasm.*\.wasm/, (route) => route.abort());
  await untilOpen(other);
  await models(other).getByText('Nobody is here to write yet').waitFor();
  await models(other).getByLabel('A zip, or the files of one').setInputFiles(zip(taken.name, taken.content));
  await models(other)
    .getByText(/was brought along/)
    .waitFor();
  await button(writing(other), 'Write').click();
  await writing(other)
    .getByText(/ONNX Runtime/)
    .waitFor({ timeout: RUNTIME_MS });
  await expect.poll(() => button(writing(other), 'Write').isEnabled()).toBe(true);
  expect(await axeFindings(other)).toEqual([]);
  await other.context().unroute(/ort-wasm.*\.wasm/);
});

test('without a GPU a model that is brought along writes and scores; a check says what it needs', async () => {
  const browser = await launchChromium({ webgpu: false });
  try {
    const context = await browser.newContext();
    await routeShippedRuns(context, 'none');
    const other = await context.newPage();
    const complaints = gatherComplaints(other, [lab.address]);
    await other.goto(`${lab.address}#/play`);
    await models(other)
      .getByLabel('A zip, or the files of one')
      .setInputFiles(zip(taken.name, taken.content));
    await models(other)
      .getByText(/was brought along/)
      .waitFor();
    await button(writing(other), 'Write').click();
    await writing(other)
      .getByText(/^\d+ tokens? in /)
      .waitFor({ timeout: RUNTIME_MS });
    await scoring(other).getByLabel('A text in either language').fill('Paka anakula samaki.');
    await button(scoring(other), 'Score').click();
    await scoring(other).getByText('bits per byte').waitFor({ timeout: RUNTIME_MS });
    await checking(other)
      .getByText(/A check needs the engine, and the engine a GPU/)
      .waitFor();
    expect(await axeFindings(other)).toEqual([]);
    expect(complaints).toEqual([]);
  } finally {
    await browser.close();
  }
});

function zip(name: string, buffer: Buffer): { name: string; mimeType: string; buffer: Buffer } {
  return { name, mimeType: 'application/zip', buffer };
}
