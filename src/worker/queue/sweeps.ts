/** Everything about sweeps, put together: plans, the queue, and their commands. */

import { tagWords } from '../../formats/runSummary.ts';
import type { QueueStore } from '../../store/database.ts';
import type { Store } from '../../store/store.ts';
import type { SweepCommand, SweepReply } from '../api/sweep.ts';
import type { GpuHolder } from '../gpuHolder.ts';
import type { GpuTurn } from '../gpuTurn.ts';
import type { RunShelf } from '../library/runShelf.ts';
import type { Notebook } from '../notebook.ts';
import type { Handlers } from '../serve.ts';
import type { Teller } from '../teller.ts';
import { sweepCommands } from './commands.ts';
import { Planning } from './planning.ts';
import { QueueNotes } from './queueNotes.ts';
import type { RecordKeeper } from './sweepFolder.ts';
import { SweepQueue } from './sweepQueue.ts';

export type SweepsOptions = {
  readonly store: Store;
  readonly gpu: GpuHolder;
  readonly turn: GpuTurn;
  readonly locks: LockManager | undefined;
  readonly queue: QueueStore;
  /** With each change of it texts are thrown away that nothing points to. */
  readonly session: Pick<Notebook, 'hold'>;
  readonly runs: RunShelf;
  readonly teller: Teller;
  readonly versions: Readonly<Record<string, string>>;
};

export type Sweeps = {
  readonly commands: Handlers<SweepCommand, SweepReply>;
  /** Goes on where an earlier visit was; to be called once the lab is open. */
  readonly begin: () => Promise<void>;
};

export function openSweeps(options: SweepsOptions): Sweeps {
  const { store, locks, teller } = options;
  const planning = new Planning({ store, tell: (event) => teller.tell(event) });
  const notes = new QueueNotes({ queue: options.queue, locks, onForeign: () => void look() });
  const queue = new SweepQueue({
    ...options,
    notes,
    keeper: keeperOf(options.runs),
    // Its own: what a person plans meanwhile is another design.
    planning: new Planning({ store, tell: () => {} }),
  });
  // Storage that cannot be read is told of when it is asked for.
  const look = () => queue.look().catch(() => {});
  return {
    commands: sweepCommands({ ...options, planning, notes, queue }),
    async begin() {
      await look();
      // Whoever looks for a GPU again may have found one.
      queue.unblock();
    },
  };
}

/** Keys of the texts that sweeps in the queue read: nobody may throw them away. */
export async function textsOfSweeps(queue: QueueStore): Promise<readonly string[]> {
  return (await queue.list()).flatMap(({ value }) => {
    const isNote = typeof value === 'object' && value !== null && !Array.isArray(value);
    const texts = isNote ? value.texts : null;
    return Array.isArray(texts) ? texts.filter((key) => typeof key === 'string') : [];
  });
}

function keeperOf(runs: RunShelf): RecordKeeper {
  return {
    keep: (record, { collection, tags }) =>
      runs.keep(record, { origin: 'own', collection, tags: tagWords(tags) }),
    async find(id) {
      const [stored] = await runs.summaries([id]);
      const isThere = stored?.summary.status === 'done' && stored.removedAt === null;
      return isThere ? runs.record(id) : null;
    },
  };
}
