import { describe, expect, it } from 'vitest';
import { fittedRuns, MOST_DOTS } from '../../src/figures/fittedRun.ts';
import { drawPredictedMeasured } from '../../src/figures/predictedMeasured.ts';
import { drawProfile } from '../../src/figures/profileCurve.ts';
import { drawResiduals } from '../../src/figures/residuals.ts';
import { svgFile } from '../../src/figures/svgFile.ts';
import { coordinatesOf, predictLoss } from '../../src/law/law.ts';
import { lawNamed } from '../../src/law/laws/catalogue.ts';
import { pointOf, RECIPE_KINDS } from '../../src/law/point.ts';
import { AWKWARD, canvas, EMPTY, FIGURES, PROFILE, RUNS } from './examples.ts';
import { marks, texts } from './marks.ts';

/** Elements open and close in order: what a strict reader of XML would check first. */
function refuseBroken(file: string): void {
  const open: string[] = [];
  for (const [tag, slash, name, single] of file.matchAll(/<(\/?)([\w-]+)[^<>]*?(\/?)>/g)) {
    if (slash) expect(open.pop(), tag).toBe(name);
    else if (!single) open.push(name!);
  }
  expect(open).toEqual([]);
  expect(file.replace(/<[^<>]*>/g, '')).not.toMatch(/[<>]|&(?!amp;|lt;|gt;|quot;)/);
}

describe.each(Object.keys(FIGURES))('the figure %s', (name) => {
  const draw = FIGURES[name]!;

  it('looks as it did', async () => {
    await expect(svgFile(draw(canvas()))).toMatchFileSnapshot(`./snapshots/${name}.svg`);
  });

  it('is the same a second time, whatever was drawn before', () => {
    const to = canvas();
    const first = svgFile(draw(to));
    for (const other of Object.values(FIGURES)) other(to);
    expect(svgFile(draw(to))).toBe(first);
  });

  it('is a file of its own, and says in words what it shows', () => {
    const figure = draw(canvas());
    const file = svgFile(figure);
    refuseBroken(file);
    expect(file).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/,
    );
    expect(figure.getAttribute('role')).toBe('img');
    expect([...figure.children].slice(0, 2).map(({ localName }) => localName)).toEqual(['title', 'desc']);
    expect(figure.querySelector('desc')?.textContent?.length).toBeGreaterThan(40);
    expect(figure.getAttribute('aria-label')).toBe(figure.querySelector('title')?.textContent);
    expect(file).toContain('prefers-color-scheme:dark');
    expect(file).not.toMatch(/NaN|undefined|\bid="/);
    // No more digits than can be seen: the last ones of a logarithm are not the same on every machine.
    const attributes = [...file.matchAll(/ (?!aria)[\w-]+="([^"]*)"/g)].map(([, value]) => value);
    expect(attributes.join(' ')).not.toMatch(/\d\.\d{3}/);
  });

  it('says that there is nothing to show', () => {
    const figure = EMPTY[name]!(canvas());
    refuseBroken(svgFile(figure));
    expect(texts(figure).some((text) => /^(?:There (?:is|are) no|No )/.test(text))).toBe(true);
  });
});

describe('names', () => {
  it('are escaped once', () => {
    const figure = FIGURES.predicted!(canvas());
    expect(figure.querySelector('title')?.textContent).toBe(`${AWKWARD}: predicted against measured loss`);
    expect(svgFile(figure)).toContain('<title>a &lt;law&gt; &amp; "more": predicted');
  });

  it('lose what no XML may hold', () => {
    const file = svgFile(
      drawPredictedMeasured(canvas(), { law: 'bell\u0007 half\ud800 hard\u00a0space', runs: RUNS }),
    );
    expect(file).toContain('bell� half� hard space');
  });
});

describe('predicted against measured', () => {
  it('has a dot for each run, hollow where it was left out', () => {
    const figure = FIGURES.predicted!(canvas());
    const dots = marks(figure, 'dot');
    expect(dots).toHaveLength(RUNS.length);
    const hollow = dots.filter((dot) => (dot.parentElement ?? dot).getAttribute('fill') === 'none');
    expect(hollow).toHaveLength(1);
  });

  it('has logarithmic axes: equal ratios are equal distances', () => {
    const losses = [1, 2, 4, 8];
    const figure = drawPredictedMeasured(canvas(), {
      law: 'm3',
      runs: losses.map((loss) => ({ ...RUNS[0]!, measured: loss, predicted: loss })),
    });
    const across = marks(figure, 'dot').map((dot) =>
      Number(/translate\(([-\d.]+)/.exec(dot.getAttribute('transform') ?? '')?.[1] ?? dot.getAttribute('cx')),
    );
    const steps = across.slice(1).map((x, index) => Math.round(x - across[index]!));
    expect(new Set(steps).size).toBe(1);
    expect(steps[0]).toBeGreaterThan(50);
  });

  it('thins a crowd and says so', () => {
    const crowd = Array.from({ length: 4 * MOST_DOTS }, (_, index) => ({
      ...RUNS[index % RUNS.length]!,
      isLeftOut: false,
    }));
    const figure = drawPredictedMeasured(canvas(), { law: 'm3', runs: crowd });
    expect(marks(figure, 'dot')).toHaveLength(MOST_DOTS);
    expect(texts(figure).join(' ')).toContain(`Every 4th of ${crowd.length} runs is drawn`);
  });

  it('takes runs with what a law says of them', () => {
    const law = lawNamed('cpt');
    const theta = coordinatesOf(law, {
      E: 1.5,
      A: 400,
      alpha: 0.4,
      Bprime: 430,
      betaprime: 0.2,
      gamma: 0.08,
    });
    const runs = [0.5, 1].map((r) => ({
      point: pointOf({ N: 1e6, D_T: 1e6, k: 1, r, r_f: 1 }),
      loss: 3,
      weight: 1,
      r_1: 0.1,
      s: null,
      groups: {},
      place: '',
    }));
    const [fitted, ...others] = fittedRuns(law, theta, runs);
    expect(others).toEqual([]);
    expect(fitted).toMatchObject({ kind: RECIPE_KINDS[2], measured: 3, at: { N: 1e6, r: 0.5, r_1: 0.1 } });
    expect(fitted!.predicted).toBe(predictLoss(law, runs[0]!.point, theta));
  });
});

describe('residuals', () => {
  it.each(['C', 'N', 'D_T', 'k', 'r', 'r_1'] as const)(
    'against %s have a dot for each run of which it is known',
    (against) => {
      const figure = drawResiduals(canvas(), { law: 'm3', against, runs: RUNS });
      expect(marks(figure, 'dot')).toHaveLength(RUNS.filter(({ at }) => at[against] !== null).length);
    },
  );
});

describe('the profile', () => {
  it('says an open end', () => {
    expect(texts(FIGURES.profile!(canvas())).join(' ')).toContain('from 9, open above (tried up to 40)');
    const closed = drawProfile(canvas(), { ...PROFILE, high: { value: 24, open: false } });
    expect(texts(closed).join(' ')).toContain('95 % interval 9 to 24');
  });

  it('stays inside its frame', () => {
    const figure = FIGURES.profile!(canvas());
    const [frame] = figure.querySelectorAll('[aria-label="frame"]');
    const [top, height] = ['y', 'height'].map((name) => Number(frame?.getAttribute(name)));
    const [curve] = marks(figure, 'line');
    const ys = [...(curve?.getAttribute('d') ?? '').matchAll(/[ML]?[-\d.]+,([-\d.]+)/g)].map(([, y]) =>
      Number(y),
    );
    expect(ys.length).toBeGreaterThan(5);
    for (const y of ys) expect(y >= top! - 0.02 && y <= top! + height! + 0.02).toBe(true);
  });
});
