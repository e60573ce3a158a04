/** The realised values of a run, counted from its batch plan; what a law gets is always these. */

import { type BatchPlan, TARGET } from './plan.ts';

export const KINDS = [
  'monolingual single-stage',
  'multi-lingual single-stage',
  'multi-lingual two-stage',
  'monolingual re-warm',
  'multi-stage',
] as const;

/**
 * The three kinds of the laws, and two that stand outside them: several stages all at r = 1, where only the
 * learning rate begins anew, and every other list of stages.
 */
export type Kind = (typeof KINDS)[number];

export type Realised = {
  readonly kind: Kind;
  /** Parameters that multiply each token. */
  readonly N: number;
  /** Tokens read, of both languages. */
  readonly D: number;
  /** Unique target tokens in the windows of the subset. */
  readonly D_T: number;
  /** Source tokens read. */
  readonly S: number;
  /** Passes over the target subset: target tokens read / D_T. */
  readonly k: number;
  /** Target tokens / all tokens: over the run, the final stage, the first stage. */
  readonly r: number;
  readonly r_f: number;
  readonly r_1: number;
  /** The final stage's share of the tokens; 1 in a single stage. */
  readonly s: number;
  /** 6·N·D, in FLOPs. */
  readonly C: number;
  readonly steps: number;
  readonly sourceRepeated: boolean;
};

/** Counts a plan. `N` comes from the parameter table. */
export function realise(plan: BatchPlan, { N }: { N: number }): Realised {
  const { context, languages, stageStartWindows } = plan;
  const total = languages.length;
  const ratios = stageRatios(plan);
  const targetUses = targetWindowsBetween(languages, 0, total);
  const D = total * context;
  const lastStart = stageStartWindows.at(-1) ?? 0;
  return {
    kind: kindOf(ratios),
    N,
    D,
    D_T: plan.targetWindows * context,
    S: (total - targetUses) * context,
    k: targetUses / plan.targetWindows,
    r: targetUses / total,
    r_f: ratios.at(-1) ?? 1,
    r_1: ratios[0] ?? 1,
    s: (total - lastStart) / total,
    C: 6 * N * D,
    steps: plan.steps,
    sourceRepeated: plan.sourceRepeated,
  };
}

/** Target ratio of each stage, counted. */
export function stageRatios({ languages, stageStartWindows }: BatchPlan): number[] {
  return stageStartWindows.map((start, stage) => {
    const end = stageStartWindows[stage + 1] ?? languages.length;
    return targetWindowsBetween(languages, start, end) / (end - start);
  });
}

/** The kind of a run whose stages have these target ratios. */
export function kindOf(ratios: readonly number[]): Kind {
  const first = ratios[0] ?? 1;
  const last = ratios.at(-1) ?? 1;
  if (ratios.every((ratio) => ratio === 1)) {
    return ratios.length > 1 ? 'monolingual re-warm' : 'monolingual single-stage';
  }
  if (ratios.length === 1) return 'multi-lingual single-stage';
  if (ratios.length === 2 && last > first) return 'multi-lingual two-stage';
  return 'multi-stage';
}

function targetWindowsBetween(languages: Uint8Array, start: number, end: number): number {
  let windows = 0;
  for (let i = start; i < end; i++) if (languages[i] === TARGET) windows++;
  return windows;
}
