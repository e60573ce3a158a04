import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { create, globals } from 'webgpu';
import { catalogue } from '../../src/gpu/kernels/catalogue.ts';
import { PipelineCache } from '../../src/gpu/pipelines.ts';

const kernels = [...catalogue()];

describe('every shader compiles without any adapter', () => {
  let gpu: GPU;
  let device: GPUDevice;
  const errors: string[] = [];
  beforeAll(async () => {
    Object.assign(globalThis, globals);
    gpu = create(['backend=null']);
    const adapter = await gpu.requestAdapter();
    device = await adapter!.requestDevice({ requiredFeatures: ['subgroups'] });
    device.addEventListener('uncapturederror', (event) => errors.push(event.error.message));
  });
  afterAll(() => {
    device.destroy();
    expect(errors).toEqual([]);
    expect(gpu).toBeDefined();
  });

  test.each(kernels)('%s, with positive cost and a legal grid', async (_, kernel) => {
    await expect(new PipelineCache(device).compile(kernel)).resolves.toBeDefined();
    expect(kernel.flops).toBeGreaterThanOrEqual(0);
    expect(kernel.bytes).toBeGreaterThan(0);
    for (const count of kernel.grid) {
      expect(count).toBeGreaterThan(0);
      expect(count).toBeLessThanOrEqual(65_535);
    }
    const { maxStorageBuffersPerShaderStage } = device.limits;
    expect(kernel.bindings.length).toBeLessThanOrEqual(Math.min(8, maxStorageBuffersPerShaderStage));
  });

  test('and no file of shaders/ is left out', () => {
    const files = readdirSync('shaders').filter((name) => name.endsWith('.wgsl'));
    const compiled = new Set(kernels.map(([, kernel]) => `${kernel.shader.name}.wgsl`));
    expect(files.filter((name) => !compiled.has(name))).toEqual([]);
  });

  test('a mistake is reported with file, line and text', async () => {
    const [, kernel] = kernels[0]!;
    const broken = { ...kernel, shader: { name: 'matmul_nt', source: 'fn main() { let x = nothing; }' } };
    await expect(new PipelineCache(device).compile(broken)).rejects.toThrow(
      /shaders\/matmul_nt\.wgsl: line \d+, column \d+: .*nothing/s,
    );
  });
});
