import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../../src/formats/runSummary.ts';
import { readRunSummaries } from '../../../src/formats/runs/summaries.ts';

function summary(id: string, change: Partial<RunSummary> = {}): RunSummary {
  return {
    ...{ id, name: `run ${id}`, origin: 'own', collection: 'fleet', status: 'done' },
    ...{
      kind: 'multi-lingual two-stage',
      N: 1e5,
      D: 4e6,
      D_T: 1e6,
      S: 2e6,
      k: 2,
      r: 0.5,
      r_f: 1,
      r_1: 0.25,
      s: 1 / 3,
    },
    ...{ C: 2.4e12, flops: 3e12, steps: 10, sourceRepeated: false },
    ...{ target: 'world:id', source: 'world:en', pair: 'world:id with world:en', tokenizer: 'bytes' },
    ...{
      layers: 1,
      width: 8,
      context: 16,
      batch: 2,
      learningRate: 1e-3,
      schedule: 'wsd',
      weightDecay: 0.1,
      seed: 3,
    },
    ...{
      targetLoss: 2.5,
      targetLossError: 0.01,
      targetBitsPerByte: 3.6,
      sourceLoss: null,
      sourceBitsPerByte: null,
    },
    ...{ floorBitsPerByte: null, ngramBitsPerByte: null, seconds: 1, tags: {} },
    ...change,
  } as RunSummary;
}

describe('runs of the library as rows of a fit', () => {
  it('have the quantities of their records, words to group by, and their collection as source', () => {
    const { rows, sources, groups } = readRunSummaries([summary('a')]);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      N: 1e5,
      D_T: 1e6,
      k: 2,
      r: 0.5,
      r_f: 1,
      r_1: 0.25,
      loss: 2.5,
      weight: 1,
    });
    expect(rows[0]?.groups).toMatchObject({ id: 'a', pair: 'world:id with world:en', seed: '3' });
    expect(rows[0]?.place).toBe('fleet: run a');
    expect(sources).toMatchObject([{ file: 'fleet', rows: 1 }]);
    expect(groups).toContain('tokenizer');
  });

  it('stay out under the same rules as in a file, counted by reason', () => {
    const { rows, leftOut } = readRunSummaries([
      summary('a', { status: 'diverged' }),
      summary('b', { status: 'stopped' }),
      summary('c', { targetLoss: null }),
      summary('d', { kind: 'multi-stage' }),
      summary('e', { r: 0.9, r_f: 0.5 }),
      summary('f'),
    ]);
    expect(rows.map(({ groups }) => groups.id)).toEqual(['f']);
    expect(leftOut.reduce((sum, one) => sum + one.rows, 0)).toBe(5);
    expect(leftOut.map(({ reason }) => reason).join(' ')).toContain('diverged');
    const withStopped = readRunSummaries([summary('b', { status: 'stopped' })], { include: ['stopped'] });
    expect(withStopped.rows).toHaveLength(1);
  });
});
