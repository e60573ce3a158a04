/**
 * The design of a sweep: a train config in which fields may be lists. Every run of the product of the lists is planned; what cannot be
 * is left out with its reason, and what is left free is filled in (src/sweep/design/).
 */

import * as v from 'valibot';
import { ConfigError, configError, refuseLists } from './configError.ts';
import { CONFIG_FIELDS, MAX_SEED, trainConfigSchema } from './configSchema.ts';
import { canonicalJson, isObject, parseJson } from './json.ts';
import { nearest } from './nearest.ts';
import {
  ADAPTIVE_LAWS,
  type DesignFields,
  type GridChoice,
  givenTwice,
  mergedFields,
  type SweepDesign,
} from './sweepDesignFields.ts';

const finite = v.pipe(v.number(), v.finite('is not a finite number'));
const whole = v.pipe(finite, v.safeInteger('is not a whole number'), v.minValue(0, 'is less than 0'));
const positive = v.pipe(
  finite,
  v.check((value) => value > 0, 'is not above 0'),
);
const section = v.exactOptional(v.record(v.string(), v.unknown()));
const tag = v.union([v.string(), finite]);
const NO_VALUES = 'is an empty list; give at least one value, or leave it out';

const adaptiveSchema = v.strictObject({
  runs: v.pipe(whole, v.minValue(1, 'is less than 1')),
  law: v.exactOptional(v.picklist(ADAPTIVE_LAWS)),
  compute: v.exactOptional(positive),
});

const designSchema = v.strictObject({
  version: v.literal(1),
  name: v.pipe(
    v.string(),
    v.nonEmpty('is empty; runs are named after it'),
    v.regex(/^[^/\\]*$/, 'has a slash in it; runs are named after it, and may have folders of their names'),
  ),
  corpora: section,
  tokenizer: section,
  model: section,
  recipe: section,
  optimizer: section,
  evaluation: section,
  seed: v.exactOptional(whole),
  warmupSteps: v.exactOptional(whole),
  grid: v.exactOptional(v.record(v.string(), v.pipe(v.array(v.unknown()), v.nonEmpty(NO_VALUES)))),
  compute: v.exactOptional(v.pipe(v.array(positive), v.nonEmpty(NO_VALUES))),
  seeds: v.exactOptional(
    v.pipe(v.array(v.pipe(whole, v.maxValue(MAX_SEED, `is more than ${MAX_SEED}`))), v.nonEmpty(NO_VALUES)),
  ),
  dropRepeatedSource: v.exactOptional(v.boolean()),
  tags: v.exactOptional(v.record(v.string(), v.union([tag, v.array(tag)]))),
  adaptive: v.exactOptional(adaptiveSchema),
});

const DESIGN_FIELDS: Readonly<Record<string, readonly string[]>> = {
  ...CONFIG_FIELDS,
  '': Object.keys(designSchema.entries),
  adaptive: Object.keys(adaptiveSchema.entries),
  recipe: [...(CONFIG_FIELDS.recipe ?? []), 'finalShare'],
};

/** What a section of a config is called, and what it may hold; only these are merged with what stands in the grid. */
const SECTIONS = ['corpora', 'tokenizer', 'model', 'recipe', 'optimizer', 'evaluation'] as const;
const GRID_KEYS: readonly string[] = [
  ...SECTIONS,
  'seed',
  'warmupSteps',
  ...SECTIONS.flatMap((name) => (DESIGN_FIELDS[name] ?? []).map((field) => `${name}.${field}`)),
];

/**
 * Reads one design, or `{version, name, designs: […]}` with several, whose runs go into one manifest. `name` is the file. Throws
 * {@link ConfigError} at the first field, or value of a list, that is unknown, missing, of the wrong type or out of range.
 */
export function parseSweepDesigns(json: unknown, name: string): SweepDesign[] {
  if (typeof json !== 'object' || json === null || !('designs' in json)) return [parseDesign(json, name, '')];
  const parsed = v.safeParse(designListSchema, json);
  if (!parsed.success) throw configError(name, parsed.issues, { '': Object.keys(designListSchema.entries) });
  const designs = parsed.output.designs.map((item, index) => parseDesign(item, name, `designs.${index}.`));
  for (const [index, design] of designs.entries()) {
    if (canonicalJson(design.adaptive ?? null) !== canonicalJson(designs[0]?.adaptive ?? null)) {
      throw new ConfigError(
        name,
        `designs.${index}.adaptive`,
        'the first design says otherwise; the designs of one file are chosen from together, so give all of them the same, or none',
      );
    }
    if (designs.findIndex((other) => other.name === design.name) < index) {
      throw new ConfigError(
        name,
        `designs.${index}.name`,
        `another design is called ${JSON.stringify(design.name)}; runs are named after it, so give each its own`,
      );
    }
  }
  return designs;
}

const designListSchema = v.strictObject({
  version: v.literal(1),
  name: v.exactOptional(v.string()),
  designs: v.pipe(v.array(v.unknown()), v.nonEmpty(NO_VALUES)),
});

/** The same from text. Throws {@link ConfigError}, or `JsonError` with line and column. */
export function parseSweepDesignsText(text: string, name: string): SweepDesign[] {
  return parseSweepDesigns(parseJson(text, name), name);
}

function parseDesign(json: unknown, file: string, prefix: string): SweepDesign {
  const refuse = (field: string, problem: string): never => {
    throw new ConfigError(file, `${prefix}${field}`, problem);
  };
  try {
    refuseLists(json, file, DESIGN_FIELDS);
    const parsed = v.safeParse(designSchema, json);
    if (!parsed.success) throw configError(file, parsed.issues, DESIGN_FIELDS);
    // Its sections are held against the schema of a train config below.
    const design = parsed.output as SweepDesign;
    checkGrid(design, refuse);
    for (const { choice, place } of samplesOf(design)) checkFields(design, choice, place, refuse);
    return design;
  } catch (error) {
    if (!(error instanceof ConfigError) || prefix === '' || error.field.startsWith(prefix)) throw error;
    throw new ConfigError(file, `${prefix}${error.field}`.replace(/\.$/, ''), error.problem);
  }
}

type Refuse = (field: string, problem: string) => never;

/** More would take minutes to plan and no device could train them. */
const MOST_COMBINATIONS = 100_000;

function checkGrid({ grid = {}, seeds, compute }: SweepDesign, refuse: Refuse): void {
  for (const key of Object.keys(grid)) {
    if (!GRID_KEYS.includes(key)) {
      if (key === 'compute' || key === 'seeds') {
        refuse(`grid.${key}`, 'the list stands beside the grid, not in it');
      }
      const close = nearest(key, GRID_KEYS);
      const hint = close === null ? 'give one such as recipe.ratio or model.width' : `did you mean ${close}?`;
      refuse(`grid.${key}`, `a train config has no such field; ${hint}`);
    }
    if (key === 'seed' && seeds) refuse('grid.seed', 'seeds is given too; leave one of them out');
    const [name = '', field] = key.split('.');
    const isSetTwice =
      field !== undefined &&
      grid[name]?.some((value) => typeof value === 'object' && value && field in value);
    if (isSetTwice) refuse(`grid.${key}`, `grid.${name} sets this field too; leave one of them out`);
  }
  const lists = [...Object.values(grid), seeds ?? [0], compute ?? [0]];
  const combinations = lists.reduce((product, { length }) => product * length, 1);
  if (combinations > MOST_COMBINATIONS) {
    const most = MOST_COMBINATIONS.toLocaleString('en');
    refuse('grid', `${combinations.toLocaleString('en')} combinations are more than the ${most} of a design`);
  }
}

/** The first value of every list; and each other value of one, with the first of all others. `place` says where the values stand. */
function samplesOf({ grid = {} }: SweepDesign): { choice: GridChoice; place: ReadonlyMap<string, number> }[] {
  const keys = Object.keys(grid);
  const first = Object.fromEntries(keys.map((key) => [key, grid[key]?.[0]]));
  const samples = [{ choice: first, place: new Map(keys.map((key) => [key, 0])) }];
  for (const key of keys) {
    for (const [index, value] of (grid[key] ?? []).entries()) {
      if (index === 0) continue;
      const place = new Map(keys.map((other) => [other, other === key ? index : 0]));
      samples.push({ choice: { ...first, [key]: value }, place });
    }
  }
  return samples;
}

/** Holds one run's fields, each by itself, against the schema. */
function checkFields(
  design: SweepDesign,
  choice: GridChoice,
  place: ReadonlyMap<string, number>,
  refuse: Refuse,
): void {
  const fieldOf = (field: string) => placeOf(field, choice, place);
  for (const name of SECTIONS) {
    const value = choice[name];
    if (value !== undefined && !isObject(value)) {
      refuse(
        fieldOf(name),
        `${JSON.stringify(value)} is not an object in braces, with fields of this section`,
      );
    }
  }
  const fields = mergedFields(design, choice);
  const { finalShare } = fields.recipe ?? {};
  if (finalShare !== undefined && !(typeof finalShare === 'number' && finalShare > 0 && finalShare <= 1)) {
    refuse(
      fieldOf('recipe.finalShare'),
      `${JSON.stringify(finalShare)} is not a number above 0 and at most 1`,
    );
  }
  const parsedSteps = v.safeParse(designSchema.entries.warmupSteps.wrapped, fields.warmupSteps ?? 0);
  if (!parsedSteps.success) {
    const problem = configError('', parsedSteps.issues, {}).problem;
    refuse(fieldOf('warmupSteps'), problem);
  }
  const twice = givenTwice(fields);
  if (twice) refuse(fieldOf(twice.field), twice.problem);
  const parsed = v.safeParse(trainConfigSchema, sampleConfig(fields, design));
  if (parsed.success) return;
  const { field, problem } = configError('', parsed.issues, DESIGN_FIELDS);
  refuse(fieldOf(field), problem);
}

/** Where a field of a config stands in the design. */
function placeOf(field: string, choice: GridChoice, place: ReadonlyMap<string, number>): string {
  const keys = Object.keys(choice).sort((a, b) => b.length - a.length);
  const key = keys.find((one) => field === one || field.startsWith(`${one}.`));
  if (key === undefined) return field;
  const rest = field.slice(key.length + 1);
  const value = choice[key];
  const isInValue = rest === '' || (isObject(value) && (rest.split('.')[0] ?? '') in value);
  return isInValue ? `grid.${key}.${place.get(key) ?? 0}${rest === '' ? '' : `.${rest}`}` : field;
}

/** A config for the schema alone: what follows from other fields is there, with a number that is no worse than any. */
function sampleConfig(fields: DesignFields, { version, name, compute, seeds }: SweepDesign): object {
  const { warmupSteps: _, seed = seeds?.[0], recipe = {}, ...rest } = fields;
  const { finalShare, ...written } = recipe;
  const isFree = 'stages' in written && compute !== undefined && written.tokens === undefined;
  return {
    ...rest,
    version,
    name,
    ...(seed !== undefined && { seed }),
    recipe: isFree ? { ...written, tokens: 1 } : written,
    corpora: rest.corpora ?? {},
  };
}
