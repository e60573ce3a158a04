import { describe, expect, it } from 'vitest';
import { hear, NO_WRITERS, opened, writersOf } from '../../../src/page/play/writers.ts';
import type { LabEvent } from '../../../src/worker/api/lab.ts';

const samples = (step: number, ...runs: string[]): LabEvent => ({
  event: 'samples',
  prompt: 'Paka ',
  samples: runs.map((run) => ({ run, step, text: `Paka ${run} ${step}` })),
});

const started = (...runs: string[]): LabEvent =>
  ({
    event: 'train',
    from: 'fleet',
    events: [
      {
        event: 'start',
        runs: runs.map((run) => ({
          run,
          realised: { kind: 'multi-lingual two-stage' },
          warnings: [],
          step: 0,
        })),
        facts: {},
      },
    ],
  }) as unknown as LabEvent;

const preparing: LabEvent = { event: 'phase', phase: 'preparing' };

describe('writers', () => {
  it('write as they train, and keep what they wrote', () => {
    const so = [started('a', 'b'), samples(10, 'a', 'b'), samples(20, 'a')].reduce(hear, NO_WRITERS);
    expect(so.prompt).toBe('Paka ');
    expect(so.all.map(({ run, step, written }) => [run, step, written.map((one) => one.step)])).toEqual([
      ['a', 20, [10, 20]],
      ['b', 10, [10]],
    ]);
  });

  it('of a fleet that is over give way to those of the next, though they have the same names', () => {
    const first = [preparing, started('a'), samples(10, 'a')].reduce(hear, NO_WRITERS);
    const other = [preparing, started('c', 'd')].reduce(hear, first);
    expect(other.all.map(({ run }) => run)).toEqual(['c', 'd']);
    expect(hear(first, preparing).all[0]?.written).toHaveLength(1);
    const again = [preparing, started('a')].reduce(hear, first);
    expect(again.all).toMatchObject([{ run: 'a', step: 0, written: [] }]);
  });

  it('of one fleet in several groups stand beside each other', () => {
    const so = [preparing, started('a'), samples(10, 'a'), started('b')].reduce(hear, NO_WRITERS);
    expect(so.all.map(({ run, written }) => [run, written.length])).toEqual([
      ['a', 1],
      ['b', 0],
    ]);
  });

  it('of the queue are none', () => {
    const event = { ...(started('a') as object), from: 'queue' } as unknown as LabEvent;
    expect(hear(NO_WRITERS, event)).toBe(NO_WRITERS);
  });

  it('are those of an earlier visit, or nobody', () => {
    expect(writersOf(null).all).toEqual([]);
    const run = {
      run: 'a',
      config: { name: 'Two' },
      record: null,
      step: 5,
      damage: 'it is cut off',
      slot: 1,
    };
    const saved = { begunAt: 0, finished: true, runs: [run] } as unknown as Parameters<typeof writersOf>[0];
    expect(writersOf(saved).all[0]).toMatchObject({
      name: 'Two',
      step: 5,
      damage: 'it is cut off',
      written: [],
    });
    const writing = hear(NO_WRITERS, samples(10, 'b'));
    expect(opened(writing, saved)).toBe(writing);
    expect(opened(NO_WRITERS, saved).all[0]?.run).toBe('a');
    expect(opened(NO_WRITERS, null)).toBe(NO_WRITERS);
  });
});
