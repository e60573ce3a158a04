/** Tables of runs that a known law made, for the commands that fit. */

import { coordinatesOf, type Law, predictLoss } from '../../src/law/law.ts';
import { lawNamed } from '../../src/law/laws/catalogue.ts';
import { pointOf } from '../../src/law/point.ts';
import { normals } from '../reference/random.ts';

export const TRUE_CHINCHILLA = { E: 1.7, A: 400, alpha: 0.34, B: 410, beta: 0.28 };
export const TRUE_M3 = {
  ...{ E: 1.8, A: 480, alpha: 0.35, B: 2100, beta: 0.37 },
  ...{ Rstar: 15, tau: 0.25, phi: 0.3, omega: 0.7 },
};

/** Standard deviation of log loss. */
const NOISE = 0.002;

type Row = { N: number; D_T: number; k: number; r: number; r_f: number };

/** The table as CSV, with columns `header`; the losses are those of `law` with noise that is the same every time. */
export function tableOf(
  law: Law,
  values: Readonly<Record<string, number>>,
  rows: readonly Row[],
  header = 'N,D_T,k,r,r_f,loss',
): string {
  const theta = coordinatesOf(law, values);
  const noise = normals(7, rows.length);
  const lines = rows.map((row, index) => {
    const loss = predictLoss(law, pointOf(row), theta) * Math.exp(NOISE * (noise[index] ?? 0));
    return [row.N, row.D_T, row.k, row.r, row.r_f, loss.toPrecision(7)].join(',');
  });
  return `${[header, ...lines].join('\n')}\n`;
}

const product = (
  scales: readonly number[],
  corpora: readonly number[],
  epochs: readonly number[],
  ratios: readonly (readonly [number, number])[],
) =>
  scales.flatMap((N) =>
    corpora.flatMap((D_T) => epochs.flatMap((k) => ratios.map(([r, r_f]) => ({ N, D_T, k, r, r_f })))),
  );

/** 36 runs of one pass over one language. */
export function monolingualTable(header?: string): string {
  const scales = [1e5, 3e5, 1e6, 3e6, 1e7, 3e7];
  return tableOf(
    lawNamed('chinchilla'),
    TRUE_CHINCHILLA,
    product(scales, [1e6, 4e6, 2e7, 8e7, 3e8, 1e9], [1], [[1, 1]]),
    header,
  );
}

/** 72 runs of one and two languages, all in one stage. */
export function singleStageTable(): string {
  const ratios = [
    [1, 1],
    [0.3, 0.3],
    [0.1, 0.1],
  ] as const;
  return tableOf(lawNamed('m3'), TRUE_M3, product([1e5, 3e5, 1e6, 3e6], [3e5, 1e6, 3e6], [1, 12], ratios));
}

/** 96 runs of every kind. */
export function bilingualTable(): string {
  const ratios = [
    [1, 1],
    [0.3, 0.3],
    [0.5, 1],
    [0.1, 0.6],
  ] as const;
  return tableOf(lawNamed('m3'), TRUE_M3, product([1e5, 3e5, 1e6, 3e6], [3e5, 1e6, 3e6], [1, 12], ratios));
}
