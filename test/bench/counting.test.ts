import { describe, expect, it } from 'vitest';
import { countsPerStep, type GpuInterfaces, installGpuCounter } from '../../bench/counting.ts';

/** Classes with the methods that the counter wraps; each answers with its own name and arguments. */
function fakeInterfaces() {
  class Device {
    createBuffer(descriptor: unknown) {
      return ['createBuffer', this, descriptor];
    }
    createBindGroup() {}
  }
  class Queue {
    submit() {}
    writeBuffer() {}
  }
  class Pass {
    dispatchWorkgroups() {}
    dispatchWorkgroupsIndirect() {}
  }
  const interfaces = { GPUDevice: Device, GPUQueue: Queue, GPUComputePassEncoder: Pass };
  return { Device, Queue, Pass, interfaces: interfaces as unknown as GpuInterfaces };
}

describe('installGpuCounter', () => {
  it('counts each kind of call, on every object of the class', () => {
    const { Device, Queue, Pass, interfaces } = fakeInterfaces();
    const early = new Device();
    const counter = installGpuCounter(interfaces);
    early.createBuffer({});
    new Device().createBuffer({ mappedAtCreation: true });
    early.createBindGroup();
    new Queue().submit();
    new Queue().writeBuffer();
    new Pass().dispatchWorkgroups();
    new Pass().dispatchWorkgroupsIndirect();
    expect(counter.read()).toEqual({ dispatches: 2, submits: 1, buffers: 2, bindGroups: 1, writes: 2 });
  });

  it('passes receiver, arguments and result through', () => {
    const { Device, interfaces } = fakeInterfaces();
    installGpuCounter(interfaces);
    const device = new Device();
    const descriptor = { size: 4 };
    expect(device.createBuffer(descriptor)).toEqual(['createBuffer', device, descriptor]);
  });

  it('counts nothing once uninstalled, and leaves the methods as they were', () => {
    const { Queue, interfaces } = fakeInterfaces();
    const submit = Queue.prototype.submit;
    const counter = installGpuCounter(interfaces);
    counter.uninstall();
    new Queue().submit();
    expect(counter.read().submits).toBe(0);
    expect(Queue.prototype.submit).toBe(submit);
  });

  it('refuses a browser that lacks a method', () => {
    const { interfaces } = fakeInterfaces();
    const without = { ...interfaces, GPUQueue: class {} } as unknown as GpuInterfaces;
    expect(() => installGpuCounter(without)).toThrow(/submit/);
  });
});

describe('countsPerStep', () => {
  it('divides the difference of two readings', () => {
    const before = { dispatches: 1, submits: 1, buffers: 0, bindGroups: 2, writes: 3 };
    const after = { dispatches: 9, submits: 2, buffers: 0, bindGroups: 2, writes: 7 };
    const perStep = { dispatches: 2, submits: 0.25, buffers: 0, bindGroups: 0, writes: 1 };
    expect(countsPerStep(before, after, 4)).toEqual(perStep);
  });
});
