/** The realised values of a run, counted from the windows that it read; what a law gets is always these. */

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

export type RealiseOptions = {
  /** Parameters that multiply each token, from the parameter table. */
  readonly N: number;
  /** Whether the learning rate begins anew at a later stage; see `rewarms`. */
  readonly rewarms: boolean;
  /** Steps that were taken, where they are not all of the plan's. */
  readonly steps?: number | undefined;
};

/**
 * Counts a plan, or its first `steps` steps: a stage that no step has reached does not count. D_T is the subset's, however
 * little of it was read. Of no steps at all every count is 0, and the ratios are those that the first stage would have had.
 */
export function realise(plan: BatchPlan, { N, rewarms, steps = plan.steps }: RealiseOptions): Realised {
  const { context, languages, stageStartWindows } = plan;
  const total = steps * plan.batch;
  const ratios = total === 0 ? stageRatios(plan).slice(0, 1) : stageRatios(plan, total);
  const targetUses = targetWindowsBetween(languages, 0, total);
  const D = total * context;
  const kind = kindOf(ratios, rewarms);
  const lastStart = stageStartWindows[ratios.length - 1] ?? 0;
  const isSingle = kind === 'monolingual single-stage' || total === 0;
  return {
    kind,
    N,
    D,
    D_T: plan.targetWindows * context,
    S: (total - targetUses) * context,
    k: targetUses / plan.targetWindows,
    r: total === 0 ? (ratios[0] ?? 1) : targetUses / total,
    r_f: ratios.at(-1) ?? 1,
    r_1: ratios[0] ?? 1,
    s: isSingle ? 1 : (total - lastStart) / total,
    C: 6 * N * D,
    steps,
    sourceRepeated: total - targetUses > plan.sourceWindows,
  };
}

/** Target ratio of each stage that begins within the first `total` windows, counted in them; of the whole plan by default. */
export function stageRatios(
  { languages, stageStartWindows }: BatchPlan,
  total: number = languages.length,
): number[] {
  const starts = stageStartWindows.filter((start) => start < total);
  return starts.map((start, stage) => {
    const end = starts[stage + 1] ?? total;
    return targetWindowsBetween(languages, start, end) / (end - start);
  });
}

/** The kind of a run whose stages have these target ratios; without a re-warm, stages at r = 1 are one. */
export function kindOf(ratios: readonly number[], rewarms: boolean): Kind {
  const first = ratios[0] ?? 1;
  const last = ratios.at(-1) ?? 1;
  if (ratios.every((ratio) => ratio === 1)) {
    return ratios.length > 1 && rewarms ? 'monolingual re-warm' : 'monolingual single-stage';
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
