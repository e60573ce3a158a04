/** The browser's private file system keeps what every store promises, even when its tab is killed. */

import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { StorageFullError } from '../../src/store/store.ts';
import { bytes, describeStore, text } from '../store/contract.ts';
import { launchChromium } from './labInBrowser.mjs';
import { bundleStore, StoreInBrowser, serveNothing, workerWithSyncHandlesOnly } from './storeInBrowser.ts';

let script: string;
let server: Awaited<ReturnType<typeof serveNothing>>;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let folders = 0;

beforeAll(async () => {
  [script, server, browser] = await Promise.all([
    bundleStore(),
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

function open(at: Parameters<typeof StoreInBrowser.open>[0], folder = `store-${folders++}`) {
  return StoreInBrowser.open(at, script, folder);
}

describeStore('OPFS', () => open(page));
describeStore('OPFS with sync access handles alone', async () => open(await workerWithSyncHandlesOnly(page)));

test('a file that is replaced while it is being read is read anew', async () => {
  const folder = `store-${folders++}`;
  const tab = await newPage();
  const store = await open(tab, folder);
  await store.write('a', bytes('old'));
  await tab.evaluate((name) => {
    const read = Blob.prototype.arrayBuffer;
    Blob.prototype.arrayBuffer = async function (this: Blob) {
      Blob.prototype.arrayBuffer = read;
      const root = await (await navigator.storage.getDirectory()).getDirectoryHandle(name);
      const other = await root.getFileHandle('b', { create: true });
      const stream = await other.createWritable();
      await stream.write('the new one');
      await stream.close();
      await (other as unknown as { move(to: object, name: string): Promise<void> }).move(root, 'a');
      return read.call(this);
    };
  }, folder);
  expect(text(await store.read('a'))).toBe('the new one');
  await tab.close();
});

describe('a tab that is killed while it writes', () => {
  let store: StoreInBrowser;
  let folder: string;

  /** Begins a write in a tab of its own, and closes the tab when the bytes are written and nothing is closed. */
  async function killWhileWriting(path: string, content: string): Promise<void> {
    const tab = await newPage();
    const dying = await open(tab, folder);
    await tab.evaluate(() => {
      FileSystemWritableFileStream.prototype.close = () => {
        document.title = 'closing';
        return new Promise(() => {});
      };
    });
    void dying.write(path, bytes(content)).catch(() => {});
    await tab.waitForFunction(() => document.title === 'closing');
    await tab.close();
  }

  beforeEach(async () => {
    folder = `killed-${folders++}`;
    store = await open(page, folder);
  });

  test('leaves no file where there was none', async () => {
    await killWhileWriting('next/commit.json', '{"files":[]}');
    expect(await store.read('next/commit.json')).toBeNull();
    expect(await store.list('')).toEqual([]);
  });

  test('leaves the old file where there was one, and does not stand in the way of the next write', async () => {
    await store.write('run.json', bytes('old'));
    await killWhileWriting('run.json', 'half of the new one');
    expect(text(await store.read('run.json'))).toBe('old');
    await store.write('run.json', bytes('new'));
    expect(text(await store.read('run.json'))).toBe('new');
    expect(await store.list('')).toEqual(['run.json']);
  });
});

test('full storage is said with its bytes, and leaves the old file', async () => {
  /** Room for the old file and the browser's own books, none for the new file. */
  const QUOTA_BYTES = 64_000;
  const store = await open(page);
  await store.write('run.json', bytes('old'));
  const protocol = await context.newCDPSession(page);
  const origin = new URL(server.address).origin;
  await protocol.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: QUOTA_BYTES });
  try {
    await expect(store.write('run.json', new Uint8Array(2 * QUOTA_BYTES))).rejects.toThrow(StorageFullError);
  } finally {
    await protocol.send('Storage.overrideQuotaForOrigin', { origin });
  }
  expect(text(await store.read('run.json'))).toBe('old');
  expect(await store.list('')).toEqual(['run.json']);
});
