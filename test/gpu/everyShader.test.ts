import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { create, globals } from 'webgpu';
import type { Kernel } from '../../src/gpu/kernel.ts';
import {
  attention,
  attentionKeyValueGradient,
  attentionQueryGradient,
} from '../../src/gpu/kernels/attention.ts';
import { embed, embedGradient } from '../../src/gpu/kernels/embedding.ts';
import { beginEvaluation, collectEvaluation } from '../../src/gpu/kernels/evaluation.ts';
import { linear, linearInputGradient, linearWeightGradient } from '../../src/gpu/kernels/linear.ts';
import { crossEntropy } from '../../src/gpu/kernels/loss.ts';
import { rmsNorm, rmsNormBackward } from '../../src/gpu/kernels/norm.ts';
import { adamW, beginStep, finishStep, reduceGradients, squarePartials } from '../../src/gpu/kernels/step.ts';
import { matmulPeakKernel } from '../../src/gpu/peak.ts';
import { PipelineCache } from '../../src/gpu/pipelines.ts';

const runs = 3;
const rows = 32;
const product = { runs, rows, inner: 64, columns: 192, weightStride: 20_480, tileRows: 4 as const };
const norm = { runs, rows, width: 64, gainRunStride: 20_480 };
const heads = [16, 32, 64].map((headDim) => ({ runs, rows, context: 16, heads: 2, headDim }));
const embedding = { runs, rows, width: 64, arena: 20_480 };
const loss = {
  runs,
  rows,
  targetFirst: 0,
  targetStride: rows,
  lossFirst: 0,
  lossStride: rows,
};
const arena = { runs, arena: 20_480, gains: 20_000, slices: 4 };
const batch = { runs, rows, context: 16 };

/** Every kernel in every variant that its descriptor can give. */
const kernels: readonly Kernel[] = [
  linear(product, { kind: 'none' }),
  linear(product, { kind: 'residual' }),
  linear(product, { kind: 'swiglu' }),
  ...[16, 32, 64].map((headDim) => linear(product, { kind: 'rotary', headDim, context: 16 })),
  linearInputGradient(product),
  linear({ ...product, tileRows: 8 }, { kind: 'none' }),
  linearInputGradient({ ...product, tileRows: 8 }),
  linearWeightGradient({ ...product, tileRows: 8, slices: 2, accumulate: false }),
  linearInputGradient(product, 'swiglu'),
  linearWeightGradient({ ...product, slices: 1, accumulate: false }),
  linearWeightGradient({ ...product, slices: 8, accumulate: true }),
  rmsNorm({ ...norm, epsilon: 1e-5 }),
  ...[false, true].map((flag) =>
    rmsNormBackward({ ...norm, gainStride: 64, partialsRunStride: 4096, add: flag, accumulate: !flag }),
  ),
  ...heads.flatMap((sizes) => [
    attention(sizes),
    attentionQueryGradient(sizes),
    attentionKeyValueGradient(sizes),
  ]),
  embed(embedding),
  embedGradient({ ...embedding, vocabulary: 257, slices: 2, add: false }),
  embedGradient({ ...embedding, vocabulary: 257, slices: 2, add: true }),
  ...[null, 0.01].flatMap((gradientScale) => [
    crossEntropy({ ...loss, vocabulary: 257, paddedVocabulary: 272, gradientScale }),
    crossEntropy({ ...loss, vocabulary: 256, paddedVocabulary: 256, gradientScale }),
  ]),
  beginStep({ runs, rows, context: 16, batch: 2, micro: 0 }),
  reduceGradients({ ...arena, gainStride: 64, norms: 5 }),
  finishStep({ runs, losses: rows, partials: squarePartials(arena.arena), ringSteps: 64 }),
  adamW(arena),
  beginEvaluation(batch),
  collectEvaluation(batch),
  matmulPeakKernel(2),
];

describe('every shader compiles without any adapter', () => {
  let gpu: GPU;
  let device: GPUDevice;
  const errors: string[] = [];
  beforeAll(async () => {
    Object.assign(globalThis, globals);
    gpu = create(['backend=null']);
    const adapter = await gpu.requestAdapter();
    device = await adapter!.requestDevice();
    device.addEventListener('uncapturederror', (event) => errors.push(event.error.message));
  });
  afterAll(() => {
    device.destroy();
    expect(errors).toEqual([]);
    expect(gpu).toBeDefined();
  });

  test.each(kernels.map((kernel, index) => [`${kernel.shader.name} #${index}`, kernel] as const))(
    '%s, with positive cost and a legal grid',
    async (_, kernel) => {
      await expect(new PipelineCache(device).compile(kernel)).resolves.toBeDefined();
      expect(kernel.flops).toBeGreaterThanOrEqual(0);
      expect(kernel.bytes).toBeGreaterThan(0);
      for (const count of kernel.grid) {
        expect(count).toBeGreaterThan(0);
        expect(count).toBeLessThanOrEqual(65_535);
      }
      const { maxStorageBuffersPerShaderStage } = device.limits;
      expect(kernel.bindings.length).toBeLessThanOrEqual(Math.min(8, maxStorageBuffersPerShaderStage));
    },
  );

  test('and no file of shaders/ is left out', () => {
    const files = readdirSync('shaders').filter((name) => name.endsWith('.wgsl'));
    const compiled = new Set(kernels.map((kernel) => `${kernel.shader.name}.wgsl`));
    expect(files.filter((name) => !compiled.has(name))).toEqual([]);
  });

  test('a mistake is reported with file, line and text', async () => {
    const [kernel] = kernels;
    const broken = { ...kernel!, shader: { name: 'matmul_nt', source: 'fn main() { let x = nothing; }' } };
    await expect(new PipelineCache(device).compile(broken)).rejects.toThrow(
      /shaders\/matmul_nt\.wgsl: line \d+, column \d+: .*nothing/s,
    );
  });
});
