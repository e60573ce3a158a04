/** The adapter of the page, our engine on it, and what went wrong on any device. */

import { type OurEngine, openOurEngine } from '../trainers/engine.ts';

const gpuErrors: string[] = [];
let tuning: 'auto' | 'off' = 'auto';
let opened: Promise<OurEngine> | undefined;

/** Every device of the page reports here: a step that the device refused must not pass as a fast one. */
export function watchDevices(): void {
  const request = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function watched(this: GPUAdapter, descriptor) {
    const device = await request.call(this, descriptor);
    device.addEventListener('uncapturederror', (event) => {
      gpuErrors.push(event.error.message);
    });
    return device;
  };
}

/** Our engine, opened at the first call. */
export function ourEngine(): Promise<OurEngine> {
  opened ??= openOurEngine(tuning);
  return opened;
}

export const deviceCalls = {
  /** Says, before anything of ours is opened, whether our kernels are chosen by measuring. */
  configure(options: { readonly tuning: 'auto' | 'off' }): void {
    if (opened) throw new Error('the engine has been opened already');
    tuning = options.tuning;
  },

  async machine() {
    const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
    if (!adapter) return null;
    const { vendor, architecture, description } = adapter.info;
    const name = [vendor, architecture, description].filter((part) => part !== '').join(' ');
    return { adapter: name, software: /swiftshader|llvmpipe|lavapipe|warp|basic render/i.test(name) };
  },

  /** GPU errors that nobody caught, since the last look. */
  errors(): readonly string[] {
    return gpuErrors.splice(0);
  },
};
