import { describe, expect, it } from 'vitest';
import { drawCollapse } from '../../src/figures/collapse.ts';
import { type Figure, HEAD_CLASS } from '../../src/figures/frame.ts';
import { drawParameters } from '../../src/figures/parameterForest.ts';
import { drawPhaseMap, SPAN_CLASS } from '../../src/figures/phaseMap.ts';
import { drawResiduals, FAR_CLASS } from '../../src/figures/residuals.ts';
import { svgFile } from '../../src/figures/svgFile.ts';
import { RECIPE_KINDS } from '../../src/law/point.ts';
import { CELLS, canvas, FIGURES, RULED, RUNS, SMALL_PRINT } from './examples.ts';
import { marks, placeOf, texts } from './marks.ts';

describe('residuals with a few runs far away', () => {
  const far = [...RUNS.map((run) => ({ ...run, predicted: run.measured * 1.001 })), ...RULED];
  const heights = (figure: Figure) =>
    marks(figure, 'dot').map((dot) =>
      Number(
        /translate\([-\d.]+,([-\d.]+)/.exec(dot.getAttribute('transform') ?? '')?.[1] ??
          dot.getAttribute('cy'),
      ),
    );

  it('keep their height for the others, and mark and count those', () => {
    const figure = drawResiduals(canvas(), { law: 'm3', against: 'k', runs: far });
    expect(figure.querySelectorAll(`.${FAR_CLASS} > *`)).toHaveLength(1);
    expect(marks(figure, 'dot')).toHaveLength(far.length - 1);
    expect(texts(figure).join(' ')).toContain('▲▼: a run lies beyond the axis.');
    // Of 276 pixels inside the frame the others take most.
    const ys = heights(figure);
    expect(Math.max(...ys) - Math.min(...ys)).toBeGreaterThan(100);
  });

  it('have a place for a first stage without the target, left of all others, and a look for each rule', () => {
    const figure = FIGURES['residuals-r_1']!(canvas());
    const words = texts(figure);
    for (const rule of ['r_1 = 0', 'r_1 = 0.25·r', 'r_1 = r']) expect(words).toContain(rule);
    expect(words).toContain('0');
    const colours = new Set(
      [...figure.querySelectorAll(`g[aria-label="dot"]:not(.${HEAD_CLASS})`)].map((group) =>
        group.getAttribute('fill'),
      ),
    );
    expect(colours.size).toBe(3);
  });
});

describe('parameters', () => {
  const draw = (value: number, interval: readonly [number, number], width?: number) =>
    drawParameters(
      { ...canvas(), width },
      { law: 'm3', parameters: [{ name: 'beta', value, interval, note: '' }] },
    );

  it('are written to one decimal place', () => {
    expect(texts(draw(0.29, [0.289, 0.292]))).toContain('0.2900  [0.2890, 0.2920]');
  });

  it('have an axis as wide as the widest interval, with room for what is written beside it', () => {
    const figure = draw(0.29, [0.289, 0.292]);
    const [link] = marks(figure, 'link');
    const [from, to] = [...(link?.getAttribute('d') ?? '').matchAll(/[ML]([-\d.]+),/g)].map(([, x]) =>
      Number(x),
    );
    expect(to! - from!).toBeGreaterThan(150);
    const words = [...figure.querySelectorAll('text')].find((text) => text.textContent?.startsWith('0.2900'));
    const { x: left } = placeOf(words!);
    expect(left).toBeGreaterThan(to!);
    expect(left + words!.textContent!.length * 6).toBeLessThan(640 - 8);
  });
});

describe('words around a figure', () => {
  it('keep off its edge, and the small print stands below it', () => {
    const figure = FIGURES.collapse!(canvas());
    const [, , width, height] = (figure.getAttribute('viewBox') ?? '').split(' ').map(Number);
    const places = [...figure.querySelectorAll('text')].map((text) => ({
      text: text.textContent ?? '',
      ...placeOf(text),
    }));
    expect(places.length).toBeGreaterThan(10);
    for (const { text, x } of places) expect(x, text).toBeGreaterThanOrEqual(8);
    const small = places.filter(({ text }) => SMALL_PRINT.includes(text) && text.length > 20);
    expect(small.map(({ text }) => text).join(' ')).toBe(SMALL_PRINT);
    const axis = places.find(({ text }) => text.startsWith('scarcity x'));
    for (const { y } of small)
      expect([y > axis!.y, y < height!], `${y}, ${axis!.y}, ${height}`).toEqual([true, true]);
    expect(width).toBe(640);
  });
});

describe('ticks', () => {
  it('do not run into each other on a narrow figure, and powers of ten stay', () => {
    const figure = drawResiduals({ ...canvas(), width: 340 }, { law: 'm3', against: 'C', runs: RUNS });
    const ticks = [...figure.querySelectorAll('g[aria-label="x-axis tick label"] > text')].map((text) => ({
      words: text.textContent ?? '',
      x: placeOf(text).x,
    }));
    expect(ticks.map(({ words }) => words)).toEqual(expect.arrayContaining(['10¹²', '10¹³', '10¹⁴', '10¹⁵']));
    for (const [index, { words, x }] of ticks.entries()) {
      const next = ticks[index + 1];
      if (next) expect(next.x - x, words).toBeGreaterThan(6 * ((words.length + next.words.length) / 2));
    }
  });
});

describe('best epochs', () => {
  it('have a band for each budget, marks in turn, and a line where runs end', () => {
    const figure = FIGURES.collapse!(canvas());
    expect(marks(figure, 'area')).toHaveLength(2);
    expect(marks(figure, 'dot')).toHaveLength(5);
    expect(marks(figure, 'rule')).toHaveLength(1);
    expect(texts(figure).join(' ')).toContain('Dotted: the most passes of any run, 8;');
  });

  it('show every mark where there are few, and neither band nor line unasked', () => {
    const figure = drawCollapse(canvas(), {
      law: 'm3',
      points: [1e14, 1e16].flatMap((compute) => [0.1, 1].map((x) => ({ compute, x, epochs: 1 / x }))),
      spread: 0.2,
      mostEpochs: 1e4,
    });
    expect(
      [marks(figure, 'dot'), marks(figure, 'area'), marks(figure, 'rule')].map(({ length }) => length),
    ).toEqual([4, 0, 0]);
  });
});

describe('the phase map', () => {
  it('has a cell for each place with a recipe, and hatches the doubtful', () => {
    const figure = FIGURES['phase-map']!(canvas());
    expect(marks(figure, 'rect')).toHaveLength(CELLS.filter(({ kind }) => kind !== null).length);
    const links = marks(figure, 'link').filter(
      ({ parentElement }) => !parentElement?.classList.contains(SPAN_CLASS),
    );
    expect(links).toHaveLength(CELLS.filter(({ certainty }) => certainty < 0.8).length);
  });

  it('tells certainty by hatching alone, and says so where there is some', () => {
    const draw = (certainty: number) =>
      drawPhaseMap(canvas(), { law: 'm3', cells: CELLS.map((cell) => ({ ...cell, certainty })) });
    const opacities = (figure: Figure) =>
      new Set(
        [...figure.querySelectorAll('g[aria-label="rect"], g[aria-label="rect"] > *')].flatMap(
          (element) => element.getAttribute('fill-opacity') ?? [],
        ),
      );
    expect(opacities(FIGURES['phase-map']!(canvas())).size).toBe(1);
    expect(texts(draw(0.95)).join(' ')).not.toContain('Hatched');
    expect(texts(draw(0.6)).join(' ')).toContain('Hatched: fewer than 80 %');
  });

  it('frames what the runs span, as far as it is on the map', () => {
    // Of the four sides one lies left of the map.
    expect(FIGURES['phase-map']!(canvas()).querySelectorAll(`.${SPAN_CLASS} > *`)).toHaveLength(3);
  });

  it('outlines the interval of the threshold, so that a narrow one is seen', () => {
    const narrow = [1e14, 1e18].map((compute) => ({
      compute,
      targetTokens: 1e7,
      interval: [0.999e7, 1.001e7] as const,
    }));
    const figure = drawPhaseMap(canvas(), { law: 'm3', cells: CELLS, threshold: narrow });
    expect(marks(figure, 'line')).toHaveLength(3);
  });

  it('of one kind, and of which nothing is in doubt, is a sentence', () => {
    const cells = CELLS.map((cell) => ({ ...cell, kind: RECIPE_KINDS[2], certainty: 0.9 }));
    const figure = drawPhaseMap(canvas(), { law: 'm3', cells });
    expect(marks(figure, 'rect')).toHaveLength(0);
    expect(texts(figure).join(' ')).toContain('No map: multi-lingual two-stage is best in all of it');
    const doubtful = cells.map((cell) => ({ ...cell, certainty: 0.5 }));
    expect(marks(drawPhaseMap(canvas(), { law: 'm3', cells: doubtful }), 'rect')).toHaveLength(CELLS.length);
  });

  it('leaves out what lies beyond it', () => {
    expect(marks(FIGURES['phase-map']!(canvas()), 'dot')).toHaveLength(1);
  });

  it('draws a map of one cell', () => {
    const figure = drawPhaseMap(canvas(), { law: 'm3', cells: CELLS.slice(1, 2) });
    expect(marks(figure, 'rect')).toHaveLength(1);
    expect(svgFile(figure)).not.toContain('NaN');
  });
});
