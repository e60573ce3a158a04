import { describe, expect, it } from 'vitest';
import { drawCollapse } from '../../src/figures/collapse.ts';
import { type Figure, HEAD_CLASS } from '../../src/figures/frame.ts';
import { drawParameters } from '../../src/figures/parameterForest.ts';
import { CELLS_CLASS, drawPhaseMap } from '../../src/figures/phaseMap.ts';
import { STEEP_CLASS } from '../../src/figures/phaseMarks.ts';
import { drawPredictedMeasured } from '../../src/figures/predictedMeasured.ts';
import { drawResiduals, FAR_CLASS } from '../../src/figures/residuals.ts';
import { BEYOND_CLASS, SPAN_CLASS } from '../../src/figures/span.ts';
import { svgFile } from '../../src/figures/svgFile.ts';
import { RECIPE_KINDS, type RecipeKind } from '../../src/law/point.ts';
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
    for (const rule of ['r1 = 0', 'r1 = 0.25·r', 'r1 = r']) expect(words).toContain(rule);
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
  it('has a cell for each place with a recipe, and its kind by a word as well as by its colour', () => {
    const figure = FIGURES['phase-map']!(canvas());
    expect(marks(figure, 'rect')).toHaveLength(CELLS.filter(({ kind }) => kind !== null).length);
    const wide = [1, 2, 3, 4, 5, 6].flatMap((column) =>
      [1, 2, 3, 4].map((row) => ({
        compute: 10 ** (14 + column),
        targetTokens: 10 ** (4 + row),
        kind: column < 4 ? RECIPE_KINDS[2] : RECIPE_KINDS[0],
        certainty: 1,
      })),
    );
    const words = texts(drawPhaseMap(canvas(), { law: 'm3', cells: wide }));
    expect(words).toEqual(expect.arrayContaining(['two stages', 'monolingual']));
    expect(words).not.toContain('one stage');
  });

  it('fades where resamples disagree, and says so', () => {
    const draw = (certainty: number | null) =>
      drawPhaseMap(canvas(), { law: 'm3', cells: CELLS.map((cell) => ({ ...cell, certainty })) });
    const opacity = (figure: Figure) => {
      const cells = [...figure.querySelectorAll(`.${CELLS_CLASS} > *`)];
      const all = new Set(cells.map((cell) => Number(cell.getAttribute('fill-opacity'))));
      expect(all.size).toBe(1);
      return [...all][0]!;
    };
    const [none, sure, unsure, chance] = [null, 1, 0.6, 0.2].map((one) => opacity(draw(one)));
    expect(none).toBe(sure);
    expect(sure).toBeGreaterThan(unsure!);
    expect(unsure).toBeGreaterThan(chance!);
    expect(chance).toBeGreaterThan(0);
    expect(texts(draw(1)).join(' ')).not.toContain('paler');
    expect(texts(draw(0.6)).join(' ')).toContain('The paler, the fewer resamples agree.');
  });

  it('hatches what lies beyond the runs, and nothing without them', () => {
    const hatched = (figure: Figure) => figure.querySelector(`.${BEYOND_CLASS}`)?.getAttribute('d') ?? '';
    expect(hatched(FIGURES['phase-map']!(canvas())).match(/M/g)?.length).toBeGreaterThan(20);
    const span = { compute: [1, 1e40], targetTokens: [1, 1e40] } as const;
    expect(hatched(drawPhaseMap(canvas(), { law: 'm3', cells: CELLS, span }))).toBe('');
    expect(hatched(drawPhaseMap(canvas(), { law: 'm3', cells: CELLS }))).toBe('');
  });

  it('draws the line thick where the second language comes at once', () => {
    const line = [1e14, 1e15, 1e16].map((compute, index) => ({
      compute,
      targetTokens: 1e7,
      interval: null,
      jumps: index < 2,
    }));
    const figure = drawPhaseMap(canvas(), { law: 'm3', cells: CELLS, threshold: line });
    expect(figure.querySelectorAll(`.${STEEP_CLASS} > *`)).toHaveLength(1);
    expect(texts(figure).join(' ')).toContain('thin where the second language comes bit by bit');
  });

  it('has a hollow mark where the winners tie, and a ring where a person asks', () => {
    const at = { compute: 1e16, targetTokens: 1e7 };
    const tie = drawPhaseMap(canvas(), {
      law: 'm3',
      cells: CELLS,
      measured: [{ ...at, kind: RECIPE_KINDS[0], isTie: true }],
    });
    expect(texts(tie).join(' ')).toContain('hollow where it is a tie');
    expect(marks(drawPhaseMap(canvas(), { law: 'm3', cells: CELLS, asked: at }), 'dot')).toHaveLength(3);
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
    expect(figure.querySelectorAll(`.${STEEP_CLASS} > *`)).toHaveLength(1);
  });

  it('of one kind, and of which nothing is in doubt, is a sentence', () => {
    const cells = CELLS.map((cell) => ({ ...cell, kind: RECIPE_KINDS[2], certainty: 0.9 }));
    const figure = drawPhaseMap(canvas(), { law: 'm3', cells });
    expect(marks(figure, 'rect')).toHaveLength(0);
    expect(texts(figure).join(' ')).toContain('No map: multi-lingual two-stage, best in all of it');
    const doubtful = cells.map((cell) => ({ ...cell, certainty: 0.5 }));
    expect(marks(drawPhaseMap(canvas(), { law: 'm3', cells: doubtful }), 'rect')).toHaveLength(CELLS.length);
  });

  it('calls kinds as the page around it does', () => {
    const short = {
      'monolingual single-stage': 'one',
      'multi-lingual single-stage': 'two',
      'multi-lingual two-stage': 'three',
    };
    const to = { ...canvas(), kindWords: (kind: RecipeKind) => short[kind] };
    const words = (figure: Figure) =>
      `${texts(figure).join(' ')} ${figure.querySelector('desc')?.textContent}`;
    const map = words(drawPhaseMap(to, { law: 'm3', cells: CELLS }));
    expect(map).toMatch(/\bone\b.*\bthree\b/);
    expect(map).not.toContain('stage');
    const runs = RECIPE_KINDS.map((kind) => ({ ...RUNS[0]!, kind }));
    for (const figure of [
      drawPredictedMeasured(to, { law: 'm3', runs }),
      drawResiduals(to, { law: 'm3', against: 'C', runs }),
    ]) {
      expect(texts(figure)).toEqual(expect.arrayContaining(['one', 'two', 'three']));
      expect(words(figure)).not.toContain('stage');
    }
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

describe('symbols', () => {
  const italics = (text: Element | undefined) =>
    [...(text?.querySelectorAll('tspan') ?? [])].map((span) => [
      span.textContent,
      span.getAttribute('font-style'),
      span.getAttribute('dy'),
    ]);

  it('are set as in print: italic, the index lowered, and what follows back on the line', () => {
    const figure = FIGURES.collapse!(canvas());
    const axis = [...figure.querySelectorAll('text')].find(({ textContent }) =>
      textContent?.startsWith('scarcity'),
    );
    expect(axis?.textContent).toBe('scarcity x = DT/D*(C)');
    expect(italics(axis)).toEqual([
      ['x', 'italic', null],
      ['D', 'italic', null],
      ['T', 'italic', '3'],
      ['/', null, '-3'],
      ['D*', 'italic', null],
      ['C', 'italic', null],
    ]);
    // A name that CSS could not read would set them in the font of the rest.
    const family = axis?.querySelector('tspan')?.getAttribute('font-family') ?? '';
    for (const name of family.split(', ')) expect(name).toMatch(/^[A-Za-z]+( [A-Za-z]+)*$/);
    for (const draw of Object.values(FIGURES)) {
      const drawn = draw(canvas());
      expect(texts(drawn).join(' ')).not.toMatch(/[DrR]_|star|alpha|beta/);
      expect(drawn.querySelector('desc')?.textContent).not.toMatch(/[DrR]_|star/);
    }
  });

  it('of parameters are their letters, not their names', () => {
    const parameters = ['alpha', 'Rstar', 'tau'].map((name) => ({
      name,
      value: 1,
      interval: null,
      note: '',
    }));
    const words = texts(drawParameters(canvas(), { law: 'm3', parameters }));
    expect(words).toEqual(expect.arrayContaining(['α', 'R*', 'τ']));
  });
});

describe('a figure without a title of its own', () => {
  it('has its words where those around it begin', () => {
    const left = (isTitled: boolean) =>
      Math.min(
        ...[
          ...drawCollapse(
            { ...canvas(), isTitled },
            { law: 'm3', points: [{ compute: 1e14, x: 0.1, epochs: 4 }], spread: null },
          ).querySelectorAll(`.${HEAD_CLASS} > text`),
        ].map((text) => placeOf(text).x),
      );
    expect(left(false)).toBe(0);
    expect(left(true)).toBe(12);
  });
});

describe('parameters on a phone', () => {
  it('have their numbers on paper, not on the upright lines', () => {
    const spec = { law: 'm3', parameters: [{ name: 'beta', value: 2, interval: [1, 3] as const, note: '' }] };
    const behind = (width: number) =>
      [...drawParameters({ ...canvas(), width }, spec).querySelectorAll('text')]
        .find(({ textContent }) => textContent?.startsWith('2.00'))
        ?.parentElement?.getAttribute('stroke');
    expect(behind(320)).toBe('#fffdf9');
    expect(behind(900)).toBeNull();
  });
});
