/** What the page does about the misfortunes of a browser: damaged storage, other tabs, a worker that dies. */

import type { BrowserContext, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { parseTrainConfig } from '../../src/formats/config.ts';
import { untilOpen, useLab } from './lab.ts';
import { axeFindings, button } from './page.ts';
import { textFile } from './texts.ts';
import { pick, untilRead } from './train.ts';

const lab = useLab();

/** A fresh profile, and Train in it; what misfortunes say on the console is no complaint. */
async function visitTrain(
  before: (context: BrowserContext) => Promise<unknown> = async () => {},
): Promise<Page> {
  const context = await lab.context();
  await before(context);
  return lab.visit({ at: 'train', context, mayComplain: true });
}

/** Holds the lock under which tabs change the session, until the function that it gives is called. */
async function holdNotes(holder: Page): Promise<() => Promise<void>> {
  await holder.evaluate(
    () =>
      new Promise<void>((held) => {
        void navigator.locks.request('m3lab-notes', () => {
          held();
          return new Promise<void>((release) => Object.assign(window, { release }));
        });
      }),
  );
  return () => holder.evaluate(() => (window as unknown as { release(): void }).release());
}

async function untilNotesAreAwaited(at: Page): Promise<void> {
  const waiting = () =>
    at.evaluate(async () => {
      const { pending } = await navigator.locks.query();
      return pending?.some(({ name }) => name === 'm3lab-notes') ?? false;
    });
  await expect.poll(waiting).toBe(true);
}

test('a damaged fleet is shown as one, and discarded', async () => {
  const page = await visitTrain();
  await untilOpen(page);
  const config = parseTrainConfig(
    {
      version: 1,
      name: 'monolingual',
      corpora: { target: 'file:a', source: 'file:b' },
      model: {},
      recipe: { targetTokens: 1000, epochs: 1, ratio: 1 },
    },
    'monolingual',
  );
  const fleet = {
    folder: 'fleets/one',
    configs: [config],
    corpora: { target: 'gone', source: 'gone' },
    begunAt: 0,
    finished: true,
  };
  const session = JSON.stringify({ version: 1, corpora: { target: null, source: null }, fleet });
  await page.evaluate(async (text) => {
    const origin = await navigator.storage.getDirectory();
    const root = await origin.getDirectoryHandle('m3lab', { create: true });
    const fleets = await root.getDirectoryHandle('fleets', { create: true });
    const folder = await fleets.getDirectoryHandle('one', { create: true });
    const run = await folder.getDirectoryHandle('monolingual', { create: true });
    await run.getFileHandle('run.json', { create: true });
    const file = await (await root.getFileHandle('session.json', { create: true })).createWritable();
    await file.write(text);
    await file.close();
  }, session);
  await page.reload();
  await untilOpen(page);
  await page.getByText(/monolingual: .*run\.json/i).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await button(page, 'Discard it').click();
  await button(page, 'Train').waitFor();
  await page.reload();
  await untilOpen(page);
  expect(await button(page, 'Discard it').count()).toBe(0);
});

test('a tab waits for its turn to note a text', async () => {
  const page = await visitTrain();
  const other = await lab.visit({ at: 'train', context: page.context() });
  const release = await holdNotes(other);
  await pick(page, 'Target text', await textFile('sw', 'poor.txt', 6000));
  await untilNotesAreAwaited(page);
  expect(await page.getByText('SHA-256').count()).toBe(0);
  await release();
  await untilRead(page, 1);
});

test('a worker that cannot be loaded answers with words', async () => {
  const page = await visitTrain((context) =>
    context.route('**/lab.worker-*.js', (route) => route.fulfill({ status: 404, body: '' })),
  );
  await page
    .getByText(/worker has stopped: it could not be loaded/)
    .first()
    .waitFor();
  await page.getByText('The lab did not start', { exact: true }).waitFor();
  expect(await page.getByText('Looking for the GPU').count()).toBe(0);
  await pick(page, 'Target text', await textFile('sw', 'poor.txt', 6000));
  await page
    .getByText(/worker has stopped/)
    .nth(1)
    .waitFor();
});

test('a worker that dies with a command unanswered answers with words', async () => {
  const page = await visitTrain();
  await untilOpen(page);
  await holdNotes(page);
  await pick(page, 'Target text', await textFile('sw', 'poor.txt', 6000));
  await untilNotesAreAwaited(page);
  await page.workers()[0]?.evaluate(() => {
    setTimeout(() => {
      throw new Error('out of luck');
    });
  });
  // Once above, once at the text's card.
  await page
    .getByText(/worker has stopped: .*out of luck/)
    .nth(1)
    .waitFor();
});

test('a lab that cannot be opened says why', async () => {
  // An error that nobody foresaw; a browser without storage is one that was.
  const break_ = 'Object.defineProperty(navigator, "gpu", { get() { throw new Error("no way in"); } });';
  const page = await visitTrain((context) =>
    context.route('**/lab.worker-*.js', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${break_}${await response.text()}` });
    }),
  );
  await page
    .getByText(/no way in/)
    .first()
    .waitFor();
});
