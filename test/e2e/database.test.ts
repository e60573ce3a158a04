/** The browser's database keeps what every database promises, over killed tabs, full storage and tabs of other versions. */

import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Change } from '../../src/store/database.ts';
import { NewerDatabaseError, NoDatabaseError } from '../../src/store/idbDatabase.ts';
import { StorageFullError } from '../../src/store/store.ts';
import { describeDatabase } from '../store/databaseContract.ts';
import { bundleDatabase, DatabaseInBrowser } from './databaseInBrowser.ts';
import { launchChromium } from './labInBrowser.mjs';
import { serveNothing } from './storeInBrowser.ts';

let script: string;
let server: Awaited<ReturnType<typeof serveNothing>>;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let databases = 0;

beforeAll(async () => {
  [script, server, browser] = await Promise.all([
    bundleDatabase(),
    serveNothing(),
    launchChromium({ webgpu: false }),
  ]);
  context = await browser.newContext();
  page = await newPage();
});

afterAll(async () => {
  await browser?.close();
  server?.close();
});

async function newPage(): Promise<Page> {
  const made = await context.newPage();
  await made.goto(server.address);
  return made;
}

const nextName = () => `database-${databases++}`;
const open = (at: Page, name = nextName()) => DatabaseInBrowser.open(at, script, name);

describeDatabase('browser', () => open(page));

const setting = (key: string, put: string): Change => ({ shelf: 'settings', key, put });

test('what one tab has put another finds, also after the first was closed', async () => {
  const name = nextName();
  const tab = await newPage();
  const first = await open(tab, name);
  await first.change([setting('a', 'kept')]);
  const second = await open(page, name);
  expect(await second.get('settings', 'a')).toBe('kept');
  await second.change([setting('b', 'later')]);
  expect(await first.get('settings', 'b')).toBe('later');
  await tab.close();
  expect(await second.list('settings')).toHaveLength(2);
});

test('full storage is said, and of the changes none is made', async () => {
  const QUOTA_BYTES = 1_000_000;
  // An origin of its own: Chromium remembers for a while how much room an origin had.
  const other = await serveNothing();
  const tab = await context.newPage();
  await tab.goto(other.address);
  const protocol = await context.newCDPSession(tab);
  const { origin } = new URL(other.address);
  await protocol.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: QUOTA_BYTES });
  const database = await open(tab);
  await database.change([setting('old', 'stays')]);
  const large = 'x'.repeat(4 * QUOTA_BYTES);
  await expect(database.change([setting('old', 'new'), setting('large', large)])).rejects.toThrow(
    StorageFullError,
  );
  expect(await database.list('settings')).toEqual([{ key: 'old', value: 'stays' }]);
  await tab.close();
  other.close();
});

test('changes of which one cannot be made are none', async () => {
  const database = await open(page);
  const nowhere = Number.NaN as unknown as string;
  const changes: Change[] = [setting('a', 'new'), { shelf: 'settings', key: nowhere, put: 'x' }];
  await expect(database.change(changes)).rejects.toThrow();
  expect(await database.list('settings')).toEqual([]);
});

/** Opens a database as a version of the lab that does not exist yet. */
function openAsNewer(at: Page, name: string): Promise<number> {
  return at.evaluate(
    (called) =>
      new Promise<number>((resolve, reject) => {
        const request = indexedDB.open(called, 99);
        request.onsuccess = () => resolve(request.result.version);
        request.onerror = () => reject(request.error);
      }),
    name,
  );
}

test('a newer version of the lab in another tab is let in, and this one says so from then on', async () => {
  const name = nextName();
  const database = await open(page, name);
  await database.change([setting('a', 'kept')]);
  const newer = await newPage();
  // It would wait forever if this tab held on to the database.
  expect(await openAsNewer(newer, name)).toBe(99);
  await expect(database.get('settings', 'a')).rejects.toThrow(NewerDatabaseError);
  await newer.close();
});

test('what a newer version has written is not touched', async () => {
  const name = nextName();
  const newer = await newPage();
  await openAsNewer(newer, name);
  await expect(open(page, name)).rejects.toThrow(NewerDatabaseError);
  await newer.close();
});

test('a browser without a database is told from one that is full', async () => {
  const bare = await newPage();
  await bare.evaluate(() => Object.defineProperty(globalThis, 'indexedDB', { value: undefined }));
  await expect(open(bare)).rejects.toThrow(NoDatabaseError);
  await bare.close();
});

test('ten thousand runs are put and listed in pages quickly', async () => {
  const COUNT = 10_000;
  const PAGE = 500;
  /** Some hundred milliseconds on an idle machine; under load a page of the browser gets little of it. */
  const MOST_LISTING_MS = 15_000;
  const database = await open(page);
  const summary = { name: 'a run', pair: 'world:id with world:en', tags: { cell: 'x'.repeat(600) } };
  for (let from = 0; from < COUNT; from += 1000) {
    const keys = Array.from({ length: 1000 }, (_, index) => String(from + index).padStart(12, '0'));
    await database.change(keys.map((key) => ({ shelf: 'settings', key, put: summary }) as const));
  }
  const began = performance.now();
  let seen = 0;
  let after: string | null = null;
  for (;;) {
    const entries: { key: string }[] = await database.list('settings', { after, most: PAGE });
    seen += entries.length;
    if (entries.length < PAGE) break;
    after = entries.at(-1)?.key ?? null;
  }
  expect(seen).toBe(COUNT);
  expect(performance.now() - began).toBeLessThan(MOST_LISTING_MS);
});
