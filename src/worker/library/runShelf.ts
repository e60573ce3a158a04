/** The runs that are kept in this browser: put there as they end or are brought along, listed without their curves. */

import { parseJson } from '../../formats/json.ts';
import { parseRunRecord, type RunRecord } from '../../formats/record.ts';
import { type SummaryPlace, summaryOf } from '../../formats/runSummary.ts';
import type { Change, Database, Entry, StoredSummary } from '../../store/database.ts';
import { pack, unpack } from '../../store/packed.ts';
import type { KeptRun, LibraryEvent, LibraryReply } from '../api/library.ts';
import { NotNowError } from '../failures.ts';
import { withRunsLock } from '../lock.ts';
import type { Teller } from '../teller.ts';
import { judge, type Verdict } from './judge.ts';

/** Ids of one answer: few enough that the page is not held up by taking them in. */
const PAGE = 500;

export type RunShelfOptions = {
  readonly database: Promise<Database>;
  readonly locks?: LockManager | undefined;
  readonly teller: Teller;
  /** Hears what changed, for other tabs: their libraries show the same runs. */
  readonly others?: OtherTabs | undefined;
};

export type OtherTabs = { postMessage(event: LibraryEvent): void };

export type RunToKeep = {
  readonly record: RunRecord;
  readonly place: SummaryPlace;
  /** When it was first kept, where that is known; else now. */
  readonly at?: number;
};

/**
 * What a run may take the place of: `always` as the judgement says; `gently` like a run that was brought along, wherever it came from;
 * `if missing` nothing.
 */
export type Manner = 'always' | 'gently' | 'if missing';

/** Runs of one collection. */
export type CollectionFacts = { readonly name: string; readonly runs: number; readonly bytes: number };

export class RunShelf {
  readonly #database: Promise<Database>;
  readonly #locks: LockManager | undefined;
  readonly #teller: Teller;
  readonly #others: OtherTabs | undefined;
  /** Settles with the last change that was asked for: a change looks first at what is there. */
  #last: Promise<unknown> = Promise.resolve();

  constructor({ database, locks, teller, others }: RunShelfOptions) {
    this.#database = database;
    this.#locks = locks;
    this.#teller = teller;
    this.#others = others;
  }

  /** Keeps a run; resolves when it is safe. Throws `StorageFullError`. */
  async keep(record: RunRecord, place: SummaryPlace, manner: Manner = 'always'): Promise<void> {
    await this.keepAll([{ record, place }], manner);
  }

  /** Keeps runs, all or none, and says of each what became of it. Throws `StorageFullError`. */
  keepAll(runs: readonly RunToKeep[], manner: Manner = 'always'): Promise<readonly Verdict[]> {
    return this.#inTurn(async (database) => {
      const found = await Promise.all(runs.map(({ record }) => database.get('summaries', record.id)));
      const there = new Map(runs.map(({ record }, index) => [record.id, found[index] ?? null]));
      const changes: Change[] = [];
      const kept = new Map<string, KeptRun>();
      const verdicts: Verdict[] = [];
      for (const run of runs) {
        const { record } = run;
        const before = there.get(record.id) ?? null;
        const verdict = verdictOn(run, before, manner);
        verdicts.push(verdict);
        if (verdict !== 'taken') continue;
        const { stored, put } = await storedOf(run, before);
        there.set(record.id, stored);
        changes.push(...put);
        kept.set(record.id, { summary: stored.summary, at: stored.at });
      }
      await database.change(changes);
      if (kept.size > 0) this.#tell({ event: 'recorded', runs: [...kept.values()] });
      return verdicts;
    });
  }

  async page(after: string | null): Promise<LibraryReply['runs']> {
    const entries = await (await this.#database).list('summaries', { after, most: PAGE });
    const runs = entries
      .filter(({ value }) => value.removedAt === null)
      .map(({ value: { summary, at } }) => ({ summary, at }));
    return { runs, next: entries.length < PAGE ? null : (entries.at(-1)?.key ?? null) };
  }

  /** Null where there is none of that id. */
  async record(id: string): Promise<RunRecord | null> {
    const stored = await (await this.#database).get('records', id);
    if (!stored) return null;
    return parseRunRecord(parseJson(await unpack(stored.packed), id), id);
  }

  /** The summaries of those ids that are there, in their order. */
  async summaries(ids: readonly string[]): Promise<StoredSummary[]> {
    const database = await this.#database;
    const found = await Promise.all(ids.map((id) => database.get('summaries', id)));
    return found.filter((stored) => stored !== null);
  }

  rename(id: string, name: string): Promise<void> {
    return this.#inTurn(async (database) => {
      const stored = await database.get('summaries', id);
      if (!stored) throw new NotNowError('This run is no longer here.');
      const summary = { ...stored.summary, name };
      await database.change([{ shelf: 'summaries', key: id, put: { ...stored, summary } }]);
      this.#tell({ event: 'recorded', runs: [{ summary, at: stored.at }] });
    });
  }

  /** Takes runs out of sight, and gives the ids of those that were in it. */
  remove(ids: readonly string[]): Promise<readonly string[]> {
    return this.#inTurn(async (database) => {
      const changed = await this.#mark(database, ids, Date.now());
      const removed = changed.map(({ summary }) => summary.id);
      if (removed.length > 0) this.#tell({ event: 'removed', ids: removed });
      return removed;
    });
  }

  /** Brings runs back into sight; those that are gone for good stay gone. */
  restore(ids: readonly string[]): Promise<void> {
    return this.#inTurn(async (database) => {
      const changed = await this.#mark(database, ids, null);
      const runs = changed.map(({ summary, at }) => ({ summary, at }));
      if (runs.length > 0) this.#tell({ event: 'recorded', runs });
    });
  }

  /** Removes for good what was taken out of sight. */
  purge(): Promise<void> {
    return this.#erase(({ removedAt }) => removedAt !== null);
  }

  /** Removes a collection for good, whether it is in sight or not. */
  async erase(collection: string): Promise<void> {
    await this.#erase(({ summary }) => summary.collection === collection);
  }

  /** What there is, by collections in the order of their names; what was taken out of sight counts as `removed`. */
  async collections(): Promise<{
    readonly seen: readonly CollectionFacts[];
    readonly removed: CollectionFacts;
  }> {
    const seen = new Map<string, { runs: number; bytes: number }>();
    const removed = { runs: 0, bytes: 0 };
    for (const { value } of await (await this.#database).list('summaries')) {
      const { collection } = value.summary;
      const sum = value.removedAt === null ? (seen.get(collection) ?? { runs: 0, bytes: 0 }) : removed;
      sum.runs++;
      sum.bytes += value.bytes;
      if (sum !== removed) seen.set(collection, sum);
    }
    const names = [...seen.keys()].sort();
    return {
      seen: names.map((name) => ({ name, ...(seen.get(name) ?? { runs: 0, bytes: 0 }) })),
      removed: { name: '', ...removed },
    };
  }

  /** All runs that are in sight, as they are kept: the record still as JSON. One after the other, so that not all are held. */
  async *all(): AsyncGenerator<{ readonly stored: StoredSummary; readonly json: string }> {
    const database = await this.#database;
    let after: string | null = null;
    for (;;) {
      const entries: Entry<'summaries'>[] = await database.list('summaries', { after, most: PAGE });
      for (const { key, value } of entries) {
        const packed = value.removedAt === null ? await database.get('records', key) : null;
        if (packed) yield { stored: value, json: await unpack(packed.packed) };
      }
      if (entries.length < PAGE) return;
      after = entries.at(-1)?.key ?? null;
    }
  }

  #erase(isMeant: (stored: StoredSummary) => boolean): Promise<void> {
    return this.#inTurn(async (database) => {
      const entries = await database.list('summaries');
      const meant = entries.filter(({ value }) => isMeant(value));
      await database.change(
        meant.flatMap(({ key }) => [
          { shelf: 'summaries', key, remove: true } as const,
          { shelf: 'records', key, remove: true } as const,
        ]),
      );
      const seen = meant.filter(({ value }) => value.removedAt === null);
      if (seen.length > 0) this.#tell({ event: 'removed', ids: seen.map(({ key }) => key) });
    });
  }

  async #mark(
    database: Database,
    ids: readonly string[],
    removedAt: number | null,
  ): Promise<StoredSummary[]> {
    const stored = await this.summaries([...new Set(ids)]);
    const changed = stored.filter((one) => (one.removedAt === null) !== (removedAt === null));
    await database.change(
      changed.map((one) => ({
        shelf: 'summaries',
        key: one.summary.id,
        put: { ...one, removedAt },
      })),
    );
    return changed;
  }

  #tell(event: LibraryEvent): void {
    this.#teller.tell(event);
    this.#others?.postMessage(event);
  }

  /** One change at a time, here and in every tab: each is made to what is there. */
  #inTurn<T>(action: (database: Database) => Promise<T>): Promise<T> {
    const done = this.#last.then(async () => {
      const database = await this.#database;
      return withRunsLock(this.#locks, () => action(database));
    });
    this.#last = done.catch(() => {});
    return done;
  }
}

function verdictOn({ record, place }: RunToKeep, before: StoredSummary | null, manner: Manner): Verdict {
  if (manner === 'if missing' && before !== null && before.removedAt === null) return 'known';
  return judge(before, record, manner === 'gently' ? 'imported' : place.origin);
}

/** A run as it will lie there; what a person called it stays, and so do the tags of those who asked for it before. */
async function storedOf(
  { record, place, at = Date.now() }: RunToKeep,
  before: StoredSummary | null,
): Promise<{ stored: StoredSummary; put: readonly Change[] }> {
  const packed = await pack(JSON.stringify(record));
  const summary = summaryOf(record, {
    ...place,
    ...(before && { tags: { ...place.tags, ...before.summary.tags } }),
  });
  const named = before ? { ...summary, name: before.summary.name } : summary;
  const bytes = packed.length + JSON.stringify(named).length;
  const stored = { summary: named, at, removedAt: null, bytes };
  return {
    stored,
    put: [
      { shelf: 'summaries', key: record.id, put: stored },
      { shelf: 'records', key: record.id, put: { packed } },
    ],
  };
}
