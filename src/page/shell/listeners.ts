/** Who wants to hear what a worker tells. */

export class Listeners<Event> {
  readonly #all = new Set<(event: Event) => void>();

  /** Gives what takes the listener away again. */
  add(listener: (event: Event) => void): () => void {
    this.#all.add(listener);
    return () => void this.#all.delete(listener);
  }

  /** Each hears it, in the order in which they came, whatever becomes of it with the others. */
  tell(event: Event): void {
    for (const listener of this.#all) {
      try {
        listener(event);
      } catch (error) {
        reportError(error);
      }
    }
  }
}
