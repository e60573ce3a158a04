import { describe, expect, it } from 'vitest';
import { parseFitText } from '../../../src/formats/fit.ts';
import { TRUE_M3 } from '../../cli/lawRuns.ts';
import { m3Runs, openSession } from './open.ts';

/** Of 96 runs with 0.2 % of noise: the parameters are known to some tens of percent. */
const WIDE = 0.5;
/** Descents to one bottom end this close, relatively. */
const SAME_OBJECTIVE = 1e-6;

/** Enough to find the valley of synthetic runs; a full search takes twenty times as long. */
const DESCENTS = 24;

const sampleOf = (dataset: number, rows: readonly number[] = []) => ({
  dataset,
  without: rows.length === 0 ? [] : [{ reason: 'left out by hand', rows }],
});

async function fitted() {
  const session = openSession();
  const { runs, about } = m3Runs(1);
  await session.send({ command: 'dataset', runs, about });
  const fit = await session.send({
    command: 'fit',
    law: 'chinchilla',
    sample: sampleOf(1),
    descents: DESCENTS,
    task: 1,
  });
  return { ...session, fit };
}

describe('the worker of the laws', () => {
  it('names every law with its formula as MathML', async () => {
    const { send } = openSession();
    const laws = await send({ command: 'laws' });
    expect(laws.map(({ name }) => name)).toContain('m3');
    for (const { mathml, parameters } of laws) {
      expect(mathml).toMatch(/^<math/);
      for (const parameter of parameters) expect(parameter.mathml).toMatch(/^<math/);
    }
  });

  it('fits runs that were sent in columns, tells how far it is, and goes on warm as runs are added', async () => {
    const { send, events } = openSession();
    const some = m3Runs(7, 0, 80);
    await send({ command: 'dataset', runs: some.runs, about: some.about });
    const cold = await send({ command: 'fit', law: 'm3', sample: sampleOf(7), descents: DESCENTS, task: 3 });
    expect(cold.file.rows).toBe(80);
    expect(cold.warm).toBe(false);
    expect(cold.file.parameters.E?.value).toBeCloseTo(TRUE_M3.E, 0);
    expect(Math.abs(Math.log((cold.file.parameters.tau?.value ?? 0) / TRUE_M3.tau))).toBeLessThan(WIDE);
    const shares = events.flatMap((one) => (one.event === 'progress' && one.task === 3 ? [one.share] : []));
    expect(shares.length).toBeGreaterThan(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));

    const more = m3Runs(7, 80);
    await send({ command: 'append', runs: more.runs, about: more.about });
    const warm = await send({ command: 'refit', from: cold.fit, sample: sampleOf(7) });
    expect(warm.file.rows).toBe(96);
    expect(warm.warm).toBe(true);
    const again = await send({ command: 'fit', law: 'm3', sample: sampleOf(7), descents: DESCENTS, task: 4 });
    expect(warm.file.objective).toBeLessThanOrEqual(again.file.objective * (1 + SAME_OBJECTIVE));
  });

  it('leaves runs out for a reason, and counts them in the file', async () => {
    const { send, fit } = await fitted();
    const without = await send({ command: 'refit', from: fit.fit, sample: sampleOf(1, [0, 5]) });
    expect(without.file.rows).toBe(94);
    expect(without.file.dropped).toContainEqual({ reason: 'left out by hand', rows: 2 });
    const points = await send({ command: 'points', fit: without.fit });
    expect(points.predicted).toHaveLength(96);
    expect([...points.fitted].filter((one) => one === 0)).toHaveLength(2);
    expect(points.fitted[5]).toBe(0);
    expect(points.pull[5]).toBeNaN();
    expect(points.pull[6]).toBeGreaterThan(0);
  });

  it('streams intervals that become sharper, and bands at the runs from then on', async () => {
    const { send, fit, events } = await fitted();
    expect((await send({ command: 'points', fit: fit.fit })).low).toHaveLength(0);
    const sure = await send({ command: 'certainty', fit: fit.fit, resamples: 100, task: 9 });
    const told = events.filter((one) => one.event === 'certainty');
    expect(told).toHaveLength(1);
    expect(sure.resamples).toBe(100);
    const [low, high] = sure.file.parameters.E?.interval ?? [0, 0];
    expect(low).toBeLessThan(high as number);
    const { low: lows, high: highs, predicted } = await send({ command: 'points', fit: fit.fit });
    expect(lows[3]).toBeLessThanOrEqual(predicted[3] ?? 0);
    expect(highs[3]).toBeGreaterThanOrEqual(predicted[3] ?? 0);
  });

  it('is broken off by an abort, and answers a quick command meanwhile', async () => {
    const { begin, send } = openSession();
    const { runs, about } = m3Runs(1);
    await send({ command: 'dataset', runs, about });
    const long = begin({ command: 'fit', law: 'm3', sample: sampleOf(1), task: 1 });
    const laws = await send({ command: 'laws' });
    expect(laws.length).toBeGreaterThan(10);
    long.abort();
    const outcome = await long.answer;
    expect(outcome).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  });

  it('ranks laws one after the other, and says of those that cannot be fitted why', async () => {
    const { send, events } = openSession();
    const { runs, about } = m3Runs(1);
    await send({ command: 'dataset', runs, about });
    const ranking = await send({
      command: 'rank',
      sample: sampleOf(1),
      laws: ['chinchilla', 'chinchilla-target', 'cpt'],
      slices: ['top-compute'],
      task: 2,
    });
    const told = events.flatMap((one) => (one.event === 'ranked' ? [one.law] : []));
    expect(told.map(({ fit }) => fit.law.name).slice(0, 2)).toEqual(['chinchilla', 'chinchilla-target']);
    expect(told[0]?.crossValidation?.rSquared).toBeTypeOf('number');
    expect(told[0]?.heldOut[0]?.slice).toBe('top-compute');
    expect(ranking.ranked[0]?.difference).toBe(0);
    expect(ranking.ranked.length + ranking.apart.length + ranking.failed.length).toBe(3);
  });

  it('writes the file of the command line, whole, that reads back', async () => {
    const { send, fit } = await fitted();
    const { text } = await send({ command: 'exportFit', fits: [fit.fit], resamples: 20, task: 1 });
    const [file] = parseFitText(text, 'fit.json');
    expect(file?.law).toBe('chinchilla');
    expect(file?.bootstrap?.values).toHaveLength(20);
    expect(Object.keys(file?.heldOut ?? {})).toContain('cross-validation');
    expect(file?.byKind).toBeDefined();
    expect(file?.nulls).toBeDefined();
    expect(file?.nextRuns?.length).toBeGreaterThan(0);
  });

  it('reads a law of one’s own, says where it cannot, and fits it', async () => {
    const { send } = openSession();
    const own = {
      version: 1 as const,
      name: 'mine',
      formula: 'E + A/N^alpha + B/D^beta',
      parameters: ['E', 'A', 'alpha', 'B', 'beta'].map((name) => ({ name })),
    };
    const bad = await send({ command: 'ownLaw', own: { ...own, formula: 'E + A/N^alpha + B/D^beta )' } });
    expect(bad).toMatchObject({ ok: false, character: 26 });
    const read = await send({ command: 'ownLaw', own });
    expect(read).toMatchObject({ ok: true, law: { name: 'mine' } });
    const { runs, about } = m3Runs(1);
    await send({ command: 'dataset', runs, about });
    const fit = await send({ command: 'fit', law: own, sample: sampleOf(1), descents: DESCENTS, task: 1 });
    const lab = await send({
      command: 'fit',
      law: 'chinchilla',
      sample: sampleOf(1),
      descents: DESCENTS,
      task: 1,
    });
    expect(fit.file.objective / lab.file.objective).toBeCloseTo(1, 4);
    expect(fit.file.own).toEqual(own);
  });

  it('says that it does not keep what it was never given', async () => {
    const { begin } = openSession();
    const outcome = await begin({ command: 'points', fit: 99 }).answer;
    expect(outcome).toMatchObject({ ok: false, failure: { kind: 'not-now' } });
  });
});
