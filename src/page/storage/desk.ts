/** What the storage dialog knows and does. */

import { batch, type Signal, signal } from '@preact/signals-core';
import type { Command, Reply } from '../../worker/api/lab.ts';
import type { Failure, Outcome } from '../../worker/api/outcome.ts';
import type { BackupFacts, BroughtBack, Leaving, StorageFacts } from '../../worker/api/storage.ts';
import type { Lab } from '../lab.ts';
import { saveBlob } from '../parts/download/save.ts';
import { backupName, type Doing, itemWords, type Promised } from './words.ts';

export class StorageDesk {
  /** Null until the worker has looked. */
  readonly facts: Signal<StorageFacts | null> = signal(null);
  readonly failure: Signal<Failure | null> = signal(null);
  readonly promised: Signal<Promised> = signal('unasked');
  /** The item that is asked about: is it to be removed? */
  readonly asked: Signal<string | null> = signal(null);
  readonly removing: Signal<string | null> = signal(null);
  readonly leaving: Signal<readonly Leaving[]> = signal([]);
  readonly doing: Signal<Doing | null> = signal(null);
  /** Of what is being done, 0 to 1. */
  readonly share = signal(0);
  /** A file that was picked, and what is in it; it is brought back when a person says so. */
  readonly picked: Signal<{ readonly file: File; readonly facts: BackupFacts } | null> = signal(null);
  readonly replacesFleet = signal(false);
  readonly brought: Signal<BroughtBack | null> = signal(null);
  /** Whether tables or settings that the page has are removed. */
  readonly awaitsReload = signal(false);
  /** What was done last, in words. */
  readonly done: Signal<string | null> = signal(null);
  readonly #lab: Lab;
  #stopping: AbortController | null = null;

  constructor(lab: Lab) {
    this.#lab = lab;
    lab.listen((event) => {
      if (event.event === 'storing') this.share.value = event.share;
    });
  }

  /** Looks anew at what is kept. What was asked for last and could not be done stays said. */
  async look(): Promise<void> {
    const outcome = await this.#lab.client.send({ command: 'storage' });
    if (!outcome.ok) {
      this.failure.value = outcome.failure;
      return;
    }
    this.facts.value = outcome.value;
    if (outcome.value.persisted) this.promised.value = 'granted';
  }

  /** Begins anew: what was said at the last visit to the dialog is no longer of interest. */
  async begin(): Promise<void> {
    this.failure.value = null;
    await this.look();
  }

  /** Asks the browser to remove nothing by itself; some browsers ask the person, others decide. */
  async askToKeep(): Promise<void> {
    this.promised.value = 'asking';
    try {
      this.promised.value = (await navigator.storage.persist()) ? 'granted' : 'refused';
    } catch {
      this.promised.value = 'unknown';
    }
  }

  async remove(id: string): Promise<void> {
    const item = this.facts.value?.items.find((one) => one.id === id);
    const title = item ? itemWords(item).title : 'It';
    this.removing.value = id;
    const removed = await this.#ask({ command: 'removeStored', id });
    batch(() => {
      this.removing.value = null;
      this.asked.value = null;
      if (removed !== undefined) this.#say(`${title} was removed.`);
      if (removed !== undefined && (item?.kind === 'table' || item?.kind === 'settings'))
        this.awaitsReload.value = true;
    });
    await this.look();
  }

  setLeaving(what: Leaving, isLeft: boolean): void {
    const others = this.leaving.value.filter((one) => one !== what);
    this.leaving.value = isLeft ? [...others, what] : others;
  }

  async takeAlong(): Promise<void> {
    const blob = await this.#long('taking', { command: 'takeAlong', without: this.leaving.value });
    if (!blob) return;
    const name = backupName(new Date());
    saveBlob(blob, name);
    this.#say(`${name} is among your downloads.`);
  }

  async inspect(file: File): Promise<void> {
    this.brought.value = null;
    this.picked.value = null;
    const facts = await this.#long('inspecting', { command: 'inspectBackup', file });
    if (facts) this.picked.value = { file, facts };
  }

  putAside(): void {
    this.picked.value = null;
    this.replacesFleet.value = false;
  }

  async bringBack(): Promise<void> {
    const picked = this.picked.value;
    if (!picked) return;
    const replaceFleet = this.replacesFleet.value;
    const brought = await this.#long('bringing', { command: 'bringBack', file: picked.file, replaceFleet });
    if (brought) {
      batch(() => {
        this.brought.value = brought;
        this.putAside();
      });
      if (brought.hasSmallThings) await this.#lab.fits.readAgain();
    }
    await this.look();
  }

  /** Whether a fleet or the queue is at work, which a page that is loaded anew breaks off. */
  get isUnderWay(): boolean {
    return this.#lab.app.underWay.value !== null;
  }

  loadAnew(): void {
    location.reload();
  }

  stop(): void {
    this.#stopping?.abort();
  }

  async #long<C extends Command>(doing: Doing, command: C): Promise<Reply[C['command']] | undefined> {
    const stopping = new AbortController();
    this.#stopping = stopping;
    batch(() => {
      this.doing.value = doing;
      this.share.value = 0;
      this.done.value = null;
    });
    try {
      return await this.#ask(command, stopping.signal);
    } finally {
      this.doing.value = null;
      this.#stopping = null;
    }
  }

  async #ask<C extends Command>(command: C, signal?: AbortSignal): Promise<Reply[C['command']] | undefined> {
    this.failure.value = null;
    const options = signal ? { signal } : {};
    const outcome: Outcome<Reply[C['command']]> = await this.#lab.client.send(command, options);
    if (outcome.ok) return outcome.value;
    if (outcome.failure.kind !== 'cancelled') this.failure.value = outcome.failure;
    return undefined;
  }

  #say(words: string): void {
    this.done.value = words;
    this.#lab.app.say(words);
  }
}
