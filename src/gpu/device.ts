/** Opens an adapter and a device, watches over both, and accounts for every byte that is made on them. */

import { BufferAccount } from './buffers.ts';
import { DeviceLostError, GpuValidationError, WebGpuUnavailableError } from './errors.ts';
import { Nudger, needsNudging } from './nudge.ts';
import { type Pace, SUBMIT_MS } from './pace.ts';
import { PipelineCache } from './pipelines.ts';

/** What a person, a record or a bug report wants to know of the adapter. */
export type DeviceFacts = {
  readonly vendor: string;
  readonly architecture: string;
  readonly device: string;
  readonly description: string;
  /** Whether the CPU does the work: right to the bit, and some thousand times slower. */
  readonly software: boolean;
  readonly features: readonly string[];
  readonly limits: Readonly<Record<string, number>>;
};

export type OpenOptions = {
  /** Called once when the device is lost for any reason but `destroy`. */
  readonly onLost?: (info: { reason: string; message: string }) => void;
  /** Whether waiting takes empty submits to end in time; asked of the browser where it is left out. */
  readonly nudge?: boolean;
};

/**
 * Limits we ask for beyond the defaults, each up to what the adapter has. The shaders keep to the portable floor
 * (8 storage buffers, 16 KiB of workgroup memory, 256 invocations); only sizes grow with the model.
 */
const RAISED_LIMITS = [
  'maxBufferSize', // the parameter arenas of a whole fleet lie in one buffer, past 256 MiB for big fleets
  'maxStorageBufferBindingSize', // and are bound whole, past 128 MiB
] as const;

/**
 * Features that are used where the adapter has them: `timestamp-query` to say what each kernel takes, `subgroups` for
 * variants that share loads between neighbours. Nothing needs them.
 */
const WELCOME_FEATURES = ['timestamp-query', 'subgroups'] as const;

export class GpuDevice {
  readonly device: GPUDevice;
  readonly facts: DeviceFacts;
  readonly memory: BufferAccount;
  readonly pipelines: PipelineCache;
  /** How long one submit may take; as if nobody looked on, until somebody says otherwise. */
  readonly pace: Pace = { submitMs: SUBMIT_MS.unseen };
  readonly #nudger: Nudger | undefined;
  #lost: DeviceLostError | undefined;
  #uncaptured: GpuValidationError | undefined;
  #rejectLost: (error: DeviceLostError) => void = () => {};
  readonly #whenLost: Promise<never>;
  #destroyed = false;

  constructor(device: GPUDevice, facts: DeviceFacts, options: OpenOptions = {}) {
    this.device = device;
    this.facts = facts;
    this.memory = new BufferAccount(device);
    this.pipelines = new PipelineCache(device);
    if (options.nudge ?? needsNudging()) this.#nudger = new Nudger(device.queue);
    this.#whenLost = new Promise<never>((_, reject) => {
      this.#rejectLost = reject;
    });
    // Without a listener of its own the promise would count as an unhandled rejection.
    this.#whenLost.catch(() => {});
    device.addEventListener('uncapturederror', (event) => {
      this.#uncaptured ??= new GpuValidationError('a command', event.error.message);
    });
    device.lost.then((info) => {
      if (this.#destroyed) return;
      this.#lost = new DeviceLostError(info.reason, info.message);
      this.#rejectLost(this.#lost);
      options.onLost?.({ reason: info.reason, message: info.message });
    });
  }

  /**
   * Waits for something the device promises, and fails as the device fails: a lost device answers nothing, or
   * answers as if all were well.
   * @throws DeviceLostError, GpuValidationError
   */
  async settled<T>(promise: Promise<T>): Promise<T> {
    try {
      const settled = Promise.race([promise, this.#whenLost]);
      const value = await (this.#nudger?.during(settled) ?? settled);
      this.check();
      return value;
    } catch (error) {
      // A mapping that fails because the device went away fails first with a message of its own.
      await new Promise((resolve) => setTimeout(resolve, 0));
      throw this.#lost ?? error;
    }
  }

  /** Throws what went wrong since the last look, if anything did. */
  check(): void {
    if (this.#lost) throw this.#lost;
    const error = this.#uncaptured;
    this.#uncaptured = undefined;
    if (error) throw error;
  }

  destroy(): void {
    this.#destroyed = true;
    this.device.destroy();
  }
}

function isSoftware(adapter: GPUAdapter): boolean {
  const { vendor, architecture, description } = adapter.info;
  return (
    adapter.info.isFallbackAdapter ||
    /swiftshader|llvmpipe|lavapipe|basic render|software/i.test(`${vendor} ${architecture} ${description}`)
  );
}

/** The named numbers of a limits object, whose members live on its prototype. */
function numbersOf(limits: GPUSupportedLimits): Record<string, number> {
  const numbers: Record<string, number> = {};
  for (const name in limits) {
    const value = limits[name as keyof GPUSupportedLimits];
    if (typeof value === 'number') numbers[name] = value;
  }
  return numbers;
}

/**
 * Opens the fastest adapter there is.
 * @throws WebGpuUnavailableError when there is no WebGPU, no adapter, or no device to be had of it.
 */
export async function openDevice(gpu: GPU | undefined, options: OpenOptions = {}): Promise<GpuDevice> {
  if (!gpu) throw new WebGpuUnavailableError('no-api');
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new WebGpuUnavailableError('no-adapter');
  const requiredLimits: Record<string, number> = {};
  for (const name of RAISED_LIMITS) requiredLimits[name] = adapter.limits[name];
  let device: GPUDevice;
  try {
    device = await adapter.requestDevice({
      requiredLimits,
      requiredFeatures: WELCOME_FEATURES.filter((feature) => adapter.features.has(feature)),
      label: 'm3lab',
    });
  } catch (cause) {
    throw new WebGpuUnavailableError('no-device', cause instanceof Error ? cause.message : String(cause));
  }
  const { vendor, architecture, description } = adapter.info;
  const facts: DeviceFacts = {
    vendor,
    architecture,
    device: adapter.info.device,
    description,
    software: isSoftware(adapter),
    features: [...adapter.features].sort(),
    limits: numbersOf(device.limits),
  };
  return new GpuDevice(device, facts, options);
}
