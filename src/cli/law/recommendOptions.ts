/** What `m3lab recommend` can be told, as commander hands it over. */

export type RecommendCommandOptions = {
  readonly compute: number;
  readonly targetTokens: number;
  readonly law?: string;
  readonly maxN?: number;
  readonly maxSourceTokens?: number;
  readonly resamples: number;
  readonly map?: true;
  readonly figures?: string;
};
