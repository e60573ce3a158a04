/** A shelf of runs in memory, and what it tells. */

import type { RunRecord } from '../../../src/formats/record.ts';
import type { Database } from '../../../src/store/database.ts';
import { MemoryDatabase } from '../../../src/store/memoryDatabase.ts';
import type { LabEvent } from '../../../src/worker/api/lab.ts';
import type { KeptRun } from '../../../src/worker/api/library.ts';
import { RunShelf } from '../../../src/worker/library/runShelf.ts';
import { Teller } from '../../../src/worker/teller.ts';
import { runRecord } from '../../formats/runs/exampleRecord.ts';

/** Locks as a browser has them, as far as a shelf needs them: of one name, one after the other. */
export function browserLocks(): LockManager {
  const last = new Map<string, Promise<unknown>>();
  const request = (name: string, action: () => Promise<unknown>) => {
    const done = (last.get(name) ?? Promise.resolve()).then(action);
    last.set(
      name,
      done.catch(() => {}),
    );
    return done;
  };
  return { request } as unknown as LockManager;
}

export function openShelf(database: Database = new MemoryDatabase(), locks?: LockManager) {
  const events: LabEvent[] = [];
  const teller = new Teller();
  teller.listen((event) => {
    events.push(event);
  });
  const runs = new RunShelf({ database: Promise.resolve(database), locks, teller });
  return { runs, events, teller, database };
}

export async function allRuns(runs: RunShelf): Promise<KeptRun[]> {
  const all: KeptRun[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<RunShelf['page']>> = await runs.page(after);
    all.push(...page.runs);
    after = page.next;
  } while (after !== null);
  return all;
}

/** A run whose id is made of a number. */
export function numbered(number: number, changes: Partial<RunRecord> = {}): RunRecord {
  return runRecord({ id: number.toString(16).padStart(12, '0'), ...changes });
}

export function withLoss(record: RunRecord, targetLoss: number): RunRecord {
  return { ...record, final: record.final && { ...record.final, targetLoss } };
}
