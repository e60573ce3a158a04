/** Rests in long work, so that messages, aborts and progress get through. */

const WORK_MS = 50;
/** Reading the clock costs more than a step of the work does. */
const STEPS_PER_LOOK = 8;

export class Rest {
  private readonly signal: AbortSignal | undefined;
  private readonly onRest: () => void;
  private last = performance.now();
  private steps = 0;

  constructor(signal: AbortSignal | undefined, onRest: () => void) {
    signal?.throwIfAborted();
    this.signal = signal;
    this.onRest = onRest;
  }

  /** Whether it is time for a rest; called at every step of the work. */
  isDue(): boolean {
    this.steps++;
    return this.steps % STEPS_PER_LOOK === 0 && performance.now() - this.last >= WORK_MS;
  }

  /** Lets everything else that waits go first. Throws the signal's reason when it is aborted. */
  async take(): Promise<void> {
    this.onRest();
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.signal?.throwIfAborted();
    this.last = performance.now();
  }
}
