/** Commands about the runs that are kept. */

import type { Fetch } from '../../text/remote/exchange.ts';
import type { LibraryCommand, LibraryReply } from '../api/library.ts';
import { whenAlone } from '../lock.ts';
import type { Handlers } from '../serve.ts';
import type { Teller } from '../teller.ts';
import { exportRuns } from './exporting.ts';
import { importRuns } from './importing.ts';
import type { RunShelf } from './runShelf.ts';
import { shippedRecords } from './shippedRecords.ts';

export type LibraryOptions = {
  readonly runs: RunShelf;
  readonly locks: LockManager | undefined;
  readonly teller: Teller;
  readonly fetch: Fetch;
};

export function libraryCommands({
  runs,
  locks,
  teller,
  fetch,
}: LibraryOptions): Handlers<LibraryCommand, LibraryReply> {
  let begun: Promise<void> | undefined;
  return {
    async runs({ after }) {
      // What the last visit took out of sight goes for good, unless another tab could still put it back.
      begun ??= whenAlone(locks, () => runs.purge());
      try {
        await begun;
      } catch (error) {
        // Whoever asks again may find the storage readable.
        begun = undefined;
        throw error;
      }
      return runs.page(after);
    },
    async record({ id, shipped }, signal) {
      const kept = await runs.record(id);
      if (kept || shipped === undefined) return kept;
      for await (const record of shippedRecords({ url: shipped, ids: [id] }, { fetch, signal }))
        return record;
      return null;
    },
    async renameRun({ id, name }) {
      await runs.rename(id, name);
      return null;
    },
    removeRuns: ({ ids }) => runs.remove(ids),
    async restoreRuns({ ids }) {
      await runs.restore(ids);
      return null;
    },
    importRuns: ({ files }, signal) => importRuns(files, { runs, teller, signal }),
    exportRuns: (wish, signal) => exportRuns(wish, { runs, fetch, signal }),
  };
}
