/** What takes room is listed and removed thing by thing, and everything is taken along and brought back. */

import { strToU8, unzipSync, zipSync } from 'fflate';
import { beforeEach, describe, expect, test } from 'vitest';
import { BACKUP_FILES } from '../../../src/formats/backup.ts';
import type { JsonValue } from '../../../src/formats/json.ts';
import type { QueuedSweep } from '../../../src/formats/queuedSweep.ts';
import { QueueStore } from '../../../src/store/database.ts';
import { MemoryStore } from '../../../src/store/memory.ts';
import { MemoryDatabase } from '../../../src/store/memoryDatabase.ts';
import type { StoredItem } from '../../../src/worker/api/storage.ts';
import { TRAINING } from '../../../src/worker/lock.ts';
import { openLab, picked } from '../lab.ts';
import { numbered, withLoss } from '../library/shelf.ts';

const SENTENCES = Array.from({ length: 40 }, (_, index) => `Sentence ${index} of a small text, not long.`);
const TABLE = { id: 't1', name: 'cluster.csv', text: 'N,loss\n1,2\n', choices: { loss: 'loss' }, at: 5 };

const LAW = { version: 1, name: 'mine', formula: 'E + A / N^alpha' };

const SWEEP: QueuedSweep = {
  version: 1,
  name: 'Epochs',
  addedAt: 0,
  design: '{}',
  perRound: null,
  texts: [],
  paused: true,
  stopped: [],
  refused: [],
  failure: null,
  done: false,
  runs: 8,
  finished: 3,
  flops: 1,
  flopsDone: 0,
};

/** A browser: its files, its database, and the lab in it. */
function browser() {
  const store = new MemoryStore();
  const database = new MemoryDatabase();
  const lab = openLab(undefined, store, { database: Promise.resolve(database) });
  const file = (name: string, content: BlobPart) => new File([content], name);
  return {
    ...lab,
    store,
    queue: new QueueStore(Promise.resolve(database)),
    items: async (): Promise<readonly StoredItem[]> => (await lab.must({ command: 'storage' })).items,
    importRuns: (...runs: unknown[]) =>
      lab.must({
        command: 'importRuns',
        files: [file('runs.jsonl', runs.map((run) => JSON.stringify(run)).join('\n'))],
      }),
    readText: () =>
      lab.must({
        command: 'readCorpus',
        side: 'target',
        origin: picked(file('sw.txt', SENTENCES.join('\n'))),
      }),
    listed: async () => {
      const { runs } = await lab.must({ command: 'runs', after: null });
      return runs.map(({ summary }) => summary);
    },
  };
}

type Browser = ReturnType<typeof browser>;

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** A browser with something of everything. */
async function fullBrowser(): Promise<Browser> {
  const full = browser();
  await full.readText();
  await full.importRuns(numbered(1), numbered(2));
  await full.must({ command: 'keepTable', table: TABLE });
  await full.must({ command: 'keepSetting', name: 'ownLaws', value: [LAW] });
  await full.queue.put([{ id: 's1', place: 0, value: SWEEP as unknown as JsonValue }]);
  await full.store.write('sweeps/s1/manifest.jsonl', bytesOf('{}\n'));
  await full.store.write('tuning/a.json', bytesOf('{}'));
  await full.store.write('old/thing.bin', new Uint8Array(100));
  return full;
}

describe('what is kept', () => {
  test('tables and settings are kept, listed and removed', async () => {
    const { must } = browser();
    await must({ command: 'keepTable', table: TABLE });
    await must({ command: 'keepTable', table: { ...TABLE, id: 't2', at: 6 } });
    const { text: _, ...listed } = TABLE;
    expect(await must({ command: 'tables' })).toEqual([{ ...listed, id: 't2', at: 6 }, listed]);
    expect(await must({ command: 'table', id: 't1' })).toEqual(TABLE);
    await must({ command: 'removeTable', id: 't1' });
    expect(await must({ command: 'table', id: 't1' })).toBeNull();
    expect(await must({ command: 'setting', name: 'a' })).toBeNull();
    await must({ command: 'keepSetting', name: 'a', value: [1] });
    expect(await must({ command: 'setting', name: 'a' })).toEqual([1]);
    await must({ command: 'keepSetting', name: 'a', value: null });
    expect(await must({ command: 'setting', name: 'a' })).toBeNull();
  });

  test('is listed with its size and what would be lost', async () => {
    const items = await (await fullBrowser()).items();
    const kinds = items.map(({ kind }) => kind);
    expect(kinds).toEqual(['sweep', 'text', 'runs', 'table', 'settings', 'measured', 'other']);
    for (const { bytes, loss, title } of items) {
      expect(bytes).toBeGreaterThan(0);
      expect(loss).toMatch(/\.$/);
      expect(title).not.toBe('');
    }
    expect(items[1]).toMatchObject({ title: 'sw.txt', detail: 'open in Train' });
  });

  test('is removed thing by thing, and only once', async () => {
    const full = await fullBrowser();
    for (const { id } of await full.items()) await full.must({ command: 'removeStored', id });
    expect(await full.items()).toEqual([]);
    expect(await full.store.list('')).toEqual(['session.json']);
    expect(await full.listed()).toEqual([]);
    // A page that shows a text must not go on as if it were there.
    expect(full.events).toContainEqual({ event: 'closed', side: 'target' });
    expect(await full.send({ command: 'removeStored', id: 'table:t1' })).toMatchObject({
      ok: false,
      failure: { kind: 'not-now' },
    });
  });

  test('in memory alone is said', async () => {
    const { must } = browser();
    expect(await must({ command: 'storage' })).toMatchObject({
      fleeting: ['files', 'records'],
      quotaBytes: null,
      persisted: false,
    });
  });

  test('is held against what the browser allows', async () => {
    const storage = { estimate: async () => ({ quota: 10, usage: 4 }), persisted: async () => true };
    const { must } = openLab(undefined, new MemoryStore(), { storage });
    expect(await must({ command: 'storage' })).toMatchObject({
      quotaBytes: 10,
      usageBytes: 4,
      persisted: true,
    });
  });
});

describe('everything taken along', () => {
  let full: Browser;
  let backup: File;

  const taken = async (from: Browser, without: readonly ('texts' | 'checkpoints')[] = []) =>
    new File([await from.must({ command: 'takeAlong', without })], 'm3lab.zip');
  const bring = (to: Browser, file = backup) => to.must({ command: 'bringBack', file, replaceFleet: false });
  /** The same file with some of the files in it changed. */
  async function changed(change: (files: Record<string, Uint8Array>) => void): Promise<File> {
    const files = unzipSync(new Uint8Array(await backup.arrayBuffer()));
    change(files);
    return new File([zipSync(files) as Uint8Array<ArrayBuffer>], 'm3lab.zip');
  }

  beforeEach(async () => {
    full = await fullBrowser();
    backup = await taken(full);
  });

  test('is all there in another browser', async () => {
    const facts = await full.must({ command: 'inspectBackup', file: backup });
    expect(facts).toMatchObject({ lab: 'test', runs: 2, tables: 1, sweeps: 1, texts: 1, fleet: false });
    const other = browser();
    const { runs, leftOut, hasSmallThings } = await bring(other);
    expect(runs).toMatchObject({ taken: 2, refusedCount: 0 });
    expect(leftOut).toEqual([]);
    expect(hasSmallThings).toBe(true);
    expect(await other.listed()).toEqual(await full.listed());
    expect(await other.must({ command: 'record', id: numbered(1).id })).toEqual(numbered(1));
    expect(await other.must({ command: 'table', id: 't1' })).toEqual(TABLE);
    expect(await other.must({ command: 'setting', name: 'ownLaws' })).toEqual([LAW]);
    expect(await other.queue.list()).toMatchObject([{ id: 's1', value: { name: 'Epochs', paused: true } }]);
    expect(await other.store.list('sweeps')).toEqual(['sweeps/s1/manifest.jsonl']);
    expect((await other.must({ command: 'open' })).corpora.target?.name).toBe('sw.txt');
    // What was measured on one device says nothing of another; what is left over is not worth taking.
    expect(await other.store.list('tuning')).toEqual([]);
    expect(await other.store.list('old')).toEqual([]);
  });

  test('is there at once: the page is told of the text that is open now, and of the runs', async () => {
    const other = browser();
    await other.must({ command: 'open' });
    await bring(other);
    const opened = other.events.flatMap((event) => (event.event === 'corpus' ? [event.facts] : []));
    expect(opened).toMatchObject([{ side: 'target', name: 'sw.txt' }]);
    expect(other.events.some(({ event }) => event === 'recorded')).toBe(true);
    const bytes = { kind: 'bytes' } as const;
    const reference = await other.must({ command: 'reference', targetTokens: 200, tokenizer: bytes });
    expect(reference.bitsPerByte).toBeGreaterThan(0);
  });

  test('changes nothing where it is there already', async () => {
    const before = [await full.listed(), await full.store.list('')];
    full.events.length = 0;
    const { runs, taken: added, leftOut, hasSmallThings } = await bring(full);
    expect(hasSmallThings).toBe(false);
    expect(full.events.map(({ event }) => event)).not.toContain('corpus');
    expect(runs).toMatchObject({ taken: 0, known: 2 });
    expect(added).toEqual([]);
    expect(leftOut).toEqual([expect.stringContaining('the sweep Epochs')]);
    // A page that hears of a saved fleet puts its settings into the form.
    expect(full.events.filter(({ event }) => event === 'saved')).toEqual([]);
    expect([await full.listed(), await full.store.list('')]).toEqual(before);
  });

  test('does not replace what is here and is another, and says so', async () => {
    const other = browser();
    await other.importRuns(withLoss(numbered(1), 1.9));
    await other.must({ command: 'keepTable', table: { ...TABLE, text: 'N,loss\n3,4\n' } });
    const law = { ...LAW, formula: 'E' };
    await other.must({ command: 'keepSetting', name: 'ownLaws', value: [law] });
    const { runs, leftOut } = await bring(other);
    expect(runs).toMatchObject({ taken: 1, differing: [numbered(1).id] });
    expect(leftOut).toEqual([
      expect.stringContaining('the table cluster.csv'),
      expect.stringContaining('your law “mine”'),
    ]);
    expect((await other.must({ command: 'table', id: 't1' }))?.text).toContain('3,4');
    expect(await other.must({ command: 'setting', name: 'ownLaws' })).toEqual([law]);
  });

  test('puts laws of one’s own beside those that are here', async () => {
    const other = browser();
    const here = [{ ...LAW, name: 'yours' }];
    await other.must({ command: 'keepSetting', name: 'ownLaws', value: here });
    const { taken: added, leftOut, hasSmallThings } = await bring(other);
    expect(added).toContain('your law “mine”');
    expect(leftOut).toEqual([]);
    expect(hasSmallThings).toBe(true);
    expect(await other.must({ command: 'setting', name: 'ownLaws' })).toEqual([...here, LAW]);
    expect((await bring(other)).hasSmallThings).toBe(false);
  });

  test('says of what another version noted that it was left out, and takes the rest', async () => {
    const file = await changed((files) => {
      files[BACKUP_FILES.session] = strToU8('{"version":2}');
    });
    const { runs, leftOut } = await bring(browser(), file);
    expect(runs.taken).toBe(2);
    expect(leftOut).toEqual([expect.stringContaining('the open texts and the fleet')]);
  });

  test('replaces no fleet while another tab trains, which may be at it', async () => {
    const locks = {
      request: async (name: string, ...rest: unknown[]) => {
        const action = rest.at(-1) as (lock: object | null) => unknown;
        return action(name === TRAINING ? null : { name });
      },
      query: async () => ({ held: [], pending: [] }),
    } as unknown as LockManager;
    const other = openLab(undefined, new MemoryStore(), { locks });
    const command = { command: 'bringBack', file: backup, replaceFleet: true } as const;
    expect(await other.send(command)).toMatchObject({ ok: false, failure: { kind: 'busy' } });
    expect((await other.must({ command: 'runs', after: null })).runs).toEqual([]);
    // Nor are checkpoints copied that may change meanwhile.
    expect(await other.send({ command: 'takeAlong', without: [] })).toMatchObject({
      ok: false,
      failure: { kind: 'not-now', message: expect.stringContaining('leave out checkpoints') },
    });
    expect(await other.send({ command: 'takeAlong', without: ['checkpoints'] })).toMatchObject({ ok: true });
  });

  test('can leave out texts and checkpoints', async () => {
    const small = await taken(full, ['texts', 'checkpoints']);
    const names = Object.keys(unzipSync(new Uint8Array(await small.arrayBuffer())));
    expect(names.filter((name) => name.startsWith(BACKUP_FILES.files))).toEqual([]);
    const other = browser();
    await bring(other, small);
    expect(await other.listed()).toHaveLength(2);
    expect(await other.queue.list()).toEqual([]);
  });

  const about = (change: object) => (files: Record<string, Uint8Array>) => {
    const json = JSON.parse(new TextDecoder().decode(files[BACKUP_FILES.about])) as object;
    files[BACKUP_FILES.about] = strToU8(JSON.stringify({ ...json, ...change }));
  };

  test.each<[string, () => Promise<File>, RegExp]>([
    [
      'of a newer version',
      () => changed(about({ version: 2 })),
      /newer version of the lab \(its format is 2/,
    ],
    ['that is another archive', () => changed((files) => delete files[BACKUP_FILES.about]), /no m3lab\.json/],
    ['that is no archive', async () => new File(['hello'], 'm3lab.zip'), /no zip archive/],
    [
      'that is cut off',
      async () => new File([backup.slice(0, backup.size - 200)], 'm3lab.zip'),
      /damaged or cut off/,
    ],
    [
      'in which a byte is wrong',
      async () => {
        const bytes = new Uint8Array(await backup.arrayBuffer());
        const at = Math.floor(bytes.length / 3);
        bytes[at] = 255 - (bytes[at] ?? 0);
        return new File([bytes], 'm3lab.zip');
      },
      /damaged|not known|missing/,
    ],
  ])('in a file %s is refused, and nothing of it is taken', async (_, make, words) => {
    const other = browser();
    const file = await make();
    for (const command of [
      { command: 'inspectBackup', file },
      { command: 'bringBack', file, replaceFleet: true },
    ] as const) {
      expect(await other.send(command)).toMatchObject({
        ok: false,
        failure: { kind: 'file', message: expect.stringMatching(words) },
      });
    }
    expect(await other.listed()).toEqual([]);
    expect(await other.store.list('')).toEqual([]);
  });
});
