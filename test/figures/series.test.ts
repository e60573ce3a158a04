import { describe, expect, it } from 'vitest';
import { drawSeries, type SeriesFigure } from '../../src/figures/series.ts';
import { svgFile } from '../../src/figures/svgFile.ts';
import { canvas, FIGURES, SERIES } from './examples.ts';
import { marks, placeOf, texts } from './marks.ts';

const PLAIN: SeriesFigure = {
  title: 'Loss against ratio',
  description: 'One line.',
  x: { label: 'ratio r', log: true },
  y: { label: 'bits per byte' },
  series: [{ label: 'one', points: [0.5, 0.125, 0.25].map((x) => ({ x, y: 2 + x })) }],
};

/** Corners of a path. */
const corners = (path: Element | undefined): number[][] =>
  [...(path?.getAttribute('d') ?? '').matchAll(/[ML]([-\d.]+),([-\d.]+)/g)].map(([, x, y]) => [
    Number(x),
    Number(y),
  ]);

describe('series', () => {
  it('have a line each in the order of x, and a mark a point', () => {
    const figure = drawSeries(canvas(), PLAIN);
    expect(marks(figure, 'dot')).toHaveLength(3);
    const xs = corners(marks(figure, 'line')[0]).map(([x]) => x!);
    expect(xs).toHaveLength(3);
    expect(xs).toEqual([...xs].sort((a, b) => a - b));
    // Equal ratios are equal distances.
    expect(xs[1]! - xs[0]!).toBeCloseTo(xs[2]! - xs[1]!, 1);
  });

  it('are the same in whatever order their points come', () => {
    const turned = {
      ...SERIES,
      series: SERIES.series.map((one) => ({ ...one, points: [...one.points].reverse() })),
    };
    expect(svgFile(drawSeries(canvas(), turned))).toBe(svgFile(drawSeries(canvas(), SERIES)));
  });

  it('leave out and count what the axes cannot show', () => {
    const [one] = PLAIN.series;
    const figure = drawSeries(canvas(), {
      ...PLAIN,
      series: [
        {
          ...one!,
          points: [...one!.points, { x: 1, y: Number.POSITIVE_INFINITY }, { x: 0, y: 3 }],
        },
      ],
    });
    expect(marks(figure, 'dot')).toHaveLength(3);
    expect(texts(figure).join(' ')).toContain('2 values are left out');
    expect(texts(drawSeries(canvas(), PLAIN)).join(' ')).not.toContain('left out');
  });

  it('say in words what each of them spans, and what is marked', () => {
    const description = FIGURES.series!(canvas()).querySelector('desc')?.textContent ?? '';
    expect(description).toContain('Left to right: target tokens D T (logarithmic)');
    expect(description).toContain('multi-lingual two-stage: 4 values');
    expect(description).toContain('threshold D T c at 3.1·10⁴');
  });

  it('draw an open interval to the frame, and no interval where there is none', () => {
    const figure = drawSeries(canvas(), {
      ...PLAIN,
      y: { label: 'tokens', log: true },
      series: [
        {
          label: 'one',
          points: [
            { x: 0.1, y: 10, low: 0, high: Number.POSITIVE_INFINITY },
            { x: 0.5, y: 20, low: 15, high: 30 },
            { x: 1, y: 12 },
          ],
        },
      ],
    });
    const bars = marks(figure, 'rule');
    expect(bars).toHaveLength(2);
    const [frame] = figure.querySelectorAll('[aria-label="frame"]');
    const [top, height] = ['y', 'height'].map((name) => Number(frame?.getAttribute(name)));
    const ends = ['y1', 'y2'].map((name) => Number(bars[0]?.getAttribute(name)));
    expect(Math.min(...ends)).toBeCloseTo(top!, 0);
    expect(Math.max(...ends)).toBeCloseTo(top! + height!, 0);
  });

  it('are told apart beyond as many as there are looks', () => {
    const figure = drawSeries(canvas(), {
      ...PLAIN,
      series: Array.from({ length: 9 }, (_, index) => ({
        label: `s${index}`,
        points: [
          { x: 1, y: index },
          { x: 2, y: index + 1 },
        ],
      })),
    });
    const looks = [...figure.querySelectorAll('g[aria-label="dot"]')].map((group) =>
      ['fill', 'stroke'].map((name) => group.getAttribute(name)).join(' '),
    );
    expect(new Set(looks.filter((look) => !look.startsWith('none'))).size).toBeGreaterThanOrEqual(9);
  });
});

describe('words of rules', () => {
  it('stand above the data, each on a line of its own', () => {
    const figure = FIGURES.series!(canvas());
    const words = [...figure.querySelectorAll('text')].filter(({ textContent }) =>
      ['threshold DTc', 'D*(C)'].includes(textContent ?? ''),
    );
    const heights = words.map((text) => placeOf(text).y);
    expect(new Set(heights).size).toBe(2);
    const highest = Math.min(...marks(figure, 'line').flatMap((line) => corners(line).map(([, y]) => y!)));
    for (const height of heights) expect(height).toBeLessThan(highest);
  });

  it('of a horizontal rule keep off the data', () => {
    const right = { ...PLAIN, rules: [{ y: 2.13, label: 'seed noise' }] };
    const placeIn = (figure: ReturnType<typeof drawSeries>) =>
      placeOf([...figure.querySelectorAll('text')].find(({ textContent }) => textContent === 'seed noise')!)
        .x;
    // The line rises through the rule's left end, falls through its right end.
    expect(placeIn(drawSeries(canvas(), right))).toBeGreaterThan(320);
    const falling = {
      ...right,
      series: [{ label: 'one', points: [0.5, 0.125, 0.25].map((x) => ({ x, y: 2 + 0.0625 / x })) }],
    };
    expect(placeIn(drawSeries(canvas(), falling))).toBeLessThan(320);
  });
});
