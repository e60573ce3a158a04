/** The design of a sweep as fields: lists of what varies, and everything else as the design says it. */

import { isObject } from '../../../formats/json.ts';
import { type ListRule, numberText, readNumbers, readSizes, sizeOf, sizeWords } from './lists.ts';

export const LIST_FIELDS = [
  'targetTokens',
  'compute',
  'epochs',
  'ratio',
  'finalRatio',
  'firstRatio',
  'finalShare',
  'learningRate',
  'seeds',
] as const;
export type ListField = (typeof LIST_FIELDS)[number];
export type FieldName = ListField | 'name' | 'target' | 'source' | 'sizes' | 'perRound';

export type DesignForm = {
  readonly text: Readonly<Record<FieldName, string>>;
  /** What the fields do not show: it stays as it is. */
  readonly rest: Readonly<Record<string, unknown>>;
};

export type FormReading = {
  readonly design: Readonly<Record<string, unknown>> | null;
  readonly problems: ReadonlyMap<FieldName, string>;
  /** Values of each list that has any. */
  readonly counts: ReadonlyMap<FieldName, number>;
};

const TOKENS: ListRule = { whole: true, min: 1 };
const SHARE: ListRule = { min: 0, max: 1 };

export const LIST_RULES: Readonly<Record<ListField, ListRule>> = {
  targetTokens: TOKENS,
  compute: { min: 0, above: true },
  epochs: { min: 0, above: true },
  ratio: { ...SHARE, above: true },
  finalRatio: { ...SHARE, above: true },
  firstRatio: SHARE,
  finalShare: { ...SHARE, above: true },
  learningRate: { min: 0, above: true },
  seeds: { whole: true, min: 0, max: 0xffff_ffff },
};

/** Where a list stands in a design: one value in its section, several in the grid. */
const PLACES: Readonly<Partial<Record<ListField, readonly [section: string, field: string]>>> = {
  targetTokens: ['recipe', 'targetTokens'],
  epochs: ['recipe', 'epochs'],
  ratio: ['recipe', 'ratio'],
  finalRatio: ['recipe', 'finalRatio'],
  firstRatio: ['recipe', 'firstRatio'],
  finalShare: ['recipe', 'finalShare'],
  learningRate: ['optimizer', 'learningRate'],
};

/** The design that the fields say, or what is wrong at which of them. */
export function readDesignForm({ text, rest }: DesignForm): FormReading {
  const problems = new Map<FieldName, string>();
  const counts = new Map<FieldName, number>();
  const lists = new Map<ListField, readonly number[]>();
  for (const field of LIST_FIELDS) {
    const typed = readNumbers(text[field], LIST_RULES[field]);
    if (!typed.ok) problems.set(field, typed.problem);
    else if (typed.values.length > 0) {
      lists.set(field, typed.values);
      counts.set(field, typed.values.length);
    }
  }
  const sizes = readSizes(text.sizes);
  if (!sizes.ok) problems.set('sizes', sizes.problem);
  else if (sizes.values.length > 0) counts.set('sizes', sizes.values.length);
  const perRound = readNumbers(text.perRound, { whole: true, min: 1 });
  if (!perRound.ok) problems.set('perRound', perRound.problem);
  else if (perRound.values.length > 1) problems.set('perRound', 'One number is needed here.');
  if (text.name.trim() === '') problems.set('name', 'Runs are named after it: give it a name.');
  if (/[/\\]/.test(text.name)) problems.set('name', 'A name has no slash in it.');
  if (text.target.trim() === '') problems.set('target', 'Name the text of the target language.');
  if (!lists.has('targetTokens') && !problems.has('targetTokens'))
    problems.set('targetTokens', 'At least one number of tokens is needed here.');
  checkTogether(lists, problems);
  if (problems.size > 0 || !sizes.ok || !perRound.ok) return { design: null, problems, counts };

  const sections: Record<string, Record<string, unknown>> = {};
  const grid: Record<string, unknown> = { ...sectionOf(rest, 'grid') };
  const put = (section: string, field: string, values: readonly unknown[]) => {
    sections[section] ??= {};
    if (values.length === 1) sections[section][field] = values[0];
    else if (values.length > 1) grid[`${section}.${field}`] = values;
  };
  put('corpora', 'target', [text.target.trim()]);
  if (text.source.trim() !== '') put('corpora', 'source', [text.source.trim()]);
  for (const field of LIST_FIELDS) {
    const place = PLACES[field];
    if (place) put(...place, lists.get(field) ?? []);
  }
  if (sizes.values.length === 1) sections.model = { ...sizes.values[0] };
  if (sizes.values.length > 1) grid.model = sizes.values;
  const compute = lists.get('compute');
  const seeds = lists.get('seeds');
  const [runs] = perRound.values;
  const { name: _, grid: __, adaptive: ___, ...others } = rest;
  const merged = Object.fromEntries(
    ['corpora', 'tokenizer', 'model', 'recipe', 'optimizer', 'evaluation'].flatMap((section) => {
      const fields = { ...sectionOf(rest, section), ...sections[section] };
      return Object.keys(fields).length > 0 ? [[section, fields]] : [];
    }),
  );
  return {
    design: {
      version: 1,
      name: text.name.trim(),
      ...others,
      ...merged,
      ...(Object.keys(grid).length > 0 && { grid }),
      ...(compute && { compute }),
      ...(seeds && { seeds }),
      ...(runs !== undefined && { adaptive: { ...sectionOf(rest, 'adaptive'), runs } }),
    },
    problems,
    counts,
  };
}

/** What says the same thing in two ways, or too little. */
function checkTogether(
  lists: ReadonlyMap<ListField, readonly number[]>,
  problems: Map<FieldName, string>,
): void {
  if (lists.has('ratio') && lists.has('finalShare'))
    problems.set('finalShare', 'r follows from s and the ratios of both stages: leave one of them empty.');
  if (!lists.has('compute') && !lists.has('epochs') && !problems.has('compute') && !problems.has('epochs'))
    problems.set('compute', 'Give a compute budget, or epochs below: one of them says how long a run is.');
}

/** The fields of a design; null where it says more than fields can show: several designs in one. */
export function formOf(design: Readonly<Record<string, unknown>>): DesignForm | null {
  if ('designs' in design) return null;
  const rest: Record<string, unknown> = structuredClone(design) as Record<string, unknown>;
  const grid: Record<string, unknown> = { ...sectionOf(design, 'grid') };
  const take = (section: string, field: string): readonly unknown[] => {
    const key = `${section}.${field}`;
    const listed = grid[key];
    if (Array.isArray(listed)) {
      delete grid[key];
      return listed;
    }
    const fields: Record<string, unknown> = { ...sectionOf(rest, section) };
    const value = fields[field];
    if (value === undefined || value === null) return [];
    delete fields[field];
    rest[section] = fields;
    return [value];
  };
  const numbers = (values: readonly unknown[]) =>
    values.flatMap((value) => (typeof value === 'number' ? [numberText(value)] : [])).join(', ');
  const lists = Object.fromEntries(
    LIST_FIELDS.map((field) => {
      const place = PLACES[field];
      return [field, place ? numbers(take(...place)) : numbers(listOf(design[field]))];
    }),
  ) as Record<ListField, string>;
  const sizes = takeSizes(rest, grid);
  // Lists of texts are for the JSON: a field holds one.
  const isManyTexts = ['corpora.target', 'corpora.source'].some((key) => key in grid);
  if (isManyTexts) return null;
  const [target] = take('corpora', 'target');
  const [source] = take('corpora', 'source');
  const { runs, ...adaptive } = sectionOf(design, 'adaptive');
  rest.grid = grid;
  rest.adaptive = adaptive;
  for (const key of ['version', 'name', 'compute', 'seeds']) delete rest[key];
  return {
    text: {
      ...lists,
      name: typeof design.name === 'string' ? design.name : '',
      target: typeof target === 'string' ? target : '',
      source: typeof source === 'string' ? source : '',
      sizes,
      perRound: typeof runs === 'number' ? String(runs) : '',
    },
    rest,
  };
}

/** Sizes that the field would make the same models of; others stay where they are, and the field is empty. */
function takeSizes(rest: Record<string, unknown>, grid: Record<string, unknown>): string {
  const listed = grid.model;
  if (Array.isArray(listed)) {
    const words = listed.map(usualSize);
    if (words.some((word) => word === null)) return '';
    delete grid.model;
    return words.join(', ');
  }
  const { layers, width, heads, mlp, ...others } = sectionOf(rest, 'model');
  const word = usualSize({ layers, width, heads, mlp });
  if (word === null) return '';
  rest.model = others;
  return word;
}

function usualSize(model: unknown): string | null {
  if (!isObject(model)) return null;
  const { layers, width, ...others } = model;
  if (typeof layers !== 'number' || typeof width !== 'number') return null;
  const usual = sizeOf(layers, width);
  return others.heads === usual.heads && others.mlp === usual.mlp ? sizeWords(usual) : null;
}

function sectionOf(design: Readonly<Record<string, unknown>>, section: string): Record<string, unknown> {
  const value = design[section];
  return isObject(value) ? { ...value } : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
