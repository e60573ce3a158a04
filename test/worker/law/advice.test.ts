import { beforeAll, describe, expect, it } from 'vitest';
import { parseRecommendation, recommendationJson } from '../../../src/formats/recommendation.ts';
import { logSpaced } from '../../../src/law/advice/scales.ts';
import { RECIPE_KINDS } from '../../../src/law/point.ts';
import { m3Runs, openSession } from './open.ts';

const { begin, send, events } = openSession();
const CASE = { compute: 1e15, targetTokens: 1e6, margin: 0, map: false } as const;
let fit = 0;
let reach: { readonly computes: number[]; readonly corpora: number[] };

beforeAll(async () => {
  const { runs, about } = m3Runs(1);
  await send({ command: 'dataset', runs, about });
  const facts = await send({
    command: 'fit',
    law: 'm3',
    sample: { dataset: 1, without: [] },
    descents: 10,
    task: 1,
  });
  fit = facts.fit;
  const { C, D_T } = facts.file.extent;
  reach = { computes: logSpaced(C![0], C![1], 5), corpora: logSpaced(D_T![0], D_T![1], 5) };
}, 60_000);

describe('advice of a fit', () => {
  it('is the file of the command line, with its sentences', async () => {
    const advised = await send({ command: 'advise', asked: { fit }, ...CASE, resamples: 0, task: 2 });
    if (!advised.told) throw new Error(advised.problem);
    const { file, words } = advised;
    expect(parseRecommendation(JSON.parse(JSON.stringify(recommendationJson(file))), 'advice')).toEqual(file);
    expect(file).toMatchObject({ version: 1, law: 'm3', compute: 1e15, targetTokens: 1e6, untold: [] });
    expect(file.runnersUp).toHaveLength(2);
    expect(file.best.interval).toBeNull();
    expect(words.threshold).toMatch(/a second language pays/);
    expect(words.scarcity).toContain('x = D_T/D*(C)');
  });

  it('says how far beyond the runs it reaches, in octaves', async () => {
    const far = await send({
      command: 'advise',
      asked: { fit },
      ...CASE,
      compute: 1e22,
      resamples: 0,
      task: 3,
    });
    if (!far.told) throw new Error(far.problem);
    expect(far.beyond.length).toBeGreaterThan(0);
    const [first, second] = far.beyond;
    expect(first!.octaves).toBeGreaterThanOrEqual(second?.octaves ?? 0);
    for (const { value, reached, octaves } of far.beyond)
      expect(2 ** octaves).toBeCloseTo(Math.max(value / reached, reached / value), 6);
  });

  it('answers nothing where nothing follows', async () => {
    const advised = await send({
      command: 'advise',
      asked: { fit },
      ...CASE,
      compute: 1e39,
      resamples: 0,
      task: 4,
    });
    expect(advised).toMatchObject({ told: false, field: 'compute' });
  });

  it('takes a turned parameter at its word, and says so', async () => {
    const ask = (tau: number) =>
      send({
        command: 'advise',
        asked: { fit, turned: { tau } },
        ...CASE,
        targetTokens: 1e5,
        resamples: 50,
        task: 5,
      });
    const [useless, worthAll] = [await ask(0), await ask(1)];
    if (!useless.told || !worthAll.told) throw new Error('not told');
    expect(useless.resamples).toBe(0);
    expect(worthAll.file.best.loss).toBeLessThan(useless.file.best.loss);
    expect(useless.file.notes.join(' ')).toContain('tau is not the fit’s, but turned by hand');
  });

  it('knows one language only where the runs do', async () => {
    const { runs, about, rows } = m3Runs(7);
    await send({ command: 'dataset', runs, about });
    const bilingual = rows.flatMap(({ r }, row) => (r < 1 ? [row] : []));
    const mono = await send({
      command: 'fit',
      law: 'm3',
      sample: { dataset: 7, without: [{ reason: 'bilingual', rows: bilingual }] },
      descents: 5,
      task: 6,
    });
    const advised = await send({
      command: 'advise',
      asked: { fit: mono.fit },
      ...CASE,
      resamples: 0,
      task: 7,
    });
    if (!advised.told) {
      // Fewer recipes than parameters is said as such.
      expect(advised.problem).toContain('nothing follows');
      return;
    }
    expect(advised.file.best.kind).toBe(RECIPE_KINDS[0]);
    expect(advised.file.runnersUp).toEqual([]);
    expect(advised.words.gaps[0]).toContain('a second language');
  });
});

describe('a map of a fit', () => {
  it('comes in levels, and its last is the answer', async () => {
    const map = await send({ command: 'phaseMap', asked: { fit }, ...reach, resamples: 0, task: 20 });
    const told = events.flatMap((event) =>
      event.event === 'mapLevel' && event.task === 20 ? [event.map] : [],
    );
    expect(told.at(-1)!.kind).toEqual(map.kind);
    expect(map.stage).toBe('cells');
    expect([...map.exact].every((one) => one === 1)).toBe(true);
    expect([...map.certainty].every(Number.isNaN)).toBe(true);
    expect(map.loss).toHaveLength(25 * RECIPE_KINDS.length);
    for (const [index, kind] of map.kind.entries()) {
      const losses = [...map.loss.subarray(3 * index, 3 * index + 3)];
      expect(losses[kind]! / Math.min(...losses)).toBeLessThan(1 + 2e-6);
      const [N, k, r, , D] = map.recipe.subarray(5 * index, 5 * index + 5);
      expect(D! / ((k! * reach.corpora[index % 5]!) / r!)).toBeCloseTo(1, 9);
      expect(N).toBeGreaterThan(0);
    }
  });

  it('can be broken off', async () => {
    const wide = { computes: logSpaced(1e13, 1e17, 25), corpora: logSpaced(1e4, 1e9, 25) };
    const { answer, abort } = begin({ command: 'phaseMap', asked: { fit }, ...wide, resamples: 0, task: 21 });
    abort();
    expect(await answer).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  });

  it('has a line, best epochs and a slice beside it', async () => {
    const { computes, corpora } = reach;
    const line = await send({
      command: 'thresholdLine',
      asked: { fit },
      computes: computes.slice(1, 3),
      resamples: 0,
      margin: 0,
      task: 22,
    });
    expect(line.map(({ compute }) => compute)).toEqual(computes.slice(1, 3));
    expect(line.every(({ state, targetTokens }) => (state === 'crossed') === (targetTokens !== null))).toBe(
      true,
    );
    const epochs = await send({
      command: 'bestEpochs',
      asked: { fit },
      computes: computes.slice(0, 2),
      scarcities: [0.01, 0.1, 1],
      resamples: 0,
      task: 23,
    });
    expect(epochs.points).toHaveLength(6);
    // Of this law scarcity alone decides.
    expect(epochs.spread!.lnEpochs).toBeLessThan(1e-3);
    const slice = await send({ command: 'slice', asked: { fit }, compute: computes[2]!, corpora });
    expect(slice.loss).toHaveLength(corpora.length * 3);
    const mono = corpora.map((_, index) => slice.loss[3 * index]!);
    expect(mono).toEqual([...mono].sort((a, b) => b - a));
  });
});
