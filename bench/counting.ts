/**
 * Counts what a page asks of WebGPU, by wrapping the methods of its prototypes.
 *
 * The wrappers stay off while times are taken. A library that keeps bound copies of these methods would escape them;
 * none of the three here does.
 */

export type GpuCounts = {
  readonly dispatches: number;
  readonly submits: number;
  readonly buffers: number;
  readonly bindGroups: number;
  /** queue.writeBuffer, and buffers created with data mapped in. */
  readonly writes: number;
};

type Tally = { -readonly [Key in keyof GpuCounts]: GpuCounts[Key] };

/** The three interfaces whose methods are wrapped; a page passes its own globals. */
export type GpuInterfaces = {
  readonly GPUDevice: { prototype: Pick<GPUDevice, 'createBuffer' | 'createBindGroup'> };
  readonly GPUQueue: { prototype: Pick<GPUQueue, 'submit' | 'writeBuffer'> };
  readonly GPUComputePassEncoder: {
    prototype: Pick<GPUComputePassEncoder, 'dispatchWorkgroups' | 'dispatchWorkgroupsIndirect'>;
  };
};

export type GpuCounter = {
  /** Calls since the counter was installed. */
  read(): GpuCounts;
  /** Puts the methods back as they were. */
  uninstall(): void;
};

type Method = (...values: unknown[]) => unknown;

/** Starts to count every call on every device of the page. */
export function installGpuCounter(interfaces: GpuInterfaces): GpuCounter {
  const tally: Tally = { dispatches: 0, submits: 0, buffers: 0, bindGroups: 0, writes: 0 };
  const restores: (() => void)[] = [];

  function wrap(prototype: object, name: string, count: (values: readonly unknown[]) => void): void {
    const methods = prototype as Record<string, Method>;
    const original = methods[name];
    if (!original) throw new Error(`this browser's WebGPU has no method ${name}`);
    methods[name] = function counted(this: unknown, ...values: unknown[]): unknown {
      count(values);
      return original.apply(this, values);
    };
    restores.push(() => {
      methods[name] = original;
    });
  }

  const { GPUDevice, GPUQueue, GPUComputePassEncoder } = interfaces;
  wrap(GPUDevice.prototype, 'createBuffer', ([descriptor]) => {
    tally.buffers++;
    if ((descriptor as GPUBufferDescriptor).mappedAtCreation) tally.writes++;
  });
  wrap(GPUDevice.prototype, 'createBindGroup', () => {
    tally.bindGroups++;
  });
  wrap(GPUQueue.prototype, 'submit', () => {
    tally.submits++;
  });
  wrap(GPUQueue.prototype, 'writeBuffer', () => {
    tally.writes++;
  });
  for (const dispatch of ['dispatchWorkgroups', 'dispatchWorkgroupsIndirect']) {
    wrap(GPUComputePassEncoder.prototype, dispatch, () => {
      tally.dispatches++;
    });
  }
  return {
    read: () => ({ ...tally }),
    uninstall: () => {
      for (const restore of restores.reverse()) restore();
    },
  };
}

/** Calls between two readings, a step. */
export function countsPerStep(before: GpuCounts, after: GpuCounts, steps: number): GpuCounts {
  return {
    dispatches: (after.dispatches - before.dispatches) / steps,
    submits: (after.submits - before.submits) / steps,
    buffers: (after.buffers - before.buffers) / steps,
    bindGroups: (after.bindGroups - before.bindGroups) / steps,
    writes: (after.writes - before.writes) / steps,
  };
}
