/** Compiles kernels, each distinct shader text once a device: the layers of a model share their pipelines. */

import { GpuValidationError } from './errors.ts';
import { type Kernel, wgslOf } from './kernel.ts';

export type Compiled = { readonly pipeline: GPUComputePipeline; readonly layout: GPUBindGroupLayout };

const COMPUTE_STAGE = 0x4;

export class PipelineCache {
  readonly #device: GPUDevice;
  readonly #layouts = new Map<string, GPUBindGroupLayout>();
  readonly #pipelines = new Map<string, Promise<Compiled>>();
  #compiled = 0;

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /** Distinct kernels that were asked for, and those of them that are there. */
  get counts(): { readonly asked: number; readonly compiled: number } {
    return { asked: this.#pipelines.size, compiled: this.#compiled };
  }

  /** @throws GpuValidationError naming the shader, line and column when the text does not compile. */
  compile(kernel: Kernel): Promise<Compiled> {
    const code = wgslOf(kernel);
    const key = `${kernel.bindings.map(([, access]) => access[0]).join('')}\n${code}`;
    let compiled = this.#pipelines.get(key);
    if (!compiled) {
      compiled = this.#compile(kernel, code);
      this.#pipelines.set(key, compiled);
    }
    return compiled;
  }

  #layout(kernel: Kernel): GPUBindGroupLayout {
    const key = kernel.bindings.map(([, access]) => access).join();
    let layout = this.#layouts.get(key);
    if (!layout) {
      layout = this.#device.createBindGroupLayout({
        entries: kernel.bindings.map(([, access], binding) => ({
          binding,
          visibility: COMPUTE_STAGE,
          buffer: { type: access === 'read' ? 'read-only-storage' : 'storage' },
        })),
      });
      this.#layouts.set(key, layout);
    }
    return layout;
  }

  async #compile(kernel: Kernel, code: string): Promise<Compiled> {
    const { name } = kernel.shader;
    const layout = this.#layout(kernel);
    // The scope keeps the device from reporting the same mistake a second time, as an uncaptured error.
    this.#device.pushErrorScope('validation');
    const module = this.#device.createShaderModule({ label: name, code });
    const pipeline = this.#device.createComputePipelineAsync({
      label: name,
      layout: this.#device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module, entryPoint: 'main' },
    });
    const scope = this.#device.popErrorScope();
    try {
      const compiled = { pipeline: await pipeline, layout };
      const error = await scope;
      if (error) throw new Error(error.message);
      this.#compiled++;
      return compiled;
    } catch (cause) {
      const { messages } = await module.getCompilationInfo();
      const first = messages.find((message) => message.type === 'error');
      const detail = first
        ? `line ${first.lineNum}, column ${first.linePos}: ${first.message}\n${code.split('\n')[first.lineNum - 1] ?? ''}`
        : String(cause instanceof Error ? cause.message : cause);
      throw new GpuValidationError(`shaders/${name}.wgsl`, detail);
    }
  }
}
