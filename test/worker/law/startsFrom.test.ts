import { describe, expect, it } from 'vitest';
import { coordinatesOf } from '../../../src/law/law.ts';
import { m3 } from '../../../src/law/laws/m3.ts';
import { m3Overfit } from '../../../src/law/laws/m3Overfit.ts';
import { startsFrom } from '../../../src/worker/law/startsFrom.ts';
import { TRUE_M3 } from '../../cli/lawRuns.ts';
import { m3Runs, openSession } from './open.ts';

describe('a law that contains the one that was fitted', () => {
  it('begins where that ended, its further parameters at each of their starts', () => {
    const theta = coordinatesOf(m3, TRUE_M3);
    const starts = startsFrom(m3Overfit, { law: m3, theta });
    expect(starts).toHaveLength(4);
    for (const start of starts) {
      expect(start).toHaveLength(m3Overfit.parameters.length);
      expect([...start.subarray(0, 9)]).toEqual([...theta]);
    }
    expect(new Set(starts.map((start) => start.join())).size).toBe(4);
  });

  it('is the law itself from one start', () => {
    const theta = coordinatesOf(m3, TRUE_M3);
    expect(startsFrom(m3, { law: m3, theta })).toEqual([theta]);
  });

  it('fits no worse than it', async () => {
    const { send } = openSession();
    const { runs, about } = m3Runs(1);
    await send({ command: 'dataset', runs, about });
    const sample = { dataset: 1, without: [] };
    const plain = await send({ command: 'fit', law: 'm3', sample, descents: 4, task: 1 });
    const richer = await send({ command: 'extend', law: 'm3-overfit', from: plain.fit, sample });
    expect(richer.law.name).toBe('m3-overfit');
    expect(richer.warm).toBe(true);
    expect(richer.file.rows).toBe(plain.file.rows);
    expect(richer.file.objective).toBeLessThanOrEqual(plain.file.objective * (1 + 1e-6));
  }, 60_000);
});
