/**
 * Which kind won where it was measured. At one budget and corpus each kind is stood for by its best recipe, a mean over seeds; whoever was
 * chosen among many has been lucky, so its lead counts as far as it is more than luck, and less than the noise of seeds is a tie.
 */

import { recipeKey } from '../../law/certainty/cells.ts';
import { expectedBest } from '../../law/certainty/expectedBest.ts';
import { RECIPE_KINDS, type RecipeKind, recipeKind } from '../../law/point.ts';
import type { Run } from '../../law/run.ts';

export type KindMeasured = {
  readonly kind: RecipeKind;
  /** Nats per token of its best recipe, mean over seeds. */
  readonly loss: number;
  readonly seeds: number;
  /** Recipes that were tried, each with its settings. */
  readonly tried: number;
};

export type Winner = {
  /** FLOPs, and unique target tokens: the middle of runs that agree in them but for whole windows. */
  readonly compute: number;
  readonly targetTokens: number;
  readonly kind: RecipeKind;
  /** Whether one language and two lie closer together than noise and luck: what the map is about. */
  readonly isTie: boolean;
  /** Whether the best kind and the next do. */
  readonly isNextTie: boolean;
  /** The best first; two kinds at least. */
  readonly kinds: readonly KindMeasured[];
};

export type Winners = {
  readonly winners: readonly Winner[];
  /** Standard deviation of ln loss from seed to seed, and whether it was measured; else it is the error of the fit. */
  readonly noise: number;
  readonly isNoiseMeasured: boolean;
};

const MONOLINGUAL = 'monolingual single-stage';

/** Budgets and corpora are realised in whole windows: nearer than this, relative, they are one. */
const SAME_COMPUTE = 0.04;
const SAME_CORPUS = 0.04;
/** Below so many standard errors a difference is a tie. */
const TIE_ERRORS = 1.5;

/** What a run was trained with beside its recipe: runs that differ in it are no repetitions of each other. */
export type SettingsOf = (run: Run) => string;

/** `otherwise`: the noise where no recipe was run twice with the same settings. */
export function measuredWinners(
  runs: readonly Run[],
  otherwise: number,
  settingsOf: SettingsOf = () => '',
): Winners {
  const measured = noiseOf(repetitions(runs, settingsOf));
  const noise = measured ?? otherwise;
  const winners = groupsBy(runs, ({ point }) => point.C, SAME_COMPUTE)
    .flatMap((ofBudget) => groupsBy(ofBudget, ({ point }) => point.D_T, SAME_CORPUS))
    .flatMap((here) => winnerOf(here, noise, settingsOf) ?? []);
  return { winners, noise, isNoiseMeasured: measured !== null };
}

/** Runs are values, and to write down a recipe's numbers takes longest: it is done once for each. */
const recipeKeys = new WeakMap<Run, string>();

function recipeOf(run: Run): string {
  const known = recipeKeys.get(run) ?? recipeKey(run);
  recipeKeys.set(run, known);
  return known;
}

/** Losses of runs that differ in nothing but their seeds. */
function repetitions(runs: readonly Run[], settingsOf: SettingsOf): number[][] {
  const together = new Map<string, number[]>();
  for (const run of runs) {
    const key = `${recipeOf(run)} ${settingsOf(run)}`;
    const known = together.get(key);
    if (known) known.push(run.loss);
    else together.set(key, [run.loss]);
  }
  return [...together.values()];
}

/** Standard deviation of ln loss within repetitions, pooled over them; null where nothing was run twice. */
function noiseOf(all: readonly (readonly number[])[]): number | null {
  let squares = 0;
  let degrees = 0;
  for (const losses of all) {
    const logs = losses.map(Math.log);
    const mean = logs.reduce((sum, one) => sum + one, 0) / logs.length;
    for (const one of logs) squares += (one - mean) ** 2;
    degrees += logs.length - 1;
  }
  return degrees === 0 ? null : Math.sqrt(squares / degrees);
}

/** Null where there is nothing to win: fewer than two kinds, or no monolingual run to be won against. */
function winnerOf(here: readonly Run[], noise: number, settingsOf: SettingsOf): Winner | null {
  const kinds = RECIPE_KINDS.flatMap((kind) => bestOf(kind, here, settingsOf) ?? []).sort(
    (a, b) => a.loss - b.loss,
  );
  const [best, next] = kinds;
  const mono = kinds.find(({ kind }) => kind === MONOLINGUAL);
  const bilingual = kinds.find(({ kind }) => kind !== MONOLINGUAL);
  if (!best || !next || !mono || !bilingual) return null;
  return {
    compute: middle(here.map(({ point }) => point.C)),
    targetTokens: middle(here.map(({ point }) => point.D_T)),
    kind: best.kind,
    isTie: best === mono ? isTied(mono, bilingual, noise) : isTied(bilingual, mono, noise),
    isNextTie: isTied(best, next, noise),
    kinds,
  };
}

/** Whether the one in front leads by no more than luck and noise may have given it. */
function isTied(front: KindMeasured, behind: KindMeasured, noise: number): boolean {
  const lead = Math.log(behind.loss / front.loss);
  const error = noise * Math.sqrt(1 / front.seeds + 1 / behind.seeds);
  const luck = (noise / Math.sqrt(front.seeds)) * expectedBest(front.tried);
  return lead - luck < TIE_ERRORS * error;
}

function bestOf(kind: RecipeKind, here: readonly Run[], settingsOf: SettingsOf): KindMeasured | null {
  const runs = here.filter(({ point }) => recipeKind(point) === kind);
  if (runs.length === 0) return null;
  const recipes = repetitions(runs, settingsOf);
  const means = recipes.map((losses) => ({
    loss: losses.reduce((sum, loss) => sum + loss, 0) / losses.length,
    seeds: losses.length,
  }));
  const best = means.reduce((lowest, one) => (one.loss < lowest.loss ? one : lowest));
  return { kind, ...best, tried: recipes.length };
}

/** Runs whose value differs by less than a share from that of the next lower one are together. */
function groupsBy(runs: readonly Run[], quantity: (run: Run) => number, share: number): Run[][] {
  const sorted = [...runs].sort((a, b) => quantity(a) - quantity(b));
  const groups: Run[][] = [];
  let before = Number.NEGATIVE_INFINITY;
  for (const run of sorted) {
    const value = quantity(run);
    if (value > before * (1 + share) || groups.length === 0) groups.push([]);
    groups.at(-1)?.push(run);
    before = value;
  }
  return groups;
}

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
