/** Where a run stands in the space that scaling laws speak of, in the symbols of the field. */

/** The quantities that a law may read, by their names in files and formulas. */
export const QUANTITIES = ['N', 'D_T', 'k', 'r', 'r_f', 'D', 'S', 'C'] as const;

export type Quantity = (typeof QUANTITIES)[number];

/** What fixes a point: a model scale, a corpus, and how the tokens are spent. */
export type Coordinates = {
  /** Parameters that multiply each token. */
  readonly N: number;
  /** Unique target-language tokens. */
  readonly D_T: number;
  /** Passes over them. */
  readonly k: number;
  /** Target tokens / all tokens, over the run and in its final stage; 0 < r ≤ r_f ≤ 1. */
  readonly r: number;
  readonly r_f: number;
};

/** A point with all that follows from it, and the logarithms that every law needs. */
export type Point = Coordinates & {
  /** Tokens read, of both languages: k·D_T/r. */
  readonly D: number;
  /** Source tokens read: k·D_T·(1−r)/r. */
  readonly S: number;
  /** 6·N·D, in FLOPs. */
  readonly C: number;
  readonly lnN: number;
  readonly lnD: number;
  readonly lnR: number;
  readonly lnR_f: number;
};

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** A point to be moved by {@link movePoint}, for searches that visit many and keep none. */
export type MovingPoint = Writable<Point>;

export function pointOf(at: Coordinates): Point {
  const point = { ...at, D: 0, S: 0, C: 0, lnN: 0, lnD: 0, lnR: 0, lnR_f: 0 };
  movePoint(point, at.N, at.D_T, at.k, at.r, at.r_f);
  return point;
}

/** Moves `point` without making another. */
export function movePoint(
  point: MovingPoint,
  N: number,
  D_T: number,
  k: number,
  r: number,
  r_f: number,
): void {
  const D = (k * D_T) / r;
  point.N = N;
  point.D_T = D_T;
  point.k = k;
  point.r = r;
  point.r_f = r_f;
  point.D = D;
  point.S = D * (1 - r);
  point.C = 6 * N * D;
  point.lnN = Math.log(N);
  point.lnD = Math.log(D);
  point.lnR = Math.log(r);
  point.lnR_f = Math.log(r_f);
}

/** The kinds of recipe that laws are asked to choose among. */
export const RECIPE_KINDS = [
  'monolingual single-stage',
  'multi-lingual single-stage',
  'multi-lingual two-stage',
] as const;

export type RecipeKind = (typeof RECIPE_KINDS)[number];

/** Realised passes of a nominal one: the last windows of a stage round them up. */
const ONE_PASS = 1.02;

/** Whether nothing is repeated, as far as a count of realised passes can tell. What repetition is worth, `effectiveEpochs` says of any k. */
export function isOnePass({ k }: Pick<Coordinates, 'k'>): boolean {
  return k <= ONE_PASS;
}

/** Ratios are counted from windows or read from a table with a few digits: below this they are one ratio. */
const SAME_RATIO = 1e-6;

/** The kind that a point belongs to; its ratios say it. */
export function recipeKind({ r, r_f }: Coordinates): RecipeKind {
  if (r >= 1 - SAME_RATIO) return 'monolingual single-stage';
  return r_f > r * (1 + SAME_RATIO) ? 'multi-lingual two-stage' : 'multi-lingual single-stage';
}
