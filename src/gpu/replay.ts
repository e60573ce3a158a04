/** Replays a program many times: several steps a submit, two submits in flight, none longer than the device's pace allows. */

import type { GpuDevice } from './device.ts';
import { SubmitSize } from './pace.ts';
import type { Program } from './program.ts';

const SUBMITS_IN_FLIGHT = 2;

export class Replay {
  readonly #gpu: GpuDevice;
  readonly #program: Program;
  readonly #inFlight: { done: Promise<void> }[] = [];
  /** By the number of runs: a step of many takes many times as long as one of a single run. */
  readonly #sizes = new Map<number | undefined, SubmitSize>();
  #lastDone = 0;

  constructor(gpu: GpuDevice, program: Program) {
    this.#gpu = gpu;
    this.#program = program;
  }

  /**
   * Queues `times` replays for the first `runs` runs, all of them by default; returns when fewer than two submits are under
   * way. @throws DeviceLostError
   */
  async advance(times: number, runs?: number): Promise<void> {
    const size = this.#sizes.get(runs) ?? new SubmitSize();
    this.#sizes.set(runs, size);
    for (let left = times; left > 0; ) {
      const steps = size.next(left, this.#gpu.pace);
      this.#submit(steps, runs, size);
      left -= steps;
      while (this.#inFlight.length >= SUBMITS_IN_FLIGHT) await this.#oldest();
    }
  }

  /** Returns when nothing is under way. */
  async idle(): Promise<void> {
    while (this.#inFlight.length > 0) await this.#oldest();
  }

  #submit(steps: number, runs: number | undefined, size: SubmitSize): void {
    const { device } = this.#gpu;
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    this.#program.encode(pass, steps, runs);
    pass.end();
    const commands = encoder.finish();
    const submitted = performance.now();
    device.queue.submit([commands]);
    const done = device.queue.onSubmittedWorkDone().then(() => {
      // The device began this submit when the one before it ended, or when it came in.
      const now = performance.now();
      size.measured(steps, now - Math.max(submitted, this.#lastDone));
      this.#lastDone = now;
    });
    // Nobody awaits this one any more where the one before it fails, as both do when the device is lost.
    done.catch(() => {});
    this.#inFlight.push({ done });
  }

  async #oldest(): Promise<void> {
    const first = this.#inFlight.shift();
    if (first) await this.#gpu.settled(first.done);
  }
}
