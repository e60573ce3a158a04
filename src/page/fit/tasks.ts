/** Long commands of the law's worker: each under a number of its own, by which what it tells finds its way back. */

import type { Client } from '../../worker/api/door.ts';
import type { LawCommand, LawEvent, LawReply } from '../../worker/api/law.ts';
import type { Outcome } from '../../worker/api/outcome.ts';

export type LawDoor = {
  readonly law: Client<LawCommand, LawReply>;
  readonly listenLaw: (listener: (event: LawEvent) => void) => () => void;
};

/** A command of the worker by its name. */
export type CommandOf<Name extends LawCommand['command']> = Extract<LawCommand, { readonly command: Name }>;

type LongCommand = Extract<LawCommand, { readonly task: number }>;
type Untold<C> = C extends LongCommand ? Omit<C, 'task'> : never;
type Told = Exclude<LawEvent, { readonly event: 'progress' }>;

export type Telling = {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((doing: string, share: number) => void) | undefined;
  readonly onTold?: ((event: Told) => void) | undefined;
};

export class Tasks {
  readonly #door: LawDoor;
  readonly #telling = new Map<number, Telling>();
  #last = 0;

  constructor(door: LawDoor) {
    this.#door = door;
    door.listenLaw((event) => {
      const telling = 'task' in event ? this.#telling.get(event.task) : undefined;
      if (!telling) return;
      if (event.event === 'progress') telling.onProgress?.(event.doing, event.share);
      else telling.onTold?.(event);
    });
  }

  async run<C extends LongCommand>(
    command: Untold<C>,
    telling: Telling = {},
  ): Promise<Outcome<LawReply[C['command']]>> {
    const task = ++this.#last;
    this.#telling.set(task, telling);
    try {
      const { signal } = telling;
      // Leaving the number out and putting it back is more than the compiler follows.
      const whole = { ...command, task } as unknown as C;
      return await this.#door.law.send(whole, signal ? { signal } : {});
    } finally {
      this.#telling.delete(task);
    }
  }
}
