/** Replays a program many times: several steps a submit, two submits in flight, none longer than a frame. */

import type { GpuDevice } from './device.ts';
import type { Program } from './program.ts';

const SUBMITS_IN_FLIGHT = 2;
const MAX_STEPS_PER_SUBMIT = 64;

/** A submit that holds the device much longer than a frame makes the page, and the whole desktop, stutter. */
const SUBMIT_TARGET_MS = 14;

export class Replay {
  readonly #gpu: GpuDevice;
  readonly #program: Program;
  readonly #inFlight: { done: Promise<void> }[] = [];
  #stepsPerSubmit = 1;
  #lastDone = 0;

  constructor(gpu: GpuDevice, program: Program) {
    this.#gpu = gpu;
    this.#program = program;
  }

  /** Queues `times` replays; returns when at most two submits are still under way. @throws DeviceLostError */
  async advance(times: number): Promise<void> {
    for (let left = times; left > 0; ) {
      const steps = Math.min(left, this.#stepsPerSubmit);
      this.#submit(steps);
      left -= steps;
      while (this.#inFlight.length >= SUBMITS_IN_FLIGHT) await this.#oldest();
    }
  }

  /** Returns when nothing is under way. */
  async idle(): Promise<void> {
    while (this.#inFlight.length > 0) await this.#oldest();
  }

  #submit(steps: number): void {
    const { device } = this.#gpu;
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    this.#program.encode(pass, steps);
    pass.end();
    const submitted = performance.now();
    device.queue.submit([encoder.finish()]);
    const done = device.queue.onSubmittedWorkDone().then(() => {
      // The device began this submit when the one before it ended, or when it came in.
      const now = performance.now();
      const perStep = (now - Math.max(submitted, this.#lastDone)) / steps;
      this.#lastDone = now;
      const fitting = Math.floor(SUBMIT_TARGET_MS / Math.max(perStep, 0.01));
      this.#stepsPerSubmit = Math.min(MAX_STEPS_PER_SUBMIT, this.#stepsPerSubmit * 2, Math.max(1, fitting));
    });
    this.#inFlight.push({ done });
  }

  async #oldest(): Promise<void> {
    const first = this.#inFlight.shift();
    if (first) await this.#gpu.settled(first.done);
  }
}
