import { describe, expect, it } from 'vitest';
import { groupNotes } from '../../src/cli/words/law/groups.ts';
import { groupDifferences } from '../../src/law/groupDifferences.ts';
import { coordinatesOf, predictLoss } from '../../src/law/law.ts';
import { lawNamed } from '../../src/law/laws/catalogue.ts';
import { pointOf } from '../../src/law/point.ts';
import type { Run } from '../../src/law/run.ts';
import { normals } from '../reference/random.ts';

const LAW = lawNamed('chinchilla');
const THETA = coordinatesOf(LAW, { E: 1.7, A: 400, alpha: 0.34, B: 410, beta: 0.28 });
const NOISE = 0.003;

/** Runs of the law with noise; `groupsOf` says what each is called, and how far its loss lies off. */
function runs(count: number, groupsOf: (index: number) => [Run['groups'], number]): Run[] {
  const noise = normals(3, count);
  return Array.from({ length: count }, (_, index) => {
    const point = pointOf({ N: 1e5 * 2 ** (index % 7), D_T: 1e6 * 3 ** (index % 5), k: 1, r: 1, r_f: 1 });
    const [groups, off] = groupsOf(index);
    const loss = predictLoss(LAW, point, THETA) * Math.exp(NOISE * noise[index]! + off);
    return { point, loss, weight: 1, r_1: null, s: null, groups, place: '' };
  });
}

describe('residuals by group', () => {
  it('tell texts that one law does not fit alike, and by how much', () => {
    const dataset = (index: number) => (index % 3 === 0 ? 'c4' : 'pile');
    const given = runs(60, (index) => [
      { dataset: dataset(index), seed: `${index % 2}` },
      index % 3 === 0 ? 0.02 : -0.01,
    ]);
    const differences = groupDifferences(LAW, THETA, given);
    expect(differences.map(({ column }) => column)).toEqual(['dataset']);
    const [{ groups, p, share }] = differences as [(typeof differences)[0]];
    expect(groups.map(({ word, runs: count }) => [word, count])).toEqual([
      ['pile', 40],
      ['c4', 20],
    ]);
    // Three standard errors of a mean of 20.
    expect(Math.abs(groups[1]!.mean - 0.02)).toBeLessThan((3 * NOISE) / Math.sqrt(20));
    expect(p).toBeLessThan(1e-10);
    expect(share).toBeGreaterThan(0.8);
    expect(groupNotes('chinchilla', differences)).toEqual([
      expect.stringMatching(
        /^chinchilla does not fit all values of dataset alike: pile \(40\) [\d.]+ % better, c4 \(20\) [\d.]+ % worse than it says\. Fit them apart \(--where dataset=…\)$/,
      ),
    ]);
  });

  it('are silent where groups differ by chance alone', () => {
    const given = runs(60, (index) => [{ pair: `p${(index * 7) % 4}` }, 0]);
    const differences = groupDifferences(LAW, THETA, given);
    expect(differences[0]?.groups).toHaveLength(4);
    // A fixed draw that is no rare one.
    expect(differences[0]?.p).toBeGreaterThan(0.01);
    expect(groupNotes('chinchilla', differences)).toEqual([]);
  });

  it('say nothing where there are too few runs to tell, and of columns that are names or alike', () => {
    const few = groupDifferences(
      LAW,
      THETA,
      runs(6, (index) => [{ corpus: `c${index % 2}` }, index % 2]),
    );
    expect(few[0]?.p).toBeNull();
    expect(groupNotes('chinchilla', few)).toEqual([]);
    expect(
      groupDifferences(
        LAW,
        THETA,
        runs(40, (index) => [{ corpus: `c${index}`, data: 'a' }, 0]),
      ),
    ).toEqual([]);
  });
});
