/** Designs → drafts: one for each combination of their lists, named after what differs. */

import type { Tags, TagValue } from '../../formats/manifest.ts';
import { type DesignFields, mergedFields, type SweepDesign } from '../../formats/sweepDesignFields.ts';

/** A run that a design asks for, before anybody has seen whether it can be. */
export type Draft = {
  /** The design's, and what tells it from the design's other runs. */
  readonly name: string;
  readonly fields: DesignFields;
  /** C, in FLOPs; null where there is no limit. */
  readonly compute: number | null;
  readonly dropRepeatedSource: boolean;
  readonly tags: Tags;
};

/** All drafts, in the order of the designs, of the lists in each, and of their values; the last list varies first. */
export function expandDesigns(designs: readonly SweepDesign[]): Draft[] {
  return designs.flatMap(expandDesign);
}

function expandDesign(design: SweepDesign): Draft[] {
  const { name, grid = {}, compute = [null], seeds = [undefined] } = design;
  let combinations: Coordinate[][] = [[]];
  for (const [key, values] of [...Object.entries(grid), [COMPUTE, compute], [SEED, seeds]] as const) {
    combinations = combinations.flatMap((before) =>
      values.map((value, index) => [...before, { key, value, index, isOnly: values.length === 1 }]),
    );
  }
  return combinations.map((coordinates) => {
    const choice = coordinates.filter(({ key }) => key !== COMPUTE && key !== SEED);
    const fields = mergedFields(design, Object.fromEntries(choice.map(({ key, value }) => [key, value])));
    const seed = coordinates.at(-1)?.value;
    const budget = coordinates.at(-2)?.value;
    const limit = typeof budget === 'number' ? budget : null;
    return {
      name: [name, ...coordinates.filter(({ isOnly }) => !isOnly).map(coordinateWords)].join(' '),
      fields: typeof seed === 'number' ? { ...fields, seed } : fields,
      compute: limit,
      dropRepeatedSource: design.dropRepeatedSource === true,
      tags: { design: name, ...(limit !== null && { budget: limit }), ...design.tags },
    };
  });
}

/** Names of the two lists that stand beside the grid; no field is called so. */
const COMPUTE = ' C';
const SEED = ' seed';

type Coordinate = {
  readonly key: string;
  readonly value: unknown;
  readonly index: number;
  readonly isOnly: boolean;
};

/** A number or a word by itself; anything longer by its place in the list, from 1. */
function coordinateWords({ key, value, index }: Coordinate): string {
  const field = key.trim().split('.').at(-1) ?? key;
  if (typeof value === 'number') return `${field}=${shortNumber(value)}`;
  if (typeof value === 'boolean' || (typeof value === 'string' && /^[\w.-]{1,24}$/.test(value))) {
    return `${field}=${value}`;
  }
  return `${field}#${index + 1}`;
}

function shortNumber(value: number): string {
  const plain = String(value);
  const exponent = value.toExponential().replace('e+', 'e');
  return exponent.length < plain.length ? exponent : plain;
}

/** The tags of a run that several designs ask for: every value that one of them gives. */
export function joinTags(a: Tags, b: Tags): Tags {
  const valuesOf = (tags: Tags, tag: string): readonly TagValue[] => {
    const value = tags[tag] ?? [];
    return typeof value === 'object' ? value : [value];
  };
  const joined: Record<string, TagValue | readonly TagValue[]> = {};
  for (const tag of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const values = [...new Set([...valuesOf(a, tag), ...valuesOf(b, tag)])];
    const [only, ...others] = values;
    joined[tag] = only !== undefined && others.length === 0 ? only : values;
  }
  return joined;
}
