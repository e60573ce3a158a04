import { describe, expect, test } from 'vitest';
import type { Kernel } from '../../src/gpu/kernel.ts';
import { sharersOf } from '../../src/gpu/kernels/sharers.ts';
import { tileOf } from '../../src/gpu/kernels/tile.ts';
import { triad } from '../../src/gpu/kernels/triad.ts';
import { attentionChoice, stripOf } from '../../src/gpu/tuning/attentionChoice.ts';
import type { KernelChoice } from '../../src/gpu/tuning/kernelChoice.ts';
import { type MatmulClass, matmulChoice } from '../../src/gpu/tuning/matmulChoice.ts';
import { rowChoice } from '../../src/gpu/tuning/rowChoice.ts';
import type { TuningTable } from '../../src/gpu/tuning/table.ts';
import { POISON, relativeDifference, repeatsFor, tryVariants } from '../../src/gpu/tuning/trial.ts';
import { Tuner } from '../../src/gpu/tuning/tuner.ts';
import { useDevice } from './adapter.ts';

const gpu = useDevice();

const size = { rows: 64, inner: 32, columns: 48 };
const MATMULS: readonly MatmulClass[] = [
  { ...size, product: 'forward', epilogue: { kind: 'none' } },
  { ...size, product: 'forward', epilogue: { kind: 'residual' } },
  { ...size, product: 'forward', epilogue: { kind: 'rotary', headDim: 16, context: 16 } },
  { ...size, product: 'forward', epilogue: { kind: 'swiglu' } },
  { ...size, product: 'input gradient', fused: 'none' },
  { ...size, product: 'input gradient', fused: 'swiglu' },
  { ...size, product: 'weight gradient', slices: 2 },
];
const ATTENTION = (['attention', 'query gradient', 'key and value gradient'] as const).map((pass) =>
  attentionChoice({ pass, rows: 64, context: 16, heads: 2, headDim: 16 }),
);
const CHOICES = [...MATMULS.map(matmulChoice), ...ATTENTION];
const ROWS = [
  rowChoice({ pass: 'norm', rows: 64, width: 80 }),
  rowChoice({ pass: 'norm gradient', rows: 64, width: 80 }),
  rowChoice({ pass: 'cross-entropy', rows: 64, vocabulary: 257, paddedVocabulary: 272 }),
];

/** y = a + b/2 in variants that are right, wrong in one constant, incomplete, and no WGSL at all. */
const FLOATS = 1024;
const sound = triad(FLOATS);
const changed = (from: string, to: string): Kernel => ({
  ...sound,
  shader: { name: 'triad', source: sound.shader.source.replace(from, to) },
});
const VARIANTS: Readonly<Record<string, Kernel>> = {
  reference: sound,
  wrong: changed('0.5 *', '0.501 *'),
  incomplete: changed('if (i >= VECTORS)', 'if (i >= VECTORS - 1u)'),
  broken: changed('let i =', 'let j ='),
};
const faulty: KernelChoice = {
  name: 'triad',
  fits: (variant) => variant in VARIANTS,
  candidates: () => Object.keys(VARIANTS),
  fixed: () => 'reference',
  measurable: () => ({
    kernel: (variant) => VARIANTS[variant] ?? sound,
    floats: { a: FLOATS, b: FLOATS, y: FLOATS },
    tolerance: 1e-6,
  }),
};

describe('the tuner', () => {
  test.each(CHOICES.map((choice) => [choice.name, choice] as const))(
    'measures every variant of %s, and finds all of them right',
    async (name, choice) => {
      const tuner = new Tuner(gpu());
      const chosen = await tuner.choose(choice);
      const { candidates } = tuner.table[name]!;
      const subgroups = gpu().device.features.has('subgroups');
      expect(candidates.map(({ variant }) => variant)).toEqual(
        choice.candidates({ ...gpu().facts, subgroups }),
      );
      expect(candidates.length).toBeGreaterThan(1);
      for (const { failure, milliseconds } of candidates) {
        expect(failure).toBeNull();
        expect(milliseconds).toBeGreaterThan(0);
      }
      const best = Math.min(
        ...candidates.map(({ milliseconds }) => milliseconds ?? Number.POSITIVE_INFINITY),
      );
      expect(candidates.find(({ variant }) => variant === chosen)?.milliseconds).toBe(best);
    },
  );

  test.each(ROWS.map((choice) => [choice.name, choice] as const))(
    'has nothing to measure for %s on a software adapter, and finds what a GPU would try right',
    async (name, choice) => {
      const tuner = new Tuner(gpu());
      expect(sharersOf(await tuner.choose(choice))).toBe(1);
      expect(tuner.table).toEqual({});
      const variants = choice.candidates({ software: false, vendor: 'nvidia', subgroups: true });
      expect(variants.length).toBeGreaterThan(1);
      const tried = await tryVariants(gpu(), choice.measurable(1e6), variants, 2);
      expect(
        tried.map(({ variant, failure }) => [variant, failure]),
        name,
      ).toEqual(variants.map((one) => [one, null]));
    },
  );

  test('never chooses a variant that is wrong, incomplete or broken, and says why', async () => {
    const tuner = new Tuner(gpu());
    expect(await tuner.choose(faulty)).toBe('reference');
    const failures = Object.fromEntries(
      tuner.table.triad!.candidates.map(({ variant, failure }) => [variant, failure]),
    );
    expect(failures.reference).toBeNull();
    expect(failures.wrong).toMatch(/differs from reference by \d\.\de-[34]/);
    expect(failures.incomplete).toMatch(/differs from reference by/);
    expect(failures.broken).toMatch(/shaders\/triad\.wgsl.*unresolved value 'i'/s);
    for (const { variant, milliseconds } of tuner.table.triad!.candidates) {
      if (variant !== 'reference') expect(milliseconds).toBeNull();
    }
  });

  test('checks what is written of a buffer, however little that is', async () => {
    // The first half alone is written; what stays poison must not drown the difference.
    const half = (factor: string): Kernel => ({
      ...sound,
      shader: {
        name: 'triad',
        source: sound.shader.source
          .replace('if (i >= VECTORS)', 'if (i >= VECTORS / 2u)')
          .replace('0.5 *', factor),
      },
    });
    const variants: Readonly<Record<string, Kernel>> = { reference: half('0.5 *'), wrong: half('-0.5 *') };
    const partial: KernelChoice = {
      ...faulty,
      candidates: () => Object.keys(variants),
      measurable: () => ({ ...faulty.measurable(0), kernel: (variant) => variants[variant] ?? sound }),
    };
    const tuner = new Tuner(gpu());
    expect(await tuner.choose(partial)).toBe('reference');
    expect(tuner.table.triad?.candidates[1]?.failure).toMatch(/differs from reference/);
  });

  test('keeps nothing where the variant that the others are held against is broken', async () => {
    const tuner = new Tuner(gpu());
    const broken = { ...faulty, candidates: () => ['broken', 'reference'] };
    await expect(tuner.choose(broken)).rejects.toThrow(/shaders\/triad\.wgsl/);
    expect(tuner.table).toEqual({});
  });

  test('measures anew what was chosen among other candidates', async () => {
    const [choice] = CHOICES as [KernelChoice];
    const [first = '', second = ''] = choice.candidates({ ...gpu().facts, subgroups: true });
    const candidates = [{ variant: first, milliseconds: 1, failure: null }];
    const tuner = new Tuner(gpu(), { table: { [choice.name]: { variant: first, candidates } } });
    await tuner.choose(choice);
    expect(tuner.table[choice.name]?.candidates.map(({ variant }) => variant)).toContain(second);
  });

  test('measures a class once, and tells the table to whoever keeps it', async () => {
    const kept: TuningTable[] = [];
    const measured: string[] = [];
    const tuner = new Tuner(gpu(), {
      onMeasuring: (name) => measured.push(name),
      onMeasured: (table) => kept.push(table),
    });
    const [first, second] = CHOICES as [KernelChoice, KernelChoice];
    const chosen = await tuner.choose(first);
    await tuner.choose(second);
    expect(await tuner.choose(first)).toBe(chosen);
    expect(measured).toEqual([first.name, second.name]);
    expect(kept.map((table) => Object.keys(table))).toEqual([[first.name], [first.name, second.name]]);

    const later = new Tuner(gpu(), { table: kept[1]!, onMeasuring: (name) => measured.push(name) });
    expect(await later.choose(first)).toBe(chosen);
    expect(measured).toHaveLength(2);
  });

  test('measures anew what a kept table names and the device does not have', async () => {
    const [choice] = CHOICES as [KernelChoice];
    const tuner = new Tuner(gpu(), {
      table: { [choice.name]: { variant: 'registers 3×5', candidates: [] } },
    });
    expect(tileOf(await tuner.choose(choice))).not.toBeNull();
  });

  test('leaves no buffer behind, whatever fails', async () => {
    const before = gpu().memory.bytes;
    await new Tuner(gpu()).choose(faulty);
    expect(gpu().memory.bytes).toBe(before);
  });
});

describe('what there is to choose', () => {
  const software = { software: true, vendor: 'google', subgroups: true };
  const hardware = { software: false, vendor: 'nvidia', subgroups: true };

  test.each([...CHOICES, ...ROWS].map((choice) => [choice.name, choice] as const))(
    '%s: known names, the fixed one among those that fit',
    (_, choice) => {
      for (const adapter of [software, hardware, { ...hardware, vendor: 'apple' }]) {
        const names = [...choice.candidates(adapter), choice.fixed(adapter)];
        for (const name of names)
          expect(tileOf(name) ?? stripOf(name) ?? sharersOf(name), name).not.toBeNull();
        expect(new Set(choice.candidates(adapter)).size).toBe(choice.candidates(adapter).length);
      }
    },
  );

  test('nothing goes through workgroup memory on a software adapter, and something does on a GPU', () => {
    for (const matmul of MATMULS) {
      const families = (adapter: typeof software) =>
        matmulChoice(matmul)
          .candidates(adapter)
          .map((name) => tileOf(name)?.family);
      expect(families(software)).not.toContain('slabs');
      expect(families(hardware)).toContain('slabs');
    }
  });

  test('any number of rows has more than the reference to try', () => {
    for (const rows of [16, 48, 96, 64]) {
      for (const adapter of [software, hardware, { ...software, subgroups: false }]) {
        const { candidates } = matmulChoice({
          ...size,
          rows,
          product: 'forward',
          epilogue: { kind: 'none' },
        });
        expect(candidates(adapter).length, `${rows}`).toBeGreaterThan(1);
      }
    }
  });

  test('without subgroups nothing is handed round', () => {
    for (const choice of CHOICES) {
      for (const adapter of [software, hardware]) {
        expect(choice.candidates({ ...adapter, subgroups: false }).join()).not.toContain('quads');
      }
    }
  });

  test('names tell apart what differs in anything but the number of runs', () => {
    expect(new Set(CHOICES.map(({ name }) => name)).size).toBe(CHOICES.length);
    expect(CHOICES.map(({ name }) => name)).toEqual([
      'forward 64×32→48',
      'forward 64×32→48 residual',
      'forward 64×32→48 rotary 16',
      'forward 64×32→48 swiglu',
      'input gradient 64×32→48',
      'input gradient 64×32→48 swiglu',
      'weight gradient 64×32→48 slices 2',
      'attention 4×16 heads 2×16',
      'query gradient 4×16 heads 2×16',
      'key and value gradient 4×16 heads 2×16',
    ]);
  });

  test('large shapes are measured in part, their inner sizes whole', () => {
    const large = matmulChoice({
      product: 'forward',
      rows: 4096,
      inner: 512,
      columns: 512,
      epilogue: { kind: 'none' },
    });
    const kernel = large.measurable(1e8).kernel('registers 4×8', 1);
    expect(kernel.flops).toBeLessThanOrEqual(1e8);
    expect(kernel.flops).toBeGreaterThan(0.5e8);
    expect(kernel.constants).toMatchObject({ ROWS: 128, INNER4: 128, COLUMNS4: 128 });
    const tiny = large.measurable(1).kernel('registers 4×8', 1);
    expect(tiny.constants.ROWS).toBe(64);
    // Rows that only quads of some sizes fit are shortened to rows that they still fit.
    const odd = matmulChoice({
      product: 'forward',
      rows: 96,
      inner: 64,
      columns: 64,
      epilogue: { kind: 'none' },
    });
    for (const variant of odd.candidates(software)) {
      const { ROWS, TILE_ROWS, QUADS } = odd.measurable(1).kernel(variant, 1).constants;
      expect(QUADS === true ? Number(ROWS) % (4 * Number(TILE_ROWS)) : 0, variant).toBe(0);
    }
  });
});

test('a difference that is not a number counts as infinite', () => {
  const one = Float32Array.of(1, 2);
  expect(relativeDifference(one, one)).toBe(0);
  expect(relativeDifference(Float32Array.of(1, Number.NaN), one)).toBe(Number.POSITIVE_INFINITY);
  expect(relativeDifference(Float32Array.of(1, 2.002), one)).toBeCloseTo(0.002 / Math.sqrt(5), 6);
  expect(relativeDifference(Float32Array.of(1, POISON), one)).toBe(Number.POSITIVE_INFINITY);
  expect(relativeDifference(Float32Array.of(POISON, 1), Float32Array.of(POISON, 1))).toBe(0);
  expect(relativeDifference(Float32Array.of(POISON), Float32Array.of(POISON))).toBe(Number.POSITIVE_INFINITY);
});

test.each([
  { submitMs: 0, replayMs: 30, repeats: 1 },
  { submitMs: 0, replayMs: 0.3, repeats: 40 },
  { submitMs: 1.1, replayMs: 0.3, repeats: 36 },
  { submitMs: 1.1, replayMs: 0.01, repeats: 256 },
])(
  'replays of $replayMs ms, and $submitMs ms for a submit, are timed $repeats at once, which is found soon',
  async ({ submitMs, replayMs, repeats }) => {
    let replayed = 0;
    const timed = async (count: number) => {
      replayed += count;
      return submitMs + count * replayMs;
    };
    expect(await repeatsFor(timed, 10)).toBe(repeats);
    // To find it takes as long as a few timings.
    expect(replayed).toBeLessThanOrEqual(5 * repeats);
  },
);
