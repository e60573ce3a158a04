import { describe, expect, it } from 'vitest';
import { originWords, restOfName } from '../../../src/page/sweep/all/words.ts';
import { labelsOf } from '../../../src/page/sweep/sweep/labels.ts';
import type { SweepRun } from '../../../src/worker/api/sweep.ts';
import { summary } from '../runs/summaries.ts';

function run(change: Partial<SweepRun>): SweepRun {
  const { kind = 'multi-lingual single-stage', D_T = 4096, r = 0.25, seed = 1 } = change;
  const name = `eight small runs targetTokens=${D_T + 1} ratio=${r} seed=${seed}`;
  const known = { kind, D_T, r, seed, r_f: r, r_1: r, s: 1, k: 4, N: 10_000, D: 60_000, S: 30_000, C: 4e9 };
  const shape = { layers: 2, width: 16, steps: 100, flops: 4e9 };
  return { id: name, name, ...known, ...shape, status: 'done', round: null, ...change };
}

/** The same run as the library has it. */
const kept = ({ id, name }: SweepRun, change: { name?: string } = {}) => summary({ id, name, ...change });

describe('the runs of a sweep', () => {
  const two = [4096, 16_384].flatMap((D_T) => [1, 2].map((seed) => run({ D_T, seed })));
  const [first] = two;
  if (!first) throw new Error('no run');

  it('are called by what tells them apart, and not by the sweep', () => {
    const labelOf = labelsOf(two);
    expect(two.map((one) => labelOf(kept(one), false)?.words)).toEqual([
      'D_T 4,096 · seed 1',
      'D_T 4,096 · seed 2',
      'D_T 16,384 · seed 1',
      'D_T 16,384 · seed 2',
    ]);
    expect(labelOf(kept(first), true)?.words).toBe('D_T 4,096');
  });

  it('say their kind where there are several', () => {
    const alone = run({ kind: 'monolingual single-stage', r: 1, r_f: 1, r_1: 1 });
    const labelOf = labelsOf([first, alone]);
    expect(labelOf(kept(first), false)?.words).toBe('one stage');
    expect(labelOf(kept(alone), false)?.words).toBe('monolingual');
  });

  it('keep the name that a person gave them, and where no symbol tells them apart', () => {
    const labelOf = labelsOf(two);
    expect(labelOf(kept(first, { name: 'the good one' }), false)).toBeNull();
    expect(labelOf(summary({ id: 'of another sweep' }), false)).toBeNull();
    expect(labelsOf([first])(kept(first), false)).toBeNull();
    const rates = [run({ id: 'a' }), run({ id: 'b' })];
    expect(rates.map((one) => labelsOf(rates)(kept(one), false))).toEqual([null, null]);
  });
});

describe('all runs', () => {
  it('say where they came from', () => {
    const runs = (['own', 'shipped', 'shipped', 'imported'] as const).map((origin) => ({ origin }));
    expect(originWords(runs)).toBe(
      '1 trained here, 1 brought along and 2 shipped with the lab. Your own and those you brought can be renamed and deleted.',
    );
    expect(originWords(runs.slice(1, 3))).toBe('2 shipped with the lab. These stay as they are.');
    expect(originWords([])).toMatch(/stands here/);
  });

  it('are called by what their sweep does not say', () => {
    const named = summary({ name: 'eight small runs ratio=0.25 seed=2', collection: 'eight small runs' });
    expect(restOfName(named, false)?.words).toBe('ratio=0.25 seed=2');
    expect(restOfName(named, true)?.words).toBe('ratio=0.25');
    expect(restOfName(summary({ name: 'eight', collection: 'eight' }), false)).toBeNull();
    expect(restOfName(summary({ name: 'eighty runs', collection: 'eight' }), false)).toBeNull();
  });
});
