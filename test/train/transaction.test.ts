import { expect, test } from 'vitest';
import { MemoryStore } from '../../src/store/memory.ts';
import type { Store } from '../../src/store/store.ts';
import { readTogether, settle, writeTogether } from '../../src/train/checkpoint/transaction.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const generation = (mark: string) =>
  new Map(['model', 'state', 'run'].map((name) => [name, bytes(`${name} ${mark}`)] as const));

/** A store that dies at its n-th change: that change and all later ones fail. */
class DyingStore extends MemoryStore {
  changesLeft = Number.POSITIVE_INFINITY;

  #change(): void {
    if (this.changesLeft-- <= 0) throw new Error('killed');
  }
  override async write(path: string, content: Uint8Array): Promise<void> {
    this.#change();
    await super.write(path, content);
  }
  override async move(from: string, to: string): Promise<void> {
    this.#change();
    await super.move(from, to);
  }
  override async remove(path: string): Promise<void> {
    this.#change();
    await super.remove(path);
  }
}

async function readAll(store: Store, folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of ['model', 'state', 'run']) {
    const content = await readTogether(store, folder, name);
    found.push(content ? new TextDecoder().decode(content) : 'nothing');
  }
  return found;
}

test.each(['runs/a', ''])(
  'killed at any change in folder "%s", the files are all old or all new',
  async (folder) => {
    const old = [...generation('old').values()].map((content) => new TextDecoder().decode(content));
    const fresh = old.map((text) => text.replace('old', 'new'));
    let sawOld = 0;
    let sawNew = 0;
    for (let changes = 0; ; changes++) {
      const store = new DyingStore();
      await writeTogether(store, folder, generation('old'));
      store.changesLeft = changes;
      let killed = false;
      try {
        await writeTogether(store, folder, generation('new'));
      } catch {
        killed = true;
      }
      const found = await readAll(store, folder);
      expect([old, fresh]).toContainEqual(found);
      if (found[0] === old[0]) sawOld++;
      else sawNew++;
      // What is left is put in order by the next that comes, and stays what it was.
      store.changesLeft = Number.POSITIVE_INFINITY;
      await settle(store, folder);
      expect(await readAll(store, folder)).toEqual(found);
      expect((await store.list(folder)).length).toBe(3);
      if (!killed) break;
    }
    // Settling, three files and the commit before the switch; three moves and the clearing after it.
    expect([sawOld, sawNew]).toEqual([5, 5]);
  },
);

test.each(['', '{"fil', 'null', '{"files":3}'])(
  'a commit cut short to %j commits nothing: the old files count, and the next save goes through',
  async (cut) => {
    const store = new MemoryStore();
    await writeTogether(store, 'run', generation('old'));
    await store.write('run/next/model', bytes('model half'));
    await store.write('run/next/commit.json', bytes(cut));
    expect(await readAll(store, 'run')).toEqual(['model old', 'state old', 'run old']);
    await writeTogether(store, 'run', generation('new'));
    expect(await readAll(store, 'run')).toEqual(['model new', 'state new', 'run new']);
    expect((await store.list('run')).length).toBe(3);
  },
);

test('files that are not in the new generation stay', async () => {
  const store = new MemoryStore();
  await writeTogether(store, 'run', generation('old'));
  await writeTogether(store, 'run', new Map([['state', bytes('newer')]]));
  expect(await readAll(store, 'run')).toEqual(['model old', 'newer', 'run old']);
});
