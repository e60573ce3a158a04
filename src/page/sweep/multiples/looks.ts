/** How the kinds of recipes are drawn: a colour and a dash each, so that colour is never alone. */

import type { SweepRun } from '../../../worker/api/sweep.ts';

export type Look = { readonly colour: string; readonly dash: readonly number[] };

const LOOKS: Readonly<Record<SweepRun['kind'], Look>> = {
  'monolingual single-stage': { colour: '--run-1', dash: [] },
  'multi-lingual single-stage': { colour: '--run-2', dash: [5, 2.5] },
  'multi-lingual two-stage': { colour: '--run-3', dash: [1.5, 2.5] },
  'monolingual re-warm': { colour: '--run-5', dash: [7, 2, 1.5, 2] },
  'multi-stage': { colour: '--run-8', dash: [3, 3] },
};

/** `colour` is a custom property of the page. */
export function lookOf(kind: SweepRun['kind']): Look {
  return LOOKS[kind];
}

/** A colour for a run's swatch in a table. */
export function colourOfRun({ kind }: Pick<SweepRun, 'kind'>): string {
  return `var(${lookOf(kind).colour})`;
}
