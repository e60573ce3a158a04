/** Designs → the runs of a manifest, what was left out and why. Nothing is trained and no device is asked. */

import type { TrainConfig } from '../../formats/config.ts';
import { ConfigError } from '../../formats/configError.ts';
import type { SweepDesign } from '../../formats/sweepDesignFields.ts';
import { ModelConfigError } from '../../model/llama/config.ts';
import { RecipeError } from '../../recipe/recipe.ts';
import { Breather } from '../../text/breather.ts';
import { completeRun, draftConfig, type PlannedRun } from './complete.ts';
import { type Draft, expandDesigns, joinTags } from './expand.ts';
import { inOrder } from './order.ts';
import { type TextFacts, type TextRefusal, textKey } from './texts.ts';

/** A run that cannot be: which, at which field of its config, why. */
export type Dropped = { readonly name: string; readonly field: string; readonly problem: string };

export type SweepPlan = {
  /** In an order that makes good tasks; each id once. */
  readonly runs: readonly PlannedRun[];
  readonly dropped: readonly Dropped[];
  /** Drafts that turned out to be a run that is there already; its tags have theirs. */
  readonly merged: number;
};

export type PlanSweepOptions = {
  /**
   * The texts of configs, in their order; each text is asked for once. A refusal leaves out the runs that read it; what it throws, the
   * plan rejects with.
   */
  readonly readTexts: (configs: readonly TrainConfig[]) => Promise<readonly (TextFacts | TextRefusal)[]>;
  readonly signal?: AbortSignal;
};

/** Plans every combination of the designs' lists. Rejects with what reading the texts throws, and with the signal's reason. */
export async function planSweep(
  designs: readonly SweepDesign[],
  { readTexts, signal }: PlanSweepOptions,
): Promise<SweepPlan> {
  const dropped: Dropped[] = [];
  const attempt = <T>(draft: Draft, make: () => T): T[] => {
    signal?.throwIfAborted();
    try {
      return [make()];
    } catch (error) {
      dropped.push({ name: draft.name, ...reasonOf(error) });
      return [];
    }
  };
  const breather = new Breather(signal);
  const drafts: { readonly draft: Draft; readonly config: TrainConfig }[] = [];
  for (const draft of expandDesigns(designs)) {
    if (breather.isDue()) await breather.rest();
    drafts.push(...attempt(draft, () => ({ draft, config: draftConfig(draft) })));
  }
  const wanted = new Map(drafts.map(({ config }) => [textKey(config), config]));
  const read = wanted.size === 0 ? [] : await readTexts([...wanted.values()]);
  const texts = new Map([...wanted.keys()].map((key, index) => [key, read[index]]));
  const runs = new Map<string, PlannedRun>();
  let merged = 0;
  for (const { draft, config } of drafts) {
    if (breather.isDue()) await breather.rest();
    const ofDraft = texts.get(textKey(config));
    if (!ofDraft) throw new RangeError(`no text was read for ${draft.name}`);
    for (const run of attempt(draft, () => completeRun(draft, unlessRefused(ofDraft)))) {
      const before = runs.get(run.id);
      if (before) merged++;
      runs.set(run.id, before ? { ...before, tags: joinTags(before.tags, run.tags) } : run);
    }
  }
  return { runs: inOrder([...runs.values()]), dropped, merged };
}

function unlessRefused(texts: TextFacts | TextRefusal): TextFacts {
  if ('problem' in texts) throw new RecipeError(texts.field, texts.problem);
  return texts;
}

/** Field and problem of an error that says why a run cannot be; anything else is thrown on. */
function reasonOf(error: unknown): Omit<Dropped, 'name'> {
  if (error instanceof RecipeError || error instanceof ConfigError) {
    return { field: error.field, problem: error.problem };
  }
  if (error instanceof ModelConfigError) {
    const field = `model.${error.field}`;
    return { field, problem: error.message.slice(`${field}: `.length) };
  }
  throw error;
}

/** What was left out for one reason. */
export type DropReason = {
  readonly count: number;
  readonly field: string;
  /** Of the first run; the others' say the same with other numbers. */
  readonly problem: string;
  /** Names of the first runs. */
  readonly examples: readonly string[];
};

const EXAMPLES = 2;

/** Dropped runs by reason, the most frequent first. */
export function dropReasons(dropped: readonly Dropped[]): DropReason[] {
  const reasons = new Map<string, Dropped[]>();
  for (const one of dropped) {
    const key = `${one.field}: ${one.problem.replace(/\d[\d.,]*(e[+-]?\d+)?/g, '#')}`;
    const others = reasons.get(key);
    if (others) others.push(one);
    else reasons.set(key, [one]);
  }
  return [...reasons.values()]
    .map((ones) => ({
      count: ones.length,
      field: ones[0]?.field ?? '',
      problem: ones[0]?.problem ?? '',
      examples: ones.slice(0, EXAMPLES).map(({ name }) => name),
    }))
    .sort((a, b) => b.count - a.count);
}
