/** What all commands of the worker of the laws share. */

import type { LawEvent } from '../api/law.ts';
import { Laws } from './laws.ts';
import { Shelf } from './shelf.ts';

/** A bar moves smoothly enough with this, and the page has other things to do. */
const BETWEEN_TOLD_MS = 200;

export class Desk {
  readonly shelf = new Shelf();
  readonly laws = new Laws();
  /** Version of the lab, for files. */
  readonly m3lab: string;
  readonly #listeners: ((event: LawEvent) => void)[] = [];
  /** What was told last of the task that tells most, and when. */
  readonly #told = new Map<number, { readonly doing: string; readonly at: number }>();

  constructor(m3lab: string) {
    this.m3lab = m3lab;
  }

  listen(listener: (event: LawEvent) => void): void {
    this.#listeners.push(listener);
  }

  tell(event: LawEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** How far a task is; told now and then, and at once where something else is being done. */
  progress(task: number, doing: string, share: number): void {
    const now = performance.now();
    const last = this.#told.get(task);
    if (last && last.doing === doing && share < 1 && now - last.at < BETWEEN_TOLD_MS) return;
    if (share < 1) this.#told.set(task, { doing, at: now });
    else this.#told.delete(task);
    this.tell({ event: 'progress', task, doing, share });
  }
}
