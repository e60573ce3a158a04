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
  r_f: positive,
  /** Tokens in all, and those of the source. */
  D: positive,
  S: finite,
  loss: finite,
  /** 95 %, of the loss that the law expects there, without the noise of a single run; null where the fit holds no resamples. */
  interval,
  /** 95 %, of the best recipe of this kind as resamples would have it. */
  intervals: v.nullable(v.strictObject({ N: interval, k: interval, r: interval, r_f: interval })),
};

const thresholdEntries = {
  /** `untold`: this law cannot say. `always` and `never` mean that a second language pays. */
  state: v.picklist(['crossed', 'always', 'never', 'untold']),
  targetTokens: v.nullable(maybeInfinite),
  interval,
};

const givenSchema = v.strictObject({
  N: positive,
  k: positive,
  r: positive,
  r_f: positive,
  C: v.nullable(positive),
  kind,
  /** Null, with the reason, where the law or the runs say nothing of such a recipe. */
  loss: v.nullable(finite),
  interval,
  /** Nats per token above the best recipe. */
  excess: v.nullable(finite),
  excessInterval: interval,
  reason: v.exactOptional(v.string()),
});

const epochsSchema = v.strictObject({
  /** k* of the best recipe of all kinds that are told, by compute and x = D_T/D*(C). */
  points: v.array(
    v.strictObject({
      compute: positive,
      x: positive,
      k: positive,
      interval,
      kind,
      monolingual: v.nullable(positive),
    }),
  ),
  /** The largest over x of the spread of ln k* between budgets, and where it is; null where there is nothing to compare. */
  spread: v.nullable(v.strictObject({ lnEpochs: finite, lnMonolingualEpochs: finite, worstX: finite })),
});

const recommendationSchema = v.strictObject({
  version: v.literal(1),
  law: v.string(),
  /** What the law was fitted to. */
  sources: v.array(v.strictObject({ file: v.string(), rows: finite, sha256: v.exactOptional(v.string()) })),
  compute: positive,
  targetTokens: positive,
  limits: v.strictObject({
    maxN: v.exactOptional(positive),
    maxSourceTokens: v.exactOptional(finite),
    /** Asked for, or what the runs of the fit reach where none repeats its text. */
    maxEpochs: v.exactOptional(positive),
    minRatio: v.exactOptional(positive),
  }),
  /** What no run of the fit tells, so that nothing is advised on it, and which runs would tell. */
  untold: v.array(
    v.strictObject({
      what: v.picklist(['a second language', 'two stages', 'repetition']),
      reason: v.string(),
      wanted: v.string(),
    }),
  ),
  /** Kinds that the law cannot tell apart, of which the simplest alone is here. */
  blindness: v.nullable(v.picklist(['all kinds', 'stages'])),
  best: v.strictObject(recipeEntries),
  /** The best recipe of each other kind that is told, and how many nats per token worse it is; 0 where the law does not decide. */
  runnersUp: v.array(v.strictObject({ ...recipeEntries, excess: finite, excessInterval: interval })),
  /**
   * Share of the resamples under which each kind leads by more than `noise`, and under `tie` that in which none does. Null without
   * resamples, and where there is one kind to choose among.
   */
  shares: v.nullable(v.record(v.string(), finite)),
  /** Share of the loss below which a lead is none: the root mean square of the fit's residuals of log loss. */
  noise: finite,
  /** Target tokens below which monolingual training stops being best at this compute; null where the law knows no such place. */
  threshold: v.nullable(
    v.strictObject({
      ...thresholdEntries,
      /** Nats per token by which a bilingual recipe has to lead; 0 unless it was asked for. */
      margin: finite,
      /** Where leaving one language pays to first order, in closed form; null where the law has none. */
      firstOrder: v.nullable(v.strictObject({ x: finite, k: finite, targetTokens: finite })),
    }),
  ),
  /** Recipes that were asked about. */
  given: v.exactOptional(v.array(givenSchema)),
  /** Target tokens / the corpus that is compute-optimal for one monolingual pass. */
  scarcity: v.nullable(finite),
  /** Quantities of the best recipe that lie outside the runs of the fit. */
  beyond: v.array(v.string()),
  notes: v.array(v.string()),
  /** The best kind by compute and corpus, and the share of the resamples that agree; null where `untold` leaves one kind. */
  map: v.exactOptional(
    v.nullable(
      v.array(
        v.strictObject({
          compute: positive,
          targetTokens: positive,
          kind: v.nullable(kind),
          certainty: v.nullable(finite),
        }),
      ),
    ),
  ),
  /** The threshold over the budgets of the map; null as the map is. */
  thresholdLine: v.exactOptional(
    v.nullable(v.array(v.strictObject({ compute: positive, ...thresholdEntries }))),
  ),
  /** Best epochs against scarcity. */
  epochs: v.exactOptional(epochsSchema),
});

export type RecommendationFile = v.InferOutput<typeof recommendationSchema>;

/** Checks a recommendation read from `name`. Throws `ConfigError` at the first field that is wrong. */
export function parseRecommendation(json: unknown, name: string): RecommendationFile {
  const parsed = v.safeParse(recommendationSchema, json);
  if (!parsed.success) {
    throw configError(name, parsed.issues, {
      '': Object.keys(recommendationSchema.entries),
      best: Object.keys(recipeEntries),
      runnersUp: [...Object.keys(recipeEntries), 'excess', 'excessInterval'],
    });
  }
  return parsed.output;
}

/** The value to write, with words where a number is infinite. */
export function recommendationJson(recommendation: RecommendationFile): unknown {
  return plainNumbers(recommendation);
}
