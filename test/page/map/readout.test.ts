import { describe, expect, it } from 'vitest';
import { logSpaced } from '../../../src/law/advice/scales.ts';
import { allCells, cellAt, nearestCell } from '../../../src/page/map/cells.ts';
import { beyondWords, octavesBeyond, readoutWords } from '../../../src/page/map/phase/readout.ts';
import type { MapColumns } from '../../../src/worker/api/advice.ts';

const SPAN = { compute: [1e12, 1e14], targetTokens: [1e5, 1e7] } as const;
const computes = logSpaced(1e12, 1e16, 3);
const corpora = logSpaced(1e4, 1e8, 3);

const MAP: MapColumns = {
  computes,
  corpora,
  stage: 'cells',
  kind: Int8Array.from({ length: 9 }, (_, index) => (index === 8 ? -1 : index % 3 === 0 ? 2 : 0)),
  exact: new Uint8Array(9).fill(1).fill(0, 1, 2),
  certainty: Float32Array.from({ length: 9 }, (_, index) => (index === 0 ? 0.95 : Number.NaN)),
  loss: Float64Array.from({ length: 27 }, (_, index) => [2.4, 2.3, 2.2][index % 3]!),
  recipe: Float64Array.from({ length: 45 }, (_, index) => [1e6, 4, 0.25, 1, 1.6e5][index % 5]!),
  optimalTokens: Float64Array.of(1e6, 1e7, 1e8),
};

describe('a cell of the map', () => {
  it('has its recipe, and what the others cost', () => {
    expect(cellAt(MAP, 0, 0)).toMatchObject({
      compute: 1e12,
      targetTokens: 1e4,
      kind: 'multi-lingual two-stage',
      found: { loss: 2.2, recipe: { N: 1e6, k: 4, r: 0.25, r_f: 1, D: 1.6e5 } },
    });
    expect(cellAt(MAP, 0, 0).found!.others.map(({ kind }) => kind)).toEqual([
      'multi-lingual single-stage',
      'monolingual single-stage',
    ]);
    expect(cellAt(MAP, 0, 1).found).toBeNull();
    expect(cellAt(MAP, 2, 2)).toMatchObject({ kind: null, found: null });
    expect(allCells(MAP)).toHaveLength(9);
  });

  it('is found by the nearest place on logarithmic axes', () => {
    expect(nearestCell(MAP, 9e12, 1.1e6)).toEqual({ i: 0, j: 1 });
    expect(nearestCell(MAP, 1.1e13, 1e-3)).toEqual({ i: 1, j: 0 });
  });

  it('is told in sentences', () => {
    const words = readoutWords(cellAt(MAP, 0, 0), { span: SPAN, winner: null, noise: 0.05 });
    expect(words).toEqual([
      'C = 10¹² FLOPs, D_T = 10\u202fk tokens: two stages are best, loss 2.200.',
      'Its recipe: N = 1\u202fM, k = 4, r = 0.25, r_f = 1.',
      'One stage costs 0.10 nats more, less than the fit is off by; monolingual costs 0.20 nats more.',
      '95 % of the resamples agree.',
      'No run was there: the least text divided by 10.',
    ]);
    expect(readoutWords(cellAt(MAP, 2, 2), { span: SPAN, winner: null, noise: 0 })[0]).toContain(
      'no recipe is possible',
    );
    expect(readoutWords(cellAt(MAP, 0, 1), { span: SPAN, winner: null, noise: 0 })).toContain(
      'The map is still being drawn here.',
    );
  });

  it('says which measured kind won there, or that they tie', () => {
    const kinds = [
      { kind: 'monolingual single-stage', loss: 2.1, seeds: 1, tried: 3 },
      { kind: 'multi-lingual two-stage', loss: 2.11, seeds: 1, tried: 3 },
    ] as const;
    const winner = {
      compute: 1e12,
      targetTokens: 1e4,
      kind: kinds[0].kind,
      kinds,
    };
    const said = (isTie: boolean) =>
      readoutWords(cellAt(MAP, 0, 0), {
        span: SPAN,
        winner: { ...winner, isTie, isNextTie: isTie },
        noise: 0,
      }).at(-1);
    expect(said(true)).toMatch(/monolingual and two stages tie \(monolingual 2\.100, two stages 2\.110\)\.$/);
    expect(said(false)).toMatch(/monolingual won/);
  });
});

it('beyond the runs is counted in octaves, above and below', () => {
  expect(octavesBeyond(8, [1, 2])).toBe(2);
  expect(octavesBeyond(0.5, [1, 2])).toBe(-1);
  expect(octavesBeyond(1.5, [1, 2])).toBe(0);
  expect(beyondWords({ compute: 4e14, targetTokens: 1e6 }, SPAN)).toBe(
    'No run was there: 4 times the most compute.',
  );
  expect(beyondWords({ compute: 1.01e14, targetTokens: 1e6 }, SPAN)).toBe('');
});
