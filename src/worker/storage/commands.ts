/** Commands about what is kept in this browser: small things, what takes room, and all of it as one file. */

import type { Database } from '../../store/database.ts';
import { MemoryStore } from '../../store/memory.ts';
import { MemoryDatabase } from '../../store/memoryDatabase.ts';
import type { StorageCommand, StorageFacts, StorageReply } from '../api/storage.ts';
import { seldom } from '../seldom.ts';
import type { Handlers } from '../serve.ts';
import { bringBack, inspectBackup } from './backup/bringing.ts';
import { MOST_BYTES } from './backup/errors.ts';
import { takeAlong } from './backup/taking.ts';
import { storedItems } from './items.ts';
import type { StorageParts } from './parts.ts';
import { removeStored } from './removing.ts';

/** Progress is told no more often than this. */
const PROGRESS_MS = 100;

export type StorageOptions = StorageParts & {
  readonly database: Promise<Database>;
  /** What the browser says of its storage. */
  readonly storage?: Pick<StorageManager, 'estimate' | 'persisted'> | undefined;
  readonly versions: Readonly<Record<string, string>>;
};

export function storageCommands(options: StorageOptions): Handlers<StorageCommand, StorageReply> {
  const { small, teller, versions } = options;
  const onShare = seldom(
    PROGRESS_MS,
    (share: number) => teller.tell({ event: 'storing', share }),
    (share) => share === 1,
  );
  return {
    tables: () => small.tables(),
    keepTable: ({ table }) => done(small.keepTable(table)),
    table: ({ id }) => small.table(id),
    removeTable: ({ id }) => done(small.removeTable(id)),
    setting: ({ name }) => small.setting(name),
    keepSetting: ({ name, value }) => done(small.keepSetting(name, value)),
    storage: () => storageFacts(options),
    removeStored: ({ id }) => done(removeStored(id, options)),
    takeAlong: ({ without }, signal) =>
      takeAlong(options, { without, lab: versions.m3lab ?? '', signal, onShare }),
    inspectBackup: ({ file }, signal) => inspectBackup(file, options, { signal, onShare }),
    bringBack: ({ file, replaceFleet }, signal) =>
      bringBack(file, replaceFleet, options, { signal, onShare }),
  };
}

async function storageFacts(options: StorageOptions): Promise<StorageFacts> {
  const { store, database, storage } = options;
  const estimate = (await storage?.estimate().catch(() => null)) ?? null;
  return {
    quotaBytes: estimate?.quota ?? null,
    usageBytes: estimate?.usage ?? null,
    persisted: (await storage?.persisted().catch(() => false)) ?? false,
    fleeting: [
      ...(store instanceof MemoryStore ? (['files'] as const) : []),
      ...((await database) instanceof MemoryDatabase ? (['records'] as const) : []),
    ],
    items: await storedItems(options),
    mostBackupBytes: MOST_BYTES,
  };
}

async function done(action: Promise<unknown>): Promise<null> {
  await action;
  return null;
}
