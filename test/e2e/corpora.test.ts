/** A person chooses texts: the built-in pair, files of other formats, and a corpus on another site. */

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { bytes } from '../../src/page/parts/format.ts';
import { gz, parquet } from '../text/readers/files.ts';
import { type CorpusServer, serveCorpora } from './corpusServer.ts';
import { untilOpen, useLab } from './lab.ts';
import { axeFindings, button, expectAccessible } from './page.ts';
import { file } from './texts.ts';
import {
  card,
  chartWords,
  field,
  fill,
  keepThree,
  pick,
  RUNS,
  runRow,
  TINY_PLAN,
  takeFrom,
  untilFinished,
  untilRead,
} from './train.ts';

const SENTENCES = Array.from({ length: 60 }, (_, i) => `Sentence ${i} of a small text, ${i * i} words long.`);
const CSV = ['title,body', ...SENTENCES.map((text, i) => `title ${i} of it,"${text}"`)].join('\n');
const TEXT = SENTENCES.join('\n');

const lab = useLab();
let corpora: CorpusServer;
let page: Page;

beforeAll(async () => {
  corpora = await serveCorpora({ '/small.txt': TEXT, '/closed.txt': 401 });
});

beforeEach(async () => {
  await page?.context().close();
  page = await lab.visit({ at: 'train', others: [corpora.address] });
  await untilOpen(page);
});

afterAll(() => corpora?.close());

test('the built-in pair trains above its entropy floor, which lies under the curves', async () => {
  await button(page, 'Use the built-in pair').click();
  await untilRead(page, 2);
  const target = card(page, 'Target text');
  await target.getByText('Built-in stories in Swahili').waitFor();
  const floor = await target.getByText(/No model can do better than [\d.]+ bits per byte/).textContent();
  expect(await target.locator('blockquote').first().getAttribute('lang')).toBe('sw');
  await target.getByText(/^\d\.\d+ bits\/byte$/).waitFor();
  await target.getByText('Statistics').click();
  await target.getByText('More of it').click();
  await expectAccessible(page);

  await keepThree(page);
  await fill(page, { ...TINY_PLAN, 'Target tokens': '4096', 'Tokens per run': '8192' });
  await button(page, 'Train').click();
  await untilFinished(page);
  const words = await chartWords(page);
  const [, said] = /Entropy floor, no model does better: ([\d.]*\d)/.exec(words) ?? [];
  expect(floor).toContain(`${said} bits`);
  expect(words).toMatch(/n-gram reference, knows spelling alone: [\d.]+/);
  for (const run of RUNS) {
    expect(Number((await runRow(page, run)).Target), run).toBeGreaterThan(Number(said));
  }
  await expectAccessible(page);
  // A record holds what its run was held against.
  await page.reload();
  await untilFinished(page);
  await expect.poll(() => chartWords(page)).toBe(words);
});

test('a table with two columns of text offers them, and is read by the one that is chosen', async () => {
  await pick(page, 'Target text', file('table.csv.gz', gz(CSV)));
  const target = card(page, 'Target text');
  await target.getByText(/not plain which column/).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await target.locator('.found').getByLabel('Text column').selectOption('body');
  await button(page, 'Take this column').click();
  await untilRead(page, 1);
  await target.getByText('table.csv.gz').first().waitFor();
  await target
    .getByText(/^Sentence \d+ of a small text/)
    .first()
    .waitFor();
});

test('a compressed parquet file is read, column by column, under the policy of the page', async () => {
  const columns = [
    { name: 'id', data: SENTENCES.map((_, i) => i) },
    { name: 'text', data: SENTENCES },
  ];
  // The worker unpacks it; the words in the page do not bind it, those of the server do.
  const scripts = await page.evaluate(() =>
    performance.getEntriesByType('resource').flatMap(({ name }) => (name.endsWith('.js') ? [name] : [])),
  );
  const worker = scripts.find((address) => /worker/i.test(address)) ?? 'no worker';
  const policy = (await page.request.get(worker)).headers()['content-security-policy'] ?? '';
  expect(policy).toMatch(
    /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval';.* frame-ancestors 'none'$/,
  );
  await pick(page, 'Source text', file('rows.parquet', parquet(columns, { codec: 'SNAPPY' })));
  await untilRead(page, 1);
  await card(page, 'Source text').getByText('rows.parquet').first().waitFor();
});

test('a corpus on another site says what it takes before it is fetched', async () => {
  await takeFrom(page, 'Target text', 'Address');
  const target = card(page, 'Target text');
  await field(page, 'Address').fill('file:/etc/hosts');
  await target.getByText(/choose “My files”/).waitFor();
  const ask = target.getByRole('button', { name: 'Show what will be fetched' });
  expect(await ask.isDisabled()).toBe(true);
  await field(page, 'Address').fill(`${corpora.address}/small.txt`);
  await ask.click();
  await target.getByText('One file on the server').waitFor();
  await target.getByText(`about ${bytes(Buffer.byteLength(TEXT))}`).waitFor();
  await expectAccessible(page);
  expect(corpora.asked.filter((path) => path === '/small.txt')).not.toEqual([]);
  await button(page, 'Fetch and read').click();
  await untilRead(page, 1);
  await ask.click();
  await target.getByText('nothing, it is kept here').waitFor();
});

test.each([
  ['/gone.txt', /has nothing at this address \(status 404\)/],
  ['/closed.txt', /only after a login or an agreement \(status 401\)/],
])('%s is refused in words where it was typed', async (path, words) => {
  await takeFrom(page, 'Source text', 'Address');
  await field(page, 'Address').fill(`${corpora.address}${path}`);
  await card(page, 'Source text').getByRole('button', { name: 'Show what will be fetched' }).click();
  await card(page, 'Source text').getByText(words).waitFor();
  expect(await axeFindings(page)).toEqual([]);
});

test('the corpora of the world are shown with their licence and size, and nothing is asked of anybody', async () => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await takeFrom(page, 'Target text', 'Corpora of the world');
  const target = card(page, 'Target text');
  expect(await target.getByLabel('Wikipedia in').inputValue()).toContain('20231101.sw');
  await target.getByText('CC BY-SA 3.0 and GFDL').waitFor();
  await target.getByText('35.9').waitFor();
  await expectAccessible(page);
  expect(asked).toEqual([]);
});

test('pieces of words are trained before the fleet, and their fertility is shown', async () => {
  await button(page, 'Use the built-in pair').click();
  await untilRead(page, 2);
  await keepThree(page);
  await fill(page, { ...TINY_PLAN, 'Tokens per run': '8192' });
  await page.getByLabel('Tokens are').selectOption('bpe');
  await field(page, 'Vocabulary').fill('512');
  await button(page, 'Train').click();
  await untilFinished(page);
  await card(page, 'Target text').getByText('Tokens a word').waitFor();
  await card(page, 'Source text').getByText('Bytes a token').waitFor();
  expect(await axeFindings(page)).toEqual([]);
});
