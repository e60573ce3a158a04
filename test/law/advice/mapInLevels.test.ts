import { describe, expect, it } from 'vitest';
import { lowest } from '../../../src/law/advice/best.ts';
import { type Level, mapInLevels } from '../../../src/law/advice/mapInLevels.ts';
import { phaseMap } from '../../../src/law/advice/phaseMap.ts';
import { logSpaced } from '../../../src/law/advice/scales.ts';
import { m3 } from '../../../src/law/laws/m3.ts';
import { draws, exampleTheta, m3Theta } from './laws.ts';

const COMPUTES = logSpaced(1e15, 1e21, 9);
const CORPORA = logSpaced(1e5, 1e11, 17);

const kindsOf = ({ cells }: Level) => cells.map(({ recipes }) => lowest(recipes)?.kind ?? null);

async function levelsOf(options: Parameters<typeof mapInLevels>[4] = {}): Promise<Level[]> {
  const levels: Level[] = [];
  await mapInLevels(m3, exampleTheta, COMPUTES, CORPORA, {
    ...options,
    onLevel: (level) => levels.push(level),
  });
  return levels;
}

describe('a map in levels', () => {
  it('ends as the map that looks everywhere', async () => {
    const levels = await levelsOf();
    const whole = await phaseMap(m3, exampleTheta, COMPUTES, CORPORA);
    const last = levels.at(-1)!;
    expect(last.stage).toBe('cells');
    expect(last.cells.every(({ isExact }) => isExact)).toBe(true);
    expect(kindsOf(last)).toEqual(whole.cells.map(({ best }) => best?.kind ?? null));
  });

  it('draws the borders with a part of the searches, and finer each time', async () => {
    const levels = await levelsOf();
    const exact = levels.map(({ cells }) => cells.filter(({ isExact }) => isExact).length);
    expect(levels.map(({ stage }) => stage)).toEqual(['borders', 'borders', 'borders', 'cells']);
    expect(exact[0]).toBeLessThan(exact[1]!);
    expect(exact[1]).toBeLessThan(exact[2]!);
    expect(exact[2]).toBeLessThan(COMPUTES.length * CORPORA.length * 0.6);
    const [borders, cells] = [kindsOf(levels[2]!), kindsOf(levels[3]!)];
    // The kinds of this law lie in two regions with one border.
    expect(borders).toEqual(cells);
  });

  it('is as sure of each cell as the map that looks everywhere', async () => {
    const draw = draws(6);
    const thetas = Array.from({ length: 6 }, () => m3Theta({ tau: 0.1 + 0.3 * draw() }));
    const last = (await levelsOf({ thetas })).at(-1)!;
    const whole = await phaseMap(m3, exampleTheta, COMPUTES, CORPORA, { thetas, certaintyEvery: 4 });
    expect(last.stage).toBe('resamples');
    expect(last.cells.map(({ certainty }) => certainty)).toEqual(
      whole.cells.map(({ certainty }) => certainty),
    );
  });

  it('finds a region that lies between the cells of the first levels', async () => {
    const covers = ({ D_T }: { D_T: number }) => D_T < CORPORA[9]! * 1.01 && D_T > CORPORA[9]! * 0.99;
    const sliver = { ...m3, covers: (point: Parameters<NonNullable<typeof m3.covers>>[0]) => !covers(point) };
    const level = await mapInLevels(sliver, exampleTheta, COMPUTES, CORPORA);
    const none = kindsOf(level).flatMap((kind, index) => (kind === null ? [index % CORPORA.length] : []));
    expect(none).toEqual(COMPUTES.map(() => 9));
  });

  it('tells how far it is, and stops where it is told to', async () => {
    const stop = new AbortController();
    const shares: number[] = [];
    const stopped = mapInLevels(m3, exampleTheta, COMPUTES, CORPORA, {
      signal: stop.signal,
      onProgress: (share) => shares.push(share),
      onLevel: () => stop.abort(),
    });
    await expect(stopped).rejects.toThrow('abort');
    await mapInLevels(m3, exampleTheta, [1e18], [1e8], { onProgress: (share) => shares.push(share) });
    expect(shares.at(-1)).toBe(1);
  });
});
