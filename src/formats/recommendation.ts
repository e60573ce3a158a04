/** Which recipe a fitted law advises for a budget and a corpus, as a file. */

import * as v from 'valibot';
import { configError } from './configError.ts';
import { plainNumbers } from './infinite.ts';

const finite = v.pipe(v.number(), v.finite('is not a finite number'));
const positive = v.pipe(
  finite,
  v.check((value) => value > 0, 'is not above 0'),
);
const maybeInfinite = v.union([
  finite,
  v.pipe(
    v.picklist(['Infinity', '-Infinity']),
    v.transform((word) => Number(word)),
  ),
]);
const interval = v.nullable(v.strictTuple([maybeInfinite, maybeInfinite]));
const kind = v.picklist([
  'monolingual single-stage',
  'multi-lingual single-stage',
  'multi-lingual two-stage',
]);

const recipeEntries = {
  kind,
  N: positive,
  k: positive,
  r: positive,
  finalRatio: positive,
  /** Tokens in all, and those of the source. */
  D: positive,
  S: finite,
  loss: finite,
  /** 95 %, of the expected loss; null where the fit holds no resamples. */
  interval,
};

const recommendationSchema = v.strictObject({
  version: v.literal(1),
  law: v.string(),
  compute: positive,
  targetTokens: positive,
  limits: v.strictObject({ maxN: v.exactOptional(positive), maxSourceTokens: v.exactOptional(finite) }),
  best: v.strictObject(recipeEntries),
  /** The best recipe of each other kind, and how many nats per token worse it is. */
  runnersUp: v.array(v.strictObject({ ...recipeEntries, excess: finite })),
  /** Share of the resamples under which each kind is best. */
  shares: v.nullable(v.record(v.string(), finite)),
  /** Target tokens below which monolingual training stops being best at this compute; null where the law knows no such place. */
  threshold: v.nullable(
    v.strictObject({
      /** `untold`: this law cannot say. `always` and `never` mean that a second language pays. */
      state: v.picklist(['crossed', 'always', 'never', 'untold']),
      targetTokens: v.nullable(maybeInfinite),
      interval,
    }),
  ),
  /** Target tokens / the corpus that is compute-optimal for one monolingual pass. */
  scarcity: v.nullable(finite),
  /** Quantities of the best recipe that lie outside the runs of the fit. */
  beyond: v.array(v.string()),
  notes: v.array(v.string()),
  /** The best kind by compute and corpus, and the share of the resamples that agree. */
  map: v.exactOptional(
    v.array(
      v.strictObject({
        compute: positive,
        targetTokens: positive,
        kind: v.nullable(kind),
        certainty: v.nullable(finite),
      }),
    ),
  ),
});

export type RecommendationFile = v.InferOutput<typeof recommendationSchema>;

/** Checks a recommendation read from `name`. Throws `ConfigError` at the first field that is wrong. */
export function parseRecommendation(json: unknown, name: string): RecommendationFile {
  const parsed = v.safeParse(recommendationSchema, json);
  if (!parsed.success) {
    throw configError(name, parsed.issues, {
      '': Object.keys(recommendationSchema.entries),
      best: Object.keys(recipeEntries),
      runnersUp: [...Object.keys(recipeEntries), 'excess'],
    });
  }
  return parsed.output;
}

/** The value to write, with words where a number is infinite. */
export function recommendationJson(recommendation: RecommendationFile): unknown {
  return plainNumbers(recommendation);
}
