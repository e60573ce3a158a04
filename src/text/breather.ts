/** Long work on one thread: gives way to the event loop now and then, so that a stop can be heard and a page stays alive. */

/** Short enough for a progress bar, long enough that a browser's shortest timer (4 ms) costs little. */
const REST_EVERY_MS = 50;

export type BreatherOptions = {
  /** Called before each rest. */
  readonly onRest?: () => void;
  /** Steps from one look at the clock to the next, for work whose steps are shorter than the look. */
  readonly stepsPerLook?: number;
};

export class Breather {
  private readonly signal: AbortSignal | undefined;
  private readonly onRest: () => void;
  private readonly stepsPerLook: number;
  private rested = performance.now();
  private steps = 0;

  /** Throws the signal's reason when it is aborted already. */
  constructor(signal: AbortSignal | undefined, { onRest, stepsPerLook }: BreatherOptions = {}) {
    signal?.throwIfAborted();
    this.signal = signal;
    this.onRest = onRest ?? (() => {});
    this.stepsPerLook = stepsPerLook ?? 1;
  }

  /** Whether it is time for a rest; asked at every step of the work. */
  isDue(): boolean {
    this.steps++;
    return this.steps % this.stepsPerLook === 0 && performance.now() - this.rested > REST_EVERY_MS;
  }

  /** Lets others run. Rejects with the signal's reason when aborted. */
  async rest(): Promise<void> {
    this.onRest();
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.signal?.throwIfAborted();
    this.rested = performance.now();
  }
}
