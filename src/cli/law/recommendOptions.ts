/** What `m3lab recommend` can be told, as commander hands it over. */

import type { GivenRecipe } from '../../law/report/advice.ts';

export type RecommendCommandOptions = {
  readonly compute: number;
  readonly targetTokens: number;
  readonly law?: string;
  readonly at?: readonly GivenRecipe[];
  readonly maxN?: number;
  readonly maxEpochs?: number;
  readonly maxSourceTokens?: number;
  readonly withinRuns?: true;
  readonly margin: number;
  readonly resamples: number;
  readonly map?: true;
  readonly figures?: string;
};
