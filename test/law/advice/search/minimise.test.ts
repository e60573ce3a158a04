import { describe, expect, it } from 'vitest';
import { FINE, QUICK } from '../../../../src/law/advice/best.ts';
import { minimise, type NettedBox } from '../../../../src/law/advice/search/minimise.ts';
import { nelderMead } from '../../../../src/law/advice/search/nelderMead.ts';
import { polish } from '../../../../src/law/advice/search/polish.ts';

/** Held at the ends of some axes, upper ends first. */
function boxOf(nodes: readonly (readonly number[])[], ends: readonly number[] = []): NettedBox {
  const parts = [0.001, 0.05, 0.5, 1];
  return {
    lower: Float64Array.from(nodes, (along) => along[0]!),
    upper: Float64Array.from(nodes, (along) => along.at(-1)!),
    nodes,
    holds: ends.flatMap((axis) => {
      const low = nodes[axis]![0]!;
      const high = nodes[axis]!.at(-1)!;
      return [
        { axis, at: high, inward: () => parts.map((part) => high + (low - high) * part) },
        { axis, at: low, inward: () => parts.map((part) => low + (high - low) * part) },
      ];
    }),
  };
}

const WIDE = Array.from({ length: 11 }, (_, index) => index - 5);

describe('a global minimum', () => {
  it('is found among many hollows', () => {
    // Lowest at 0, with hollows of all but the same depth at the other multiples of 1.7.
    const objective = (x: Float64Array) =>
      0.01 * (x[0]! ** 2 + x[1]! ** 2) -
      Math.cos((2 * Math.PI * x[0]!) / 1.7) * Math.cos((2 * Math.PI * x[1]!) / 1.7);
    const fine = Array.from({ length: 41 }, (_, index) => (index - 20) / 4);
    const { x, value } = minimise(objective, boxOf([fine, fine]), FINE)!;
    expect(value).toBeCloseTo(-1, 12);
    expect(x[0]).toBeCloseTo(0, 8);
    expect(x[1]).toBeCloseTo(0, 8);
  });

  it('is found on a kink that runs across the axes', () => {
    const objective = (x: Float64Array) => Math.abs(x[0]! - 2 * x[1]!) + 0.1 * (x[1]! - 0.7) ** 2;
    const { x } = minimise(objective, boxOf([WIDE, WIDE]), FINE)!;
    expect(x[0]).toBeCloseTo(1.4, 3);
    expect(x[1]).toBeCloseTo(0.7, 3);
  });

  it('is found in a corner, and never outside', () => {
    const seen: number[] = [];
    const objective = (x: Float64Array) => {
      seen.push(...x);
      return x[0]! - 2 * x[1]!;
    };
    const { x } = minimise(objective, boxOf([WIDE, WIDE]), QUICK)!;
    expect([...x]).toEqual([-5, 5]);
    expect(Math.max(...seen.map(Math.abs))).toBe(5);
  });

  it('leaves the end of an axis that it was held at, when the inside is better where it counts', () => {
    // Rising along the second axis but for a small pit around 0, which few of the trials meet.
    const objective = (x: Float64Array) =>
      x[0]! ** 2 * 0.1 + 0.01 * x[1]! - 3 * Math.exp(-20 * (x[0]! ** 2 + (x[1]! + 4.9) ** 2));
    const { x } = minimise(objective, boxOf([WIDE, WIDE], [1]), FINE)!;
    expect(x[1]).toBeCloseTo(-4.9, 2);
  });

  it('passes over places without an answer, and is null where there is none', () => {
    const half = (x: Float64Array) => (x[0]! < 1 ? Infinity : x[0]!);
    expect(minimise(half, boxOf([WIDE]), FINE)!.x[0]).toBeCloseTo(1, 6);
    expect(minimise(() => Infinity, boxOf([WIDE], [0]), FINE)).toBeNull();
  });

  it('has a value on a plain', () => {
    expect(minimise(() => 3, boxOf([WIDE, WIDE], [1]), FINE)!.value).toBe(3);
  });
});

describe('the simplex', () => {
  it('walks down Rosenbrock’s valley', () => {
    const objective = (x: Float64Array) => 100 * (x[1]! - x[0]! ** 2) ** 2 + (1 - x[0]!) ** 2;
    const box = { lower: Float64Array.of(-5, -5), upper: Float64Array.of(5, 5) };
    const { x } = nelderMead(objective, Float64Array.of(-1.2, 1), box, Float64Array.of(0.5, 0.5), 1e-8);
    expect(x[0]).toBeCloseTo(1, 6);
    expect(x[1]).toBeCloseTo(1, 6);
  });

  it('leaves an axis alone that has no step', () => {
    const box = { lower: Float64Array.of(-5, -5), upper: Float64Array.of(5, 5) };
    const objective = (x: Float64Array) => x[0]! ** 2 + x[1]! ** 2;
    const { x } = nelderMead(objective, Float64Array.of(3, 2), box, Float64Array.of(1, 0), 1e-8);
    expect(x[0]).toBeCloseTo(0, 7);
    expect(x[1]).toBe(2);
  });
});

describe('the last digits', () => {
  const box = { lower: Float64Array.of(-5, -5), upper: Float64Array.of(5, 5) };

  it('come from differences where values are all alike', () => {
    // 1 + small: values near the minimum agree to all digits within 1e−7 of it.
    const objective = (x: Float64Array) => 1 + 0.01 * (Math.cosh(x[0]! - 1) + (x[1]! - 0.3 * x[0]!) ** 2);
    const start = Float64Array.of(1 + 3e-6, 0.3 - 2e-6);
    const { x } = polish(objective, { x: start, value: objective(start) }, box);
    expect(Math.abs(x[0]! - 1)).toBeLessThan(1e-9);
    expect(Math.abs(x[1]! - 0.3)).toBeLessThan(1e-9);
  });

  it('are left as they are at a kink, at a wall and on a plain', () => {
    const kink = (x: Float64Array) => 1 + Math.abs(x[0]! - 1) * (x[0]! > 1 ? 0.01 : 0.3);
    for (const [objective, start] of [
      [kink, Float64Array.of(1, 0)],
      [(x: Float64Array) => x[0]!, Float64Array.of(-5, 0)],
      [() => 2, Float64Array.of(1, 1)],
    ] as const) {
      const minimum = { x: start, value: objective(start) };
      const polished = polish(objective, minimum, box);
      expect([...polished.x]).toEqual([...start]);
    }
  });
});
