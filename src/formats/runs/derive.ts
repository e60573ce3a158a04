/** The quantities of a run from those that are given: D = k·D_T/r, S = D·(1 − r), C = 6·N·D. */

import type { NumberRole } from './columns.ts';
import type { RunRow } from './row.ts';

/** What is given of a run; a loss is read elsewhere. */
export type Given = Readonly<Partial<Record<Exclude<NumberRole, 'loss' | 'weight'>, number>>>;

export type Derived = Pick<RunRow, 'N' | 'D_T' | 'k' | 'D' | 'r' | 'r_f' | 'r_1' | 's'>;

/** Quantities that cannot all be true; `role` is the one to look at. */
export class QuantityProblem extends Error {
  override readonly name = 'QuantityProblem';
  readonly role: NumberRole;
  constructor(role: NumberRole, problem: string) {
    super(problem);
    this.role = role;
  }
}

/** Tables are written with few digits, and D is often a round number of steps. */
const AGREEMENT = 0.01;
/** Ratios that were counted from windows, or rounded in a table. */
const SAME_RATIO = 1e-6;

/** Quantities that are taken to be 1 where nothing says them. */
export const ASSUMED = ['k', 'r', 'r_f'] as const;
export type Assumed = (typeof ASSUMED)[number];

/** Those that {@link deriveRun} takes to be 1; passes follow where both all tokens and the target's new ones are given. */
export function assumedOf({ D, D_T, k, r, r_f }: Given): Assumed[] {
  return [
    ...(k === undefined && (D === undefined || D_T === undefined) ? (['k'] as const) : []),
    ...(r === undefined ? (['r'] as const) : []),
    ...(r_f === undefined ? (['r_f'] as const) : []),
  ];
}

/** Throws {@link QuantityProblem}. */
export function deriveRun(given: Given): Derived {
  const { N } = given;
  for (const role of ['N', 'D', 'D_T', 'k'] as const) {
    const value = given[role];
    if (value !== undefined && !(value > 0 && value < Number.POSITIVE_INFINITY))
      throw new QuantityProblem(role, `${value} is not above 0 and finite`);
  }
  if (N === undefined)
    throw new QuantityProblem('N', 'there is none; give the number of parameters that multiply each token');
  const { r, r_f } = ratios(given);
  const amounts = tokens(given, r);
  checkDerived(given, 'S', amounts.D * (1 - r), amounts.D, 'D·(1 − r)');
  checkDerived(given, 'C', 6 * N * amounts.D, 6 * N * amounts.D, '6·N·D');
  return { N, ...amounts, r, r_f, ...firstStage(given, r, r_f) };
}

function ratios(given: Given): { r: number; r_f: number } {
  const r = given.r ?? 1;
  for (const role of ['r', 'r_f'] as const) {
    const value = given[role];
    if (value === undefined || (value > 0 && value <= 1)) continue;
    const hint =
      value > 1 && value <= 100
        ? `a ratio is target tokens / all tokens, above 0 and at most 1; if these are percent, say --columns ${role}=NAME/100 with the column’s name`
        : 'a ratio is target tokens / all tokens, above 0 and at most 1';
    throw new QuantityProblem(role, `${value}: ${hint}`);
  }
  if (given.r_f === undefined && r < 1) {
    throw new QuantityProblem(
      'r',
      `${r}, and nothing says the ratio of the final stage: give a column r_f, or say --columns r_f=… with the name of this column if the runs had one stage`,
    );
  }
  const r_f = given.r_f ?? 1;
  if (r > r_f * (1 + SAME_RATIO)) {
    throw new QuantityProblem(
      'r',
      `${r} is above r_f = ${r_f}; r is the average over the whole run, and the final stage has no less target text than that`,
    );
  }
  return { r, r_f: Math.max(r, r_f) };
}

function tokens({ D, D_T, k }: Given, r: number): Pick<Derived, 'D_T' | 'k' | 'D'> {
  if (D_T !== undefined && k !== undefined) {
    const follows = (k * D_T) / r;
    if (D !== undefined && Math.abs(D / follows - 1) > AGREEMENT) {
      throw new QuantityProblem(
        'D',
        `${D} does not go with D_T = ${D_T}, k = ${k}, r = ${r}: k·D_T/r is ${rounded(follows)}; they must agree to 1 %, or give two of the three`,
      );
    }
    return { D_T, k, D: follows };
  }
  if (D_T !== undefined) return D === undefined ? { D_T, k: 1, D: D_T / r } : { D_T, k: (D * r) / D_T, D };
  if (D === undefined) throw new QuantityProblem('D', 'there is neither D nor D_T; give one of them');
  // All target tokens are new where nothing says that they were repeated.
  const passes = k ?? 1;
  return { D_T: (D * r) / passes, k: passes, D };
}

/** A given value of what follows from others must agree with it, within a share of `scale`. */
function checkDerived(given: Given, role: 'S' | 'C', follows: number, scale: number, formula: string): void {
  const value = given[role];
  if (value === undefined || Math.abs(value - follows) <= AGREEMENT * scale) return;
  throw new QuantityProblem(
    role,
    `${value} where ${formula} is ${rounded(follows)}; they must agree to 1 %. If this column means something else, say --columns ${role}=`,
  );
}

/** r_1 and s fix each other where there are two stages: r = (1 − s)·r_1 + s·r_f. */
function firstStage({ r_1, s }: Given, r: number, r_f: number): { r_1: number | null; s: number | null } {
  for (const [role, value] of [
    ['r_1', r_1],
    ['s', s],
  ] as const) {
    if (value !== undefined && !(value >= 0 && value <= 1))
      throw new QuantityProblem(role, `${value} is not from 0 to 1`);
  }
  if (r_f <= r * (1 + SAME_RATIO)) return { r_1: r_1 ?? null, s: s ?? null };
  if (r_1 !== undefined && s !== undefined) {
    const follows = (1 - s) * r_1 + s * r_f;
    if (Math.abs(follows - r) > AGREEMENT) {
      throw new QuantityProblem(
        's',
        `${s} does not go with r_1 = ${r_1}, r_f = ${r_f}: (1 − s)·r_1 + s·r_f is ${rounded(follows)}, and r is ${r}`,
      );
    }
    return { r_1, s };
  }
  if (r_1 !== undefined) {
    if (r_1 > r * (1 + SAME_RATIO)) {
      throw new QuantityProblem(
        'r_1',
        `${r_1} is above r = ${r}, with a final stage of ${r_f} that is above it too`,
      );
    }
    return { r_1, s: (r - r_1) / (r_f - r_1) };
  }
  if (s === undefined || s === 1) return { r_1: null, s: s ?? null };
  const follows = (r - s * r_f) / (1 - s);
  if (follows < -AGREEMENT) {
    throw new QuantityProblem('s', `${s} of the tokens at r_f = ${r_f} make more than r = ${r} in all`);
  }
  return { r_1: Math.max(0, follows), s };
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(6)));
}
