/** Of actions with one name only the latest goes on: whoever asks again no longer wants the first answer. */

export class Latest<Name> {
  readonly #running = new Map<Name, AbortController>();

  /** Does `action` under a signal that aborts with the given one, or when an action of the same name begins. */
  async run<T>(name: Name, signal: AbortSignal, action: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.#running.get(name)?.abort();
    const controller = new AbortController();
    this.#running.set(name, controller);
    try {
      return await action(AbortSignal.any([signal, controller.signal]));
    } finally {
      if (this.#running.get(name) === controller) this.#running.delete(name);
    }
  }
}
