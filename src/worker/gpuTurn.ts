/** One GPU, one user: whoever is at it, and who makes room for whom. */

import { NotNowError } from './failures.ts';

export type GpuUser = 'fleet' | 'queue' | 'profile' | 'samples' | 'probe' | 'backup';

type Holder = {
  readonly user: GpuUser;
  /** Saves, lets go of the GPU and gives the turn back before it resolves; null: must not be interrupted. */
  readonly giveWay: (() => Promise<void>) | null;
};

const WORDS: Readonly<Record<GpuUser, string>> = {
  fleet: 'A fleet is at work; stop it first, or wait until it is over.',
  queue: 'The queue is at work; pause it first.',
  profile: 'A step is being measured; this can be done in a moment.',
  samples: 'A text is being written; this can be done in a moment.',
  probe: 'A model is being checked; this can be done in a moment.',
  backup: 'Everything is being copied; this can be done when that is over.',
};

export class GpuTurn {
  #holder: Holder | null = null;
  /** Who waits for the holder to give way. */
  #next: GpuUser | null = null;
  #waiting: (() => void)[] = [];

  get user(): GpuUser | null {
    return this.#holder?.user ?? null;
  }

  /**
   * Takes the turn, and gives the function that gives it back. Somebody who can give way is asked to; else throws `NotNowError`. Where
   * nobody is at the GPU nothing is awaited.
   */
  async take(user: GpuUser, giveWay: (() => Promise<void>) | null = null): Promise<() => void> {
    if (this.#next !== null) throw new NotNowError(WORDS[this.#next]);
    if (this.#holder) {
      if (!this.#holder.giveWay || this.#holder.user === user)
        throw new NotNowError(WORDS[this.#holder.user]);
      this.#next = user;
      try {
        await this.#holder.giveWay();
      } finally {
        this.#next = null;
      }
    }
    const holder: Holder = { user, giveWay };
    this.#holder = holder;
    return () => {
      if (this.#holder !== holder) return;
      this.#holder = null;
      for (const wake of this.#waiting.splice(0)) wake();
    };
  }

  /** Resolves when nobody is at the GPU or about to be; somebody else may take the turn first. */
  async untilFree(): Promise<void> {
    while (this.#holder || this.#next !== null) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
      // Whoever was given way to takes the turn before those who merely wait.
      await Promise.resolve();
    }
  }
}
