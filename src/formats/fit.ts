/** What came of a fit, as a file: for people, for the page, and for recommendations that need nothing else. */

import * as v from 'valibot';
import { ConfigError, configError } from './configError.ts';
import { plainNumbers } from './infinite.ts';
import { parseJson } from './json.ts';
import { OWN_LAW_FIELDS, ownLawSchema } from './ownLaw.ts';

const finite = v.pipe(v.number(), v.finite('is not a finite number'));
const count = v.pipe(finite, v.safeInteger('is not a whole number'), v.minValue(0, 'is less than 0'));
/** JSON has no infinity; a parameter may be frozen there, and a Hessian that says nothing has an infinite condition. */
const maybeInfinite = v.union([
  finite,
  v.pipe(
    v.picklist(['Infinity', '-Infinity']),
    v.transform((word) => Number(word)),
  ),
]);
const interval = v.strictTuple([maybeInfinite, maybeInfinite]);

const parameterSchema = v.strictObject({
  value: maybeInfinite,
  /** 95 %, from the bootstrap; null where there is none: frozen, unknown, or no bootstrap was asked for. */
  interval: v.nullable(interval),
  unit: v.exactOptional(v.string()),
});

const heldOutSchema = v.strictObject({
  rows: count,
  rSquared: v.nullable(finite),
  rmseLog: v.nullable(finite),
  /** Why there are no figures. */
  reason: v.exactOptional(v.string()),
});

/** One kind of recipe: of runs that the fit has seen, and of dearer ones that fits to all kinds and to this kind alone have not. */
const kindSchema = v.strictObject({
  seen: heldOutSchema,
  joint: heldOutSchema,
  own: v.nullable(heldOutSchema),
});

/** The same law without one effect, held against the fit. */
const nullSchema = v.strictObject({
  name: v.string(),
  at: v.record(v.string(), maybeInfinite),
  aiccDifference: v.nullable(finite),
  p: v.nullable(finite),
  verdict: v.picklist(['spoken against', 'open', 'preferred']),
  words: v.string(),
});

const bootstrapSchema = v.strictObject({
  /** Asked for, and those that could not be refitted. */
  resamples: count,
  failed: count,
  method: v.string(),
  /** Values, a row for each resample, in the order of `parameters`. */
  names: v.array(v.string()),
  values: v.array(v.array(maybeInfinite)),
});

/** A run that does not exist yet, and the share of the variance of the law's predictions that it is expected to take away. */
const nextRunSchema = v.strictObject({
  N: finite,
  D_T: finite,
  k: finite,
  r: finite,
  r_f: finite,
  C: finite,
  reduction: finite,
});

const endSchema = v.strictObject({ value: maybeInfinite, open: v.boolean() });

const profileSchema = v.strictObject({
  parameter: v.string(),
  /** 95 %; open where the runs rule out nothing on that side. */
  low: endSchema,
  high: endSchema,
  critical: finite,
  points: v.array(v.strictObject({ value: maybeInfinite, objective: finite, statistic: finite })),
});

const fitSchema = v.strictObject({
  version: v.literal(1),
  law: v.string(),
  title: v.string(),
  /** One line of plain text. */
  form: v.string(),
  note: v.string(),
  /** The definition of a law of the user's own; absent for those that the lab knows by name. */
  own: v.exactOptional(ownLawSchema),
  /** What it was made with, and from: files with the SHA-256 of their bytes, and what was chosen of them, as it was asked for. */
  m3lab: v.string(),
  sources: v.array(v.strictObject({ file: v.string(), rows: count, sha256: v.exactOptional(v.string()) })),
  chosen: v.array(v.string()),
  /** Quantity → column that it was read from. */
  columns: v.record(v.string(), v.string()),
  /** Runs that it was fitted to, and recipes among them: runs of one N, D_T, k, r, r_f, r_1 and language pair. */
  rows: count,
  recipes: count,
  dropped: v.array(v.strictObject({ reason: v.string(), rows: count })),
  parameters: v.record(v.string(), parameterSchema),
  frozen: v.array(v.string()),
  /** Of the frozen ones, those that came from a fit of another law to other runs. */
  borrowed: v.exactOptional(v.strictObject({ law: v.string(), parameters: v.array(v.string()) })),
  delta: finite,
  objective: finite,
  rSquared: v.nullable(finite),
  rmseLog: finite,
  aicc: v.nullable(finite),
  status: v.picklist(['converged', 'at a bound', 'stopped early', 'under-determined']),
  atBounds: v.array(v.string()),
  unknown: v.array(v.string()),
  tradeOffs: v.array(
    v.strictObject({ parameters: v.strictTuple([v.string(), v.string()]), correlation: finite }),
  ),
  condition: maybeInfinite,
  heldOut: v.record(v.string(), heldOutSchema),
  /** Extrapolation over compute by kind of recipe; absent where nothing was held out, or the runs are of one kind. */
  byKind: v.exactOptional(v.record(v.string(), kindSchema)),
  /** Of the best law alone. */
  nulls: v.exactOptional(v.array(nullSchema)),
  seed: count,
  bootstrap: v.nullable(bootstrapSchema),
  /** The most helpful first; of the best law alone. */
  nextRuns: v.exactOptional(v.array(nextRunSchema)),
  profiles: v.exactOptional(v.array(profileSchema)),
  /** Runs that can tell of repetition, of a second language and of two stages; what none tells is not advised. */
  tellers: v.strictObject({ repeated: count, bilingual: count, 'two-stage': count }),
  /** Smallest and largest value of each quantity in the runs; outside it a prediction is an extrapolation. */
  extent: v.record(v.string(), v.strictTuple([finite, finite])),
  /** Rules r_1 = c·r of the two-stage runs. */
  firstStage: v.strictObject({
    rules: v.array(v.strictObject({ c: finite, rows: count })),
    unknown: count,
  }),
});

const notRankedSchema = v.strictObject({ law: v.string(), reason: v.string(), fit: v.nullable(fitSchema) });

const rankedSchema = v.strictObject({
  version: v.literal(1),
  ranked: v.array(fitSchema),
  /** Laws that were fitted to other runs, or to none. */
  notRanked: v.array(notRankedSchema),
});

export type FitFile = v.InferOutput<typeof fitSchema>;
export type HeldOutFigures = v.InferOutput<typeof heldOutSchema>;
export type RankedFitsFile = v.InferOutput<typeof rankedSchema>;

const fields = (prefix: string): Readonly<Record<string, readonly string[]>> => ({
  [prefix]: Object.keys(fitSchema.entries),
  ...Object.fromEntries(
    Object.entries({
      bootstrap: Object.keys(bootstrapSchema.entries),
      nextRuns: Object.keys(nextRunSchema.entries),
      profiles: Object.keys(profileSchema.entries),
      sources: Object.keys(fitSchema.entries.sources.item.entries),
      nulls: Object.keys(nullSchema.entries),
      tellers: Object.keys(fitSchema.entries.tellers.entries),
      tradeOffs: Object.keys(fitSchema.entries.tradeOffs.item.entries),
      firstStage: Object.keys(fitSchema.entries.firstStage.entries),
      own: OWN_LAW_FIELDS[''] ?? [],
      'own.parameters': OWN_LAW_FIELDS.parameters ?? [],
    }).map(([name, known]) => [prefix === '' ? name : `${prefix}.${name}`, known]),
  ),
});

/** Checks a fit read from `name`. Throws `ConfigError` at the first field that is wrong. */
export function parseFit(json: unknown, name: string): FitFile {
  const parsed = v.safeParse(fitSchema, json);
  if (!parsed.success) throw configError(name, parsed.issues, fields(''));
  const { bootstrap, parameters } = parsed.output;
  if (bootstrap) {
    const unknown = bootstrap.names.find((one) => !Object.hasOwn(parameters, one));
    if (unknown !== undefined)
      throw new ConfigError(name, 'bootstrap.names', `${unknown} is no parameter of this fit`);
    const row = bootstrap.values.findIndex((values) => values.length !== bootstrap.names.length);
    if (row >= 0) {
      throw new ConfigError(
        name,
        `bootstrap.values.${row}`,
        `${bootstrap.values[row]?.length} values for ${bootstrap.names.length} parameters`,
      );
    }
  }
  return parsed.output;
}

/** What `m3lab fit --law all` wrote. Throws `ConfigError`. */
export function parseRankedFits(json: unknown, name: string): RankedFitsFile {
  const parsed = v.safeParse(rankedSchema, json);
  const known = { ...fields('ranked'), ...fields('notRanked.fit'), '': Object.keys(rankedSchema.entries) };
  if (!parsed.success) throw configError(name, parsed.issues, known);
  return parsed.output;
}

/**
 * The fits in a file, the best first, whether it holds one or a ranking. Throws `ConfigError`, also where the file is of another sort or
 * another version, or `JsonError` with line and column.
 */
export function parseFitText(text: string, name: string): FitFile[] {
  if (!/^[\uFEFF\s]*[{[]/.test(text))
    throw new ConfigError(name, '', 'this is no file of a fit; if it is a table of runs, m3lab fit it first');
  if (!/\}\s*$/.test(text))
    throw new ConfigError(name, '', 'the file ends early; write it again with m3lab fit');
  const json = parseJson(text, name);
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new ConfigError(name, '', 'this is no file of a fit; m3lab fit RUNS --out FILE writes one');
  if ('formula' in json && !('objective' in json))
    throw new ConfigError(
      name,
      '',
      'this defines a law, and is no fit of it: m3lab fit RUNS --law FILE --out FIT first',
    );
  if ('version' in json && typeof json.version === 'number' && json.version !== 1)
    throw new ConfigError(
      name,
      'version',
      `${json.version} was written by another m3lab; fit the runs again with this one`,
    );
  if (!('ranked' in json)) return [parseFit(json, name)];
  const { ranked, notRanked } = parseRankedFits(json, name);
  return [...ranked, ...notRanked.flatMap(({ fit }) => (fit ? [fit] : []))];
}

/** The value to write, with words where a number is infinite. */
export function fitJson(fit: FitFile | RankedFitsFile): unknown {
  return plainNumbers(fit);
}
