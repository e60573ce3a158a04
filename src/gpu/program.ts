/**
 * A program: a flat list of dispatches, prebuilt. Building it makes the pipelines and bind groups; replaying it makes
 * nothing, so that a step costs the CPU only the encoding of a few dozen commands.
 */

import type { Slice } from './buffers.ts';
import type { GpuDevice } from './device.ts';
import type { Kernel } from './kernel.ts';

type Call = { readonly kernel: Kernel; readonly slices: readonly Slice[] };

type Dispatch = {
  readonly pipeline: GPUComputePipeline;
  readonly bindGroup: GPUBindGroup;
  readonly grid: readonly [number, number, number];
};

export class ProgramBuilder {
  readonly #label: string;
  readonly #calls: Call[] = [];

  constructor(label: string) {
    this.#label = label;
  }

  /** What is to be dispatched, in order. */
  get kernels(): readonly Kernel[] {
    return this.#calls.map(({ kernel }) => kernel);
  }

  /** Appends a dispatch of `kernel` with a slice for each of its bindings, by name. */
  add(kernel: Kernel, slices: Readonly<Record<string, Slice>>): this {
    const ordered = kernel.bindings.map(([name]) => {
      const slice = slices[name];
      if (!slice) throw new Error(`${kernel.shader.name}: nothing is bound to ${name}`);
      return slice;
    });
    this.#calls.push({ kernel, slices: ordered });
    return this;
  }

  /** Compiles what is not compiled yet. @throws GpuValidationError */
  async build(gpu: GpuDevice): Promise<Program> {
    const compiled = await Promise.all(this.#calls.map(({ kernel }) => gpu.pipelines.compile(kernel)));
    const dispatches = this.#calls.map(({ kernel, slices }, index) => {
      const { pipeline, layout } = compiled[index] as (typeof compiled)[number];
      const bindGroup = gpu.device.createBindGroup({
        label: kernel.shader.name,
        layout,
        entries: slices.map((resource, binding) => ({ binding, resource })),
      });
      return { pipeline, bindGroup, grid: kernel.grid };
    });
    gpu.check();
    return new Program(
      this.#label,
      this.#calls.map(({ kernel }) => kernel),
      dispatches,
    );
  }
}

export class Program {
  readonly label: string;
  readonly kernels: readonly Kernel[];
  readonly #dispatches: readonly Dispatch[];

  constructor(label: string, kernels: readonly Kernel[], dispatches: readonly Dispatch[]) {
    this.label = label;
    this.kernels = kernels;
    this.#dispatches = dispatches;
  }

  get dispatches(): number {
    return this.#dispatches.length;
  }

  /**
   * Replays `times` times in one submit and gives the milliseconds until its work is done.
   * @throws DeviceLostError, GpuValidationError
   */
  async timed(gpu: GpuDevice, times: number): Promise<number> {
    const encoder = gpu.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    this.encode(pass, times);
    pass.end();
    const begun = performance.now();
    gpu.device.queue.submit([encoder.finish()]);
    await gpu.settled(gpu.device.queue.onSubmittedWorkDone());
    return performance.now() - begun;
  }

  /** Encodes one dispatch alone, in the order of {@link kernels}. */
  encodeOne(pass: GPUComputePassEncoder, index: number): void {
    const dispatch = this.#dispatches[index];
    if (!dispatch) throw new RangeError(`${this.label} has no dispatch ${index}`);
    pass.setPipeline(dispatch.pipeline);
    pass.setBindGroup(0, dispatch.bindGroup);
    pass.dispatchWorkgroups(dispatch.grid[0], dispatch.grid[1], dispatch.grid[2]);
  }

  /** Floating-point operations of one replay, all runs together. */
  get flops(): number {
    return this.kernels.reduce((sum, kernel) => sum + kernel.flops, 0);
  }

  /**
   * Encodes the program `times` times over into one compute pass; WebGPU orders dispatches by what they touch. Of a program for
   * several runs only the first `runs` can be served.
   */
  encode(pass: GPUComputePassEncoder, times = 1, runs = Number.POSITIVE_INFINITY): void {
    for (let time = 0; time < times; time++) {
      for (const { pipeline, bindGroup, grid } of this.#dispatches) {
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, bindGroup);
        pass.dispatchWorkgroups(grid[0], grid[1], Math.min(grid[2], runs));
      }
    }
  }
}
