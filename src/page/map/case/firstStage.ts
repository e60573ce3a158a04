/** The first stage of an advised recipe: no law reads it, but the runs of the fit followed a rule. */

import type { FitFile } from '../../../formats/fit.ts';

export type FirstStage = {
  /** The rule r_1 = c·r. */
  readonly c: number;
  readonly r_1: number;
  /** Share of the tokens in the last stage: what makes r of r_1 and r_f. */
  readonly s: number;
};

/** Null where the runs follow several rules or none, or no last stage makes this r of them. */
export function firstStageOf(
  { r, r_f }: { readonly r: number; readonly r_f: number },
  { rules, unknown }: FitFile['firstStage'],
): FirstStage | null {
  const [rule, ...others] = rules;
  if (!rule || others.length > 0 || unknown > 0) return null;
  const r_1 = rule.c * r;
  const s = (r - r_1) / (r_f - r_1);
  return s > 0 && s <= 1 ? { c: rule.c, r_1, s } : null;
}
