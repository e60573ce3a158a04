/**
 * What the runs that ship with the lab say: at each budget C and each D_T that was run, the best recipe of each kind. Nothing lies between the
 * D_T that were run: what is shown was trained.
 */

import type { RunSummary } from '../../../formats/runSummary.ts';
import {
  type Contender,
  contenderOf,
  KINDS,
  type Kind,
  type KindNoise,
  type Lead,
  leadOf,
  MONOLINGUAL,
  type Noise,
  noiseAt,
  noiseOf,
  noisePerKind,
  type Recipe,
  recipesOf,
  SINGLE_STAGE,
  TWO_STAGE,
} from './recipes.ts';
import { type Threshold, thresholdOf } from './threshold.ts';

/** One D_T at one C. */
export type Place = {
  readonly targetTokens: number;
  readonly recipes: readonly Recipe[];
  readonly best: Readonly<Record<Kind, Contender | null>>;
  /** Of two-stage over monolingual; null where one of them was not run. */
  readonly lead: Lead | null;
  /** Kinds that nobody is certainly ahead of, the best first. */
  readonly winners: readonly Kind[];
  /** With each other source the best two-stage recipe, and what it gains over monolingual: how much of the gain is the language's. */
  readonly otherSources: readonly OtherSource[];
};

export type OtherSource = { readonly source: string; readonly contender: Contender; readonly lead: Lead };

/** One C: all runs of the same model, and none reads more than C allows. */
export type Budget = {
  readonly compute: number;
  readonly N: number;
  /** From the scarcest. */
  readonly places: readonly Place[];
  readonly noise: Noise;
  /** The runs behind it. */
  readonly runs: number;
  readonly threshold: Threshold;
};

export type Pair = {
  readonly target: string;
  readonly source: string;
  /** From the lowest C. */
  readonly budgets: readonly Budget[];
  /** The entropy of the target in bits a byte, where it is known. */
  readonly floorBits: number | null;
};

/** Fewer D_T at which both kinds were run tell no story. */
const FEWEST_PLACES = 3;

/** Pairs with a story to tell, the one with the most runs first. */
export function measuredPairs(runs: readonly RunSummary[]): Pair[] {
  const usable = runs.filter(({ status }) => status === 'done' || status === 'diverged');
  const bilingual = usable.filter(({ kind, source }) => kind === TWO_STAGE && source !== null);
  const keys = [...new Set(bilingual.map(({ target, source }) => JSON.stringify([target, source])))];
  const pairs = keys.flatMap((key) => {
    const [target, source] = JSON.parse(key) as [string, string];
    const ofTarget = usable.filter((run) => run.target === target);
    const grid = baseOf(ofTarget);
    const controls = controlsOf(ofTarget, source);
    const budgets = budgetsOf(grid, controls, source);
    const floorBits = ofTarget.find((run) => run.floorBitsPerByte !== null)?.floorBitsPerByte ?? null;
    return budgets.length > 0 ? [{ target, source, budgets, floorBits }] : [];
  });
  const runsOf = ({ budgets }: Pair) => budgets.reduce((sum, budget) => sum + budget.runs, 0);
  return pairs.sort((a, b) => runsOf(b) - runsOf(a));
}

/** What manifests say of runs of the grid, and not of those that tuned a rate, say, or tried other settings. */
const BASE = 'as in the grid';

/** Where any run says that it is one of the grid, only such count; records alone say nothing. */
function baseOf(runs: readonly RunSummary[]): readonly RunSummary[] {
  const base = runs.filter(({ tags }) => tags.variant?.includes(BASE));
  return base.length > 0 ? base : runs.filter(({ tags }) => tags.variant === undefined);
}

/** Two-stage runs with other sources: such as manifests ask for as a variant, where they do; the rest served an earlier plan. */
function controlsOf(runs: readonly RunSummary[], source: string): readonly RunSummary[] {
  const others = runs.filter((run) => run.kind === TWO_STAGE && run.source !== source);
  const planned = others.filter(({ tags }) => tags.variant !== undefined);
  return planned.length > 0 ? planned : others;
}

/** Budgets that lie nearer together are one: steps are whole, so runs of one budget differ a little. */
const SAME_BUDGET = 1.06;

function budgetsOf(runs: readonly RunSummary[], controls: readonly RunSummary[], source: string): Budget[] {
  const spent = runs
    .filter((run) => run.kind === TWO_STAGE && run.source === source)
    .map(({ C }) => C)
    .sort((a, b) => a - b);
  const computes = spent.filter((C, index) => index === 0 || C > (spent[index - 1] ?? 0) * SAME_BUDGET);
  return computes.flatMap((compute) => {
    const budget = budgetAt(runs, controls, source, compute);
    return budget ? [budget] : [];
  });
}

function budgetAt(
  runs: readonly RunSummary[],
  controls: readonly RunSummary[],
  source: string,
  compute: number,
): Budget | null {
  const isSpent = ({ C }: RunSummary) => C >= compute / SAME_BUDGET && C <= compute * SAME_BUDGET;
  const N = mostCommon(runs.filter((run) => run.kind === TWO_STAGE && run.source === source && isSpent(run)));
  const ofModel = runs.filter((run) => run.N === N);
  // C is a ceiling: who has read the target often enough may leave the rest.
  const monolingual = ofModel.filter(({ kind, C }) => kind === MONOLINGUAL && C <= compute * SAME_BUDGET);
  const bilingual = ofModel.filter((run) => run.kind !== MONOLINGUAL && isSpent(run));
  const own = [...monolingual, ...bilingual.filter((run) => run.source === source)];
  const recipes = recipesOf(own);
  const noise = noisePerKind(recipes);
  const others = recipesOf(controls.filter((run) => run.N === N && isSpent(run)));
  const places = [...new Set(own.map(({ D_T }) => D_T))]
    .sort((a, b) => a - b)
    .map((targetTokens) => placeAt(targetTokens, recipes, others, noise))
    .filter(({ best }) => best[MONOLINGUAL] && (best[SINGLE_STAGE] || best[TWO_STAGE]));
  const told = places.filter(({ lead }) => lead !== null);
  if (told.length < FEWEST_PLACES) return null;
  return { compute, N, places, noise: noiseOf(recipes), runs: own.length, threshold: thresholdOf(told) };
}

function mostCommon(runs: readonly RunSummary[]): number {
  const counts = new Map<number, number>();
  for (const { N } of runs) counts.set(N, (counts.get(N) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}

function placeAt(
  targetTokens: number,
  recipes: readonly Recipe[],
  others: readonly Recipe[],
  noise: KindNoise,
): Place {
  const here = recipes.filter(({ first }) => first.D_T === targetTokens);
  const bestOf = (kind: Kind) =>
    contenderOf(
      here.filter((recipe) => recipe.kind === kind),
      noiseAt(noise[kind], here),
    );
  const best = {
    [MONOLINGUAL]: bestOf(MONOLINGUAL),
    [SINGLE_STAGE]: bestOf(SINGLE_STAGE),
    [TWO_STAGE]: bestOf(TWO_STAGE),
  };
  const [mono, two] = [best[MONOLINGUAL], best[TWO_STAGE]];
  const lead = mono && two ? leadOf(mono, two) : null;
  const sources = [...new Set(others.map(({ first }) => first.source ?? ''))];
  const otherSources = sources.flatMap((source): OtherSource[] => {
    const contender = contenderOf(
      others.filter(({ first }) => first.D_T === targetTokens && first.source === source),
      noiseAt(noise[TWO_STAGE], here),
    );
    return mono && contender ? [{ source, contender, lead: leadOf(mono, contender) }] : [];
  });
  return { targetTokens, recipes: here, best, lead, winners: winnersOf(best), otherSources };
}

function winnersOf(best: Place['best']): Kind[] {
  const ranked = KINDS.flatMap((kind) => {
    const contender = best[kind];
    return contender ? [{ kind, contender }] : [];
  }).sort((a, b) => a.contender.bits - b.contender.bits);
  const [first] = ranked;
  if (!first) return [];
  return ranked
    .filter(({ contender }) => leadOf(contender, first.contender).sign <= 0)
    .map(({ kind }) => kind);
}
