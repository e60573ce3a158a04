/**
 * The order of a manifest's lines, so that tasks cut from it go well: what can share a fleet stands together, in it what begins alike,
 * and of these the longest first, since the longest holds the beginning of the others and a fleet should not wait for it at its end.
 */

import { canonicalJson } from '../../formats/json.ts';
import { stagesOf } from '../../recipe/stages.ts';
import { fleetKey } from '../run/tasks.ts';
import type { PlannedRun } from './complete.ts';

/** Fleets in the order of their first run. */
export function inOrder<T extends Pick<PlannedRun, 'config' | 'steps' | 'flops'>>(runs: readonly T[]): T[] {
  return grouped(runs, ({ config }) => fleetKey(config)).flatMap((fleet) =>
    grouped(fleet, ({ config }) => canonicalJson(config.corpora)).flatMap((ofSource) => {
      const families = grouped(ofSource, beginning).map((family) =>
        [...family].sort((a, b) => b.flops - a.flops),
      );
      const longest = (family: readonly T[]) => family[0]?.flops ?? 0;
      return families.sort((a, b) => longest(b) - longest(a)).flat();
    }),
  );
}

/** What share a key, in the order of the first of each. */
function grouped<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}

/**
 * The same for runs that are likely to agree in their first steps: seed, AdamW, warm-up, and the first stage's ratio and text. It only
 * orders; up to which step they do agree is counted where they are trained.
 */
function beginning({ config, steps }: Pick<PlannedRun, 'config' | 'steps'>): string {
  const { seed, recipe, optimizer } = config;
  const { warmup, decay: _, finalLearningRate: __, ...adam } = optimizer;
  const firstRatio = stagesOf(recipe)[0]?.ratio ?? 1;
  return canonicalJson({
    seed,
    adam,
    warmupSteps: Math.round(warmup * steps),
    firstRatio,
    // Windows of the target are shuffled among those of the subset.
    targetTokens: firstRatio === 0 ? null : recipe.targetTokens,
    // A cosine falls from the first step on, the faster the shorter the run.
    length: optimizer.schedule === 'cosine' ? steps : null,
  });
}
