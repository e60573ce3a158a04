import { describe, expect, test } from 'vitest';
import { checkModelConfig, type LlamaConfig, ModelConfigError } from '../../src/model/llama/config.ts';
import { initialState } from '../../src/model/llama/initialise.ts';
import { parameter, parameterTable, readTensor, writeTensor } from '../../src/model/llama/parameters.ts';
import { chooseMicroBatch, chunksOf, sizesOf } from '../../src/model/program/sizes.ts';
import { TINY } from './tiny.ts';

const TUNING = { gradientSlices: 2, variants: {} };

describe('the parameter table', () => {
  test('counts what multiplies each token, without padding', () => {
    const { counts } = parameterTable(TINY);
    // Blocks: 2 × (4·48² + 3·48·100 + 2·48) + 48; head and embedding 257·48 each.
    expect(counts).toEqual({ embedding: 12_336, blocks: 47_472, head: 12_336, N: 59_808, total: 72_144 });
    const tied = parameterTable({ ...TINY, tied: true }).counts;
    expect(tied).toEqual({ embedding: 0, blocks: 47_472, head: 12_336, N: 59_808, total: 59_808 });
  });

  test('lays tensors out aligned, apart, and those that serve as one matrix back to back', () => {
    const table = parameterTable(TINY);
    let end = 0;
    for (const tensor of table.tensors) {
      expect(tensor.offset % 64, tensor.name).toBe(0);
      expect(tensor.offset, tensor.name).toBeGreaterThanOrEqual(end);
      end = tensor.offset + tensor.paddedRows * tensor.paddedColumns;
    }
    expect(table.arena).toBeGreaterThanOrEqual(end);
    const at = (name: string) => parameter(table, `model.layers.1.${name}.weight`);
    for (const [first, second] of [
      ['self_attn.q_proj', 'self_attn.k_proj'],
      ['self_attn.k_proj', 'self_attn.v_proj'],
      ['mlp.gate_proj', 'mlp.up_proj'],
    ] as const) {
      expect(at(second).offset).toBe(at(first).offset + at(first).paddedRows * at(first).paddedColumns);
    }
    const gains = table.tensors.filter(({ name }) => name.includes('norm'));
    expect(gains.map(({ offset }) => offset)).toEqual(
      gains.map((_, i) => table.gains + i * table.gainStride),
    );
  });

  test('reads and writes a tensor without touching its padding', () => {
    const table = parameterTable(TINY);
    const down = parameter(table, 'model.layers.0.mlp.down_proj.weight');
    const arena = new Float32Array(table.arena);
    const values = Float32Array.from({ length: 48 * 100 }, (_, i) => i + 1);
    writeTensor(arena, down, values);
    expect(readTensor(arena, down)).toEqual(values);
    expect(arena.filter((value) => value !== 0).length).toBe(values.length);
    expect(() => parameter(table, 'lm_tail.weight')).toThrow('lm_tail.weight');
  });
});

describe('initial weights', () => {
  test('are the same for a seed, others for another, with the deviations they should have', () => {
    const table = parameterTable(TINY);
    const state = initialState(table, 7);
    expect(initialState(table, 7)).toEqual(state);
    expect(initialState(table, 8).parameters).not.toEqual(state.parameters);
    const deviation = (name: string) => {
      const values = readTensor(state.parameters, parameter(table, name));
      return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
    };
    // 2,304 draws and more: the deviation of a sample deviation is 1.5 % of it; 6 % is four of those.
    const near = (value: number) => ({ from: value * 0.94, to: value * 1.06 });
    for (const [name, expected] of [
      ['model.embed_tokens.weight', near(0.02)],
      ['model.layers.1.self_attn.q_proj.weight', near(0.02)],
      ['model.layers.1.self_attn.o_proj.weight', near(0.01)],
      ['model.layers.0.mlp.down_proj.weight', near(0.01)],
      ['model.norm.weight', { from: 1, to: 1 }],
    ] as const) {
      expect(deviation(name), name).toBeGreaterThanOrEqual(expected.from);
      expect(deviation(name), name).toBeLessThanOrEqual(expected.to);
    }
    expect(state.parameters.filter((value) => value !== 0).length).toBe(table.counts.total);
  });
});

describe('a model that cannot be built is refused by the name of its field', () => {
  test.each<[Partial<LlamaConfig>, keyof LlamaConfig, string]>([
    [{ layers: 0 }, 'layers', '0 is not a whole number of 1 or more'],
    [{ layers: 65 }, 'layers', 'more than 64'],
    [{ width: Number.NaN }, 'width', 'NaN is not a whole number'],
    [{ width: 50 }, 'width', '50 is not divisible by 3 heads'],
    [{ heads: 1 }, 'heads', 'heads of 48 features; choose heads so that width / heads is 16, 32 or 64'],
    [{ mlp: 70_000 }, 'mlp', 'more than 65,536'],
    [{ context: 24 }, 'context', '24 is not a multiple of 16'],
    [{ context: 2048 }, 'context', 'between 16 and 1,024'],
    [{ vocabulary: 255 }, 'vocabulary', 'not between 256 and 65,536'],
  ])('%o', (change, field, message) => {
    const check = () => checkModelConfig({ ...TINY, ...change });
    expect(check).toThrow(ModelConfigError);
    expect(check).toThrow(message);
    try {
      check();
    } catch (error) {
      expect((error as ModelConfigError).field).toBe(field);
    }
  });
});

describe('sizes', () => {
  const BIG: LlamaConfig = {
    layers: 1,
    width: 64,
    heads: 1,
    mlp: 64,
    context: 1024,
    vocabulary: 65_536,
    tied: true,
  };

  test('split logits that would fill memory into chunks that cover every row once', () => {
    const sizes = sizesOf(parameterTable(BIG), TUNING, 1, 1);
    const chunks = chunksOf(sizes);
    expect(chunks.length).toBe(1024 / 64);
    expect(chunks.reduce((sum, { rows }) => sum + rows, 0)).toBe(1024);
    expect(chunks.every(({ rows, first }) => rows % 16 === 0 && first % 16 === 0)).toBe(true);
  });

  test('never depend on how many runs there are', () => {
    const table = parameterTable(BIG);
    const { runs: _, ...single } = sizesOf(table, TUNING, 1, 2);
    const { runs: __, ...many } = sizesOf(table, TUNING, 64, 2);
    expect(many).toEqual(single);
  });

  test('choose the largest micro-batch that divides the batch and keeps to the portable limits', () => {
    expect(chooseMicroBatch(parameterTable(TINY), 12)).toBe(12);
    const wide = parameterTable({ ...BIG, width: 4096, heads: 64, mlp: 16_384, vocabulary: 257 });
    // A window's gate and up take 1024 · 2 · 16,384 floats = 128 MiB, the floor of a binding.
    expect(chooseMicroBatch(wide, 12)).toBe(1);
    const tooWide = parameterTable({ ...BIG, width: 4096, heads: 64, mlp: 32_768, vocabulary: 257 });
    expect(() => chooseMicroBatch(tooWide, 12)).toThrow(
      /one window needs maxStorageBufferBindingSize of 268,435,456/,
    );
  });
});
