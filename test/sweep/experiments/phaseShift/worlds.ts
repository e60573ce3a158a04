/** Worlds in which it is known what an experiment must find. */

import type { Nominal } from '../../../../src/formats/manifest.ts';
import type { MadeUpRun, World } from './madeUp.ts';

/** Parameters of the lab's M³ form. */
export type Truth = {
  readonly E: number;
  readonly A: number;
  readonly alpha: number;
  readonly B: number;
  readonly beta: number;
  readonly Rstar: number;
  readonly tau: number;
  readonly phi: number;
  readonly omega: number;
};

/** Two-stage leads by 0.05 at about a twenty-fifth of D*; φ·ω > 0, so that single-stage is never best. */
export const SHIFT: Truth = {
  E: 0.9,
  A: 20,
  alpha: 0.35,
  B: 120,
  beta: 0.37,
  Rstar: 12,
  tau: 0.3,
  phi: 0.1,
  omega: 0.7,
};

/** The lab's M³ form, in bits per byte. */
export function m3Loss(
  { E, A, alpha, B, beta, Rstar, tau, phi, omega }: Truth,
  { N, D_T, k, r, r_f, S }: Pick<Nominal, 'N' | 'D_T' | 'k' | 'r' | 'r_f' | 'S'>,
): number {
  const epochs = k <= 1 ? k : 1 + Rstar * (1 - Math.exp(-(k - 1) / Rstar));
  const share = r ** (1 - omega) * r_f ** omega;
  return E + A * (N * share ** phi) ** -alpha + B * (D_T * epochs + tau * S) ** -beta;
}

/** Another learning rate than this costs every kind the same. */
const BEST_RATE = 3e-3;
const NOISY_TARGET = 0.3;

/** M³ with seed noise. Unrelated sources teach half as much. */
export function m3World(truth: Truth, noise: number, more: (run: MadeUpRun) => number = () => 0): World {
  return {
    noise,
    lossOf: (run) => {
      const { corpora, optimizer } = run.config;
      const isUnrelated = /^world:(ja|sw)/.test(corpora.source ?? '');
      const off = Math.log(optimizer.learningRate / BEST_RATE);
      return (
        m3Loss({ ...truth, tau: isUnrelated ? truth.tau / 2 : truth.tau }, run.nominal) +
        0.01 * off ** 2 +
        (corpora.target.includes('noise') ? NOISY_TARGET : 0) +
        more(run)
      );
    },
  };
}

/** The largest D_T at which the best two-stage recipe of a fine grid leads the best monolingual one by `lead`; nothing of it is the lab's code. */
export function trueThreshold(truth: Truth, { N, D, lead }: { N: number; D: number; lead: number }): number {
  const fine = (from: number, to: number, count: number) =>
    Array.from({ length: count }, (_, i) => from * (to / from) ** (i / (count - 1)));
  const leadAt = (D_T: number) => {
    const most = D / D_T;
    const mono = fine(1, Math.max(1.01, most), 60).map((k) =>
      m3Loss(truth, { N, D_T, k, r: 1, r_f: 1, S: 0 }),
    );
    const two = fine(4, 8, 3).flatMap((first) =>
      fine(2, 8, 5).flatMap((share) =>
        [0.75, 1].map((r_f) => {
          const [r_1, s] = [Math.min(0.5, first / most), Math.min(0.5, share / most)];
          const r = r_1 * (1 - s) + r_f * s;
          return m3Loss(truth, { N, D_T, k: r * most, r, r_f, S: D * (1 - r) });
        }),
      ),
    );
    return Math.min(...mono) - Math.min(...two);
  };
  return fine(D, D / 256, 400).find((D_T) => leadAt(D_T) >= lead) ?? 0;
}
