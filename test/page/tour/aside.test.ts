import { describe, expect, it } from 'vitest';
import { asides } from '../../../src/page/tour/chart/aside.ts';
import type { ChartModel, ChartPoint } from '../../../src/page/tour/chart/model.ts';
import { LOOKS, OTHER_LOOKS } from '../../../src/page/tour/looks.ts';
import { MONOLINGUAL } from '../../../src/page/tour/measured/recipes.ts';

const scale = (to: number) => ({ isLog: false, low: 0, high: 10, from: 0, to });
const model = (series: readonly (readonly ChartPoint[])[], isCurve = false): ChartModel => ({
  x: { label: 'x', format: String },
  y: { label: 'y', format: String },
  series: series.map((points, index) => ({
    name: `${index}`,
    look: OTHER_LOOKS[index] ?? LOOKS[MONOLINGUAL],
    points,
    isCurve,
  })),
});
const of = (all: ChartModel) => asides(all, scale(400), scale(200));

describe('marks at one place', () => {
  it('stand beside each other where they would cover each other, and nowhere else', () => {
    const [one, two, three] = of(
      model([
        [
          { x: 2, y: 5 },
          { x: 5, y: 5 },
        ],
        [
          { x: 2, y: 5.1 },
          { x: 5, y: 8 },
        ],
        [{ x: 2, y: 9 }],
      ]),
    );
    expect(two![0]! - one![0]!).toBeGreaterThanOrEqual(9);
    expect(one![0]! + two![0]!).toBe(0);
    expect([one![1], two![1], three![0]]).toEqual([0, 0, 0]);
  });

  it('keep to their place where the next is near', () => {
    const five = Array.from({ length: 5 }, () => [
      { x: 5, y: 5 },
      { x: 5.5, y: 5 },
    ]);
    const moved = of(model(five)).map(([first]) => first!);
    expect(moved.at(-1)! - moved[0]!).toBeLessThan(20);
    expect(new Set(moved).size).toBe(5);
  });

  it('of curves are none', () => {
    expect(of(model([[{ x: 1, y: 1 }], [{ x: 1, y: 1 }]], true))).toEqual([[0], [0]]);
  });
});
