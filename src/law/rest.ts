/** Gives way to the event loop now and then in long work, so that a stop can be heard, a page stays alive, and progress is told. */

/** Short enough for a smooth bar, long enough that the shortest timer of a browser (4 ms) costs little. */
const WORK_MS = 50;

export class Rest {
  private readonly signal: AbortSignal | undefined;
  private readonly onProgress: (share: number) => void;
  private since = performance.now();

  /** Throws the signal's reason where it is aborted already. */
  constructor({
    signal,
    onProgress = () => {},
  }: {
    readonly signal?: AbortSignal;
    readonly onProgress?: (share: number) => void;
  }) {
    signal?.throwIfAborted();
    this.signal = signal;
    this.onProgress = onProgress;
  }

  /** To be awaited after each piece of work, with the share done. Rejects with the signal's reason when aborted. */
  async after(share: number): Promise<void> {
    if (share < 1 && performance.now() - this.since < WORK_MS) return;
    this.onProgress(share);
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.signal?.throwIfAborted();
    this.since = performance.now();
  }
}
