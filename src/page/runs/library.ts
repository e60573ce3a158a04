/** All runs that are here, without their curves: trained here, brought along, and shipped with the lab. */

import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { RunRecord } from '../../formats/record.ts';
import type { RunSummary } from '../../formats/runSummary.ts';
import type { ShippedRun } from '../../formats/shippedRun.ts';
import type { Client } from '../../worker/api/door.ts';
import type { Command, LabEvent, Reply } from '../../worker/api/lab.ts';
import type { ImportOutcome, KeptRun, RunsFormat, ShippedPart } from '../../worker/api/library.ts';
import type { Failure, Outcome } from '../../worker/api/outcome.ts';

/** Puts back what was deleted; it can be done until the page is left. */
export type Undo = () => Promise<void>;

/** What the worker would not do. */
export class LibraryError extends Error {
  override readonly name = 'LibraryError';
  readonly failure: Failure;
  constructor(failure: Failure) {
    super([failure.message, failure.advice].filter(Boolean).join(' '));
    this.failure = failure;
  }
}

/** The runs that ship with the lab; loaded by `shipped.ts`, or handed in by a test. */
export type ShippedSource = {
  fetchShipped(): Promise<readonly ShippedRun[]>;
  shippedFile(collection: string): string | undefined;
};

export type LibraryOptions = {
  readonly client: Pick<Client<Command, Reply>, 'send'>;
  /** Hears in words of runs that cannot be read. */
  readonly onProblem?: (words: string) => void;
  readonly shipped?: () => Promise<ShippedSource>;
};

export class Library {
  readonly #client: LibraryOptions['client'];
  readonly #onProblem: (words: string) => void;
  readonly #source: () => Promise<ShippedSource>;
  readonly #kept: Signal<ReadonlyMap<string, KeptRun>> = signal(new Map());
  readonly #shipped: Signal<readonly ShippedRun[]> = signal([]);
  readonly #keptLoaded = signal(false);
  readonly #shippedLoaded = signal(false);
  readonly #importing: Signal<{ readonly bytes: number; readonly totalBytes: number } | null> = signal(null);
  #loading: Promise<void> | undefined;

  constructor({ client, onProblem = () => {}, shipped = () => import('./shipped.ts') }: LibraryOptions) {
    this.#client = client;
    this.#onProblem = onProblem;
    this.#source = shipped;
  }

  /** Newest own runs first, then imported ones, then shipped ones that are not among those; deleted ones are not here. */
  readonly runs: ReadonlySignal<readonly RunSummary[]> = computed(() => {
    const kept = [...this.#kept.value.values()].sort((a, b) => b.at - a.at);
    const of = (origin: RunSummary['origin']) =>
      kept.flatMap(({ summary }) => (summary.origin === origin ? [summary] : []));
    const ids = this.#kept.value;
    const shipped = this.#shipped.value.filter(({ id }) => !ids.has(id));
    return [...of('own'), ...of('imported'), ...of('shipped'), ...shipped];
  });

  /** Those that ship with the lab, each with a curve of a few points. */
  get shipped(): ReadonlySignal<readonly ShippedRun[]> {
    return this.#shipped;
  }

  /** Whether the runs that are kept here have been listed; then or later come the shipped ones. */
  get loaded(): ReadonlySignal<boolean> {
    return this.#keptLoaded;
  }

  get shippedLoaded(): ReadonlySignal<boolean> {
    return this.#shippedLoaded;
  }

  /** How far files with runs have been read; null while none are. */
  get importing(): ReadonlySignal<{ readonly bytes: number; readonly totalBytes: number } | null> {
    return this.#importing;
  }

  /** Loads all runs, once; whoever calls it again waits for the same. Never rejects. */
  load(): Promise<void> {
    this.#loading ??= Promise.all([this.#loadKept(), this.#loadShipped()]).then(() => {});
    return this.#loading;
  }

  /** Takes what the worker tells. */
  take(event: LabEvent): void {
    if (event.event === 'recorded') this.#put(event.runs);
    else if (event.event === 'removed') this.#drop(event.ids);
    else if (event.event === 'importing') this.#importing.value = event;
  }

  /** The run with its curve; null where there is none of that id. Throws {@link LibraryError}. */
  async record(id: string): Promise<RunRecord | null> {
    const shipped = await this.#shippedFileOf(id);
    return this.#must(await this.#client.send({ command: 'record', id, ...(shipped && { shipped }) }));
  }

  /** Gives a run of one's own, or an imported one, another name. Throws {@link LibraryError}. */
  async rename(id: string, name: string): Promise<void> {
    this.#must(await this.#client.send({ command: 'renameRun', id, name }));
  }

  /** Whether a run can be renamed and deleted: shipped ones stay as they are. */
  isOwn(id: string): boolean {
    return this.#kept.value.has(id);
  }

  /** Takes runs out of sight, shipped ones excepted. Throws {@link LibraryError}. */
  async remove(ids: readonly string[]): Promise<Undo> {
    const removed = this.#must(await this.#client.send({ command: 'removeRuns', ids }));
    return async () => {
      this.#must(await this.#client.send({ command: 'restoreRuns', ids: removed }));
    };
  }

  /** Takes the runs of files; what is refused stands in the outcome. Throws {@link LibraryError}. */
  async importFiles(
    files: readonly File[],
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<ImportOutcome> {
    const totalBytes = files.reduce((sum, { size }) => sum + size, 0);
    this.#importing.value = { bytes: 0, totalBytes };
    try {
      return this.#must(await this.#client.send({ command: 'importRuns', files }, options));
    } finally {
      this.#importing.value = null;
    }
  }

  /** Runs as one file, in the order of `ids`, shipped ones last. Throws {@link LibraryError}. */
  async exportRuns(
    ids: readonly string[],
    format: RunsFormat,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<Blob> {
    const own = ids.filter((id) => this.isOwn(id));
    const shipped = await this.#shippedParts(new Set(ids));
    return this.#must(await this.#client.send({ command: 'exportRuns', ids: own, shipped, format }, options));
  }

  async #loadKept(): Promise<void> {
    // Runs that are told of meanwhile are newer than what the pages say of them.
    const listed = new Map<string, KeptRun>();
    let after: string | null = null;
    do {
      const page: Outcome<Reply['runs']> = await this.#client.send({ command: 'runs', after });
      if (!page.ok) {
        this.#onProblem(`The runs of earlier visits cannot be listed: ${page.failure.message}`);
        break;
      }
      for (const run of page.value.runs) listed.set(run.summary.id, run);
      after = page.value.next;
    } while (after !== null);
    batch(() => {
      for (const id of this.#gone) listed.delete(id);
      this.#kept.value = new Map([...listed, ...this.#kept.peek()]);
      this.#keptLoaded.value = true;
    });
    this.#gone.clear();
  }

  async #loadShipped(): Promise<void> {
    try {
      this.#shipped.value = await (await this.#source()).fetchShipped();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.#onProblem(
        `The measured runs that ship with the lab cannot be read (${why.replace(/\.$/, '')}). Load the page again.`,
      );
    }
    this.#shippedLoaded.value = true;
  }

  /** Deleted while the runs are being listed. */
  readonly #gone = new Set<string>();

  #put(runs: readonly KeptRun[]): void {
    const kept = new Map(this.#kept.peek());
    for (const run of runs) {
      kept.set(run.summary.id, run);
      this.#gone.delete(run.summary.id);
    }
    this.#kept.value = kept;
  }

  #drop(ids: readonly string[]): void {
    const kept = new Map(this.#kept.peek());
    for (const id of ids) {
      kept.delete(id);
      if (!this.#keptLoaded.peek()) this.#gone.add(id);
    }
    this.#kept.value = kept;
  }

  async #shippedFileOf(id: string): Promise<string | undefined> {
    if (this.isOwn(id)) return undefined;
    const run = this.#shipped.peek().find((one) => one.id === id);
    return run && (await this.#source()).shippedFile(run.collection);
  }

  async #shippedParts(ids: ReadonlySet<string>): Promise<ShippedPart[]> {
    const parts = new Map<string, ShippedRun[]>();
    for (const run of this.#shipped.peek()) {
      if (!ids.has(run.id) || this.isOwn(run.id)) continue;
      const url = (await this.#source()).shippedFile(run.collection);
      if (url === undefined) continue;
      const part = parts.get(url);
      if (part) part.push(run);
      else parts.set(url, [run]);
    }
    return [...parts].map(([url, runs]) => {
      const tagged = runs.filter(({ tags }) => Object.keys(tags).length > 0);
      const tags = Object.fromEntries(tagged.map((run) => [run.id, run.tags]));
      return { url, ids: runs.map(({ id }) => id), ...(tagged.length > 0 && { tags }) };
    });
  }

  #must<T>(outcome: Outcome<T>): T {
    if (outcome.ok) return outcome.value;
    throw new LibraryError(outcome.failure);
  }
}
