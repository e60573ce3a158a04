/**
 * One device for all that open one in a test file, or in the files of a process. SwiftShader takes seconds to compile the kernels of a model, for each device anew; what a device
 * has compiled Dawn finds again, as long as somebody holds it.
 */
export class SharedDevice {
  #device: Promise<GPUDevice> | undefined;
  readonly #held: GPUComputePipeline[] = [];

  /** The device that is open, else the one that `request` opens. Destroying it does nothing: others have it too. */
  open(request: () => Promise<GPUDevice>): Promise<GPUDevice> {
    this.#device ??= this.#share(request());
    return this.#device;
  }

  /** Takes the device away from all who have it; the next to ask gets another. */
  async lose(): Promise<void> {
    const device = await this.#device;
    this.#device = undefined;
    if (device) GPUDevice.prototype.destroy.call(device);
  }

  async #share(opening: Promise<GPUDevice>): Promise<GPUDevice> {
    const device = await opening;
    const compile = device.createComputePipelineAsync.bind(device);
    return Object.assign(device, {
      createComputePipelineAsync: async (descriptor: GPUComputePipelineDescriptor) => {
        const pipeline = await compile(descriptor);
        this.#held.push(pipeline);
        return pipeline;
      },
      destroy: () => undefined,
    });
  }
}
