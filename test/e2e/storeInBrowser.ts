/** An OPFS store in a real browser, as a store here: each call is made over there, and its errors come back as ours. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Page, Worker } from 'playwright-core';
import { build } from 'vite';
import { MissingFileError, StorageFullError, type Store, StorePathError } from '../../src/store/store.ts';

const ENTRY = fileURLToPath(new URL('../../src/store/opfs.ts', import.meta.url));

/** What the script of {@link bundleStore} leaves in the browser. */
type Bundled = { OpfsModule: { OpfsStore: { open(name: string): Promise<Store> } } };

/** The store's module as one script that a page or a worker evaluates. */
export async function bundleStore(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: { write: false, minify: false, lib: { entry: ENTRY, formats: ['iife'], name: 'OpfsModule' } },
  });
  const [bundle] = Array.isArray(built) ? built : [built];
  if (!bundle || !('output' in bundle)) throw new Error('the store was not bundled');
  return bundle.output[0].code;
}

/** Serves empty pages: OPFS is there for origins only. */
export async function serveNothing(): Promise<{ address: string; close: () => void }> {
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end('<!doctype html><title>Nothing</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

/** A worker of the page that has sync access handles alone, as in Safari before 26. */
export async function workerWithSyncHandlesOnly(page: Page): Promise<Worker> {
  const started = page.waitForEvent('worker');
  await page.evaluate(() => {
    const script = 'delete FileSystemFileHandle.prototype.createWritable;';
    new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
  });
  return started;
}

export class StoreInBrowser implements Store {
  readonly #place: Pick<Page, 'evaluate'>;
  readonly #folder: string;

  private constructor(place: Pick<Page, 'evaluate'>, folder: string) {
    this.#place = place;
    this.#folder = folder;
  }

  /** Opens the store `folder` in a page or worker, which evaluates `script` for it. */
  static async open(place: Pick<Page, 'evaluate'>, script: string, folder: string): Promise<StoreInBrowser> {
    await place.evaluate(`${script}; globalThis.OpfsModule = OpfsModule`);
    return new StoreInBrowser(place, folder);
  }

  async read(path: string): Promise<Uint8Array | null> {
    const found = await this.#call('read', path);
    return found === null ? null : Uint8Array.from(found as number[]);
  }

  async write(path: string, bytes: Uint8Array): Promise<void> {
    await this.#call('write', path, [...bytes]);
  }

  async create(path: string, bytes: Uint8Array): Promise<boolean> {
    return (await this.#call('create', path, [...bytes])) as boolean;
  }

  async move(from: string, to: string): Promise<void> {
    await this.#call('move', from, to);
  }

  async remove(path: string): Promise<void> {
    await this.#call('remove', path);
  }

  async size(path: string): Promise<number | null> {
    return (await this.#call('size', path)) as number | null;
  }

  async list(prefix: string): Promise<string[]> {
    return (await this.#call('list', prefix)) as string[];
  }

  /** Bytes cross as numbers. */
  async #call(method: keyof Store, path: string, more?: string | readonly number[]): Promise<unknown> {
    const answer = await this.#place.evaluate(
      async ([folder, method, path, more]) => {
        const store = await (globalThis as unknown as Bundled).OpfsModule.OpfsStore.open(folder);
        const call = store[method] as (path: string, more: unknown) => Promise<unknown>;
        try {
          const value = await call.call(store, path, Array.isArray(more) ? Uint8Array.from(more) : more);
          return { value: value instanceof Uint8Array ? [...value] : value };
        } catch (error) {
          return error instanceof Error ? { error: error.name, words: error.message } : { error: 'unknown' };
        }
      },
      [this.#folder, method, path, more] as const,
    );
    if (!('error' in answer)) return answer.value;
    if (answer.error === 'MissingFileError') throw new MissingFileError(path);
    if (answer.error === 'StorePathError') throw new StorePathError(path);
    if (answer.error === 'StorageFullError') throw new StorageFullError(path, more?.length ?? 0);
    throw new Error(`${answer.error}: ${answer.words}`);
  }
}
