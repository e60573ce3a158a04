/** Which of the runs that are here are fitted: by where they come from, by pair, by tokenizer, and one by one. */

import type { LeftOut, RunRow, Runs } from '../../formats/runs/row.ts';
import { LeftOutCounter } from '../../formats/runs/row.ts';
import type { RunsAbout, Without } from '../../worker/api/fits.ts';
import { NOT_SAID } from '../runs/pairWords.ts';
import { taken as takenOf } from './byItself.ts';
import { belongsTo, type Counted, chosenOf, pairOf, pairsOf, tokenizerOf, tokenizersOf } from './texts.ts';

/** Runs of one collection, or of one table that was brought along. */
export type FitSource = {
  readonly key: string;
  readonly title: string;
  readonly kind: 'shipped' | 'own' | 'imported' | 'table';
  readonly runs: Runs;
};

export type FitSelection = {
  /** Keys of sources; null: those that `byItself.ts` takes. */
  readonly sources: readonly string[] | null;
  /** As in the runs, or with shortened hashes; `NOT_SAID` for those that name none. Null: the one with the most runs; '' all of them. */
  readonly pair: string | null;
  readonly tokenizer: string | null;
  /** So many runs of the largest losses stay out. */
  readonly dropTop: number;
  /** Keys of runs that a person has left out. */
  readonly leftOut: readonly string[];
  /** Whether every run counts once, or every recipe, whose seeds then share one weight. */
  readonly seeds: 'each' | 'recipe';
};

export const AUTOMATIC: FitSelection = {
  sources: null,
  pair: null,
  tokenizer: null,
  dropTop: 0,
  leftOut: [],
  seeds: 'each',
};

/** So many of the largest losses may be left out by a number; others by hand. */
export const MOST_DROPPED = 1000;

/** Whether nobody has chosen anything. */
export function isAutomatic(selection: FitSelection): boolean {
  return JSON.stringify({ ...AUTOMATIC, ...selection }) === JSON.stringify(AUTOMATIC);
}

/** The runs that a selection gives, ready to be sent. */
export type Composition = {
  readonly rows: readonly RunRow[];
  /** Names each run, for a person's choices to hold as others come; the same run of two sources is one. */
  readonly keys: readonly string[];
  readonly without: readonly Without[];
  readonly about: RunsAbout;
  /** Pairs there are, the one with the most runs first; runs of the target alone belong to each pair of it. */
  readonly pairs: readonly Counted[];
  readonly tokenizers: readonly Counted[];
  /** What is taken; '' where nothing is told apart by it. */
  readonly pair: string;
  readonly tokenizer: string;
  /** All runs that stay out, whoever said so. */
  readonly leftOut: readonly LeftOut[];
};

export const BY_HAND = 'left out by hand';
export const OTHER_TEXTS = 'of other texts';

type Keyed = { readonly row: RunRow; readonly key: string; readonly source: FitSource };

export function compose(sources: readonly FitSource[], selection: FitSelection): Composition {
  const leftOut = new LeftOutCounter();
  const chosen: string[] = [];
  const taken = takenOf(sources, selection.sources);
  const all = taken.flatMap((source) =>
    source.runs.rows.map((row): Keyed => ({ row, key: keyOf(row, source), source })),
  );
  const seen = new Set<string>();
  const once = all.filter(({ key, row }) => {
    if (seen.has(key)) leftOut.add('the same run as in another collection', row.place);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
  const pairs = pairsOf(once.map(({ row }) => row));
  const pair = chosenOf(selection.pair, pairs);
  const ofPair = once.filter(({ row }) => {
    const word = pairOf(row);
    if (pair === '' || belongsTo(word, pair)) return true;
    leftOut.add(word === NOT_SAID ? 'it is not said which texts they are of' : OTHER_TEXTS, row.place);
    return false;
  });
  if (pair !== '' && pairs.length > 1) chosen.push(`pair=${pair}`);
  const tokenizers = tokenizersOf(ofPair.map(({ row }) => row));
  const tokenizer = chosenOf(selection.tokenizer, tokenizers);
  const kept = ofPair.filter(({ row }) => {
    if (tokenizer === '' || tokenizerOf(row) === tokenizer) return true;
    leftOut.add('of another tokenizer', row.place);
    return false;
  });
  if (tokenizer !== '' && tokenizers.length > 1) chosen.push(`tokenizer=${tokenizer}`);
  const keys = kept.map(({ key }) => key);
  const weighted = weigh(
    kept.map(({ row }) => row),
    selection.seeds,
  );
  if (selection.seeds === 'recipe') chosen.push('every recipe counts once, whatever its seeds');
  const without = withoutOf(weighted, keys, selection);
  if (selection.dropTop > 0) chosen.push(`without the ${selection.dropTop} largest losses`);
  const used = [...new Set(kept.map(({ source }) => source))];
  for (const { runs } of taken)
    for (const { reason, rows, first, pair: of } of runs.leftOut) {
      const isOther = pair !== '' && of !== undefined && !belongsTo(of, pair);
      leftOut.add(isOther ? OTHER_TEXTS : reason, first, rows);
    }
  const about: RunsAbout = {
    sources: used.map((source) => ({
      file: source.title,
      rows: kept.filter((one) => one.source === source).length,
      columns: source.runs.columns,
      ...(source.runs.sources[0]?.sha256 !== undefined && { sha256: source.runs.sources[0].sha256 }),
    })),
    columns: Object.assign({}, ...used.map(({ runs }) => runs.columns)),
    leftOut: leftOut.list(),
    chosen: [
      ...chosen,
      ...used.flatMap(({ runs }) => (runs.notes.some(isUnitNote) ? runs.notes.filter(isUnitNote) : [])),
    ],
  };
  for (const { reason, rows } of without)
    for (const row of rows) leftOut.add(reason, weighted[row]?.place ?? '');
  return {
    rows: weighted,
    keys,
    without,
    about,
    pairs,
    tokenizers,
    pair,
    tokenizer,
    leftOut: leftOut.list(),
  };
}

function isUnitNote(note: string): boolean {
  return note.includes('became nats') || note.includes('exponential was taken');
}

/** A run of a library by its id, a line of a table by its place in it. */
function keyOf({ groups, place }: RunRow, { kind, key }: FitSource): string {
  return kind !== 'table' && groups.id ? groups.id : `${key} ${place}`;
}

/** Runs that agree to these many digits are seeds of one recipe, as for the bootstrap. */
const DIGITS = 6;

function weigh(rows: readonly RunRow[], seeds: FitSelection['seeds']): readonly RunRow[] {
  if (seeds === 'each') return rows;
  const recipes = rows.map(({ N, D_T, k, r, r_f, r_1, groups }) =>
    [N, D_T, k, r, r_f, r_1 ?? Number.NaN]
      .map((value) => value.toPrecision(DIGITS))
      .concat(groups.pair ?? '')
      .join(' '),
  );
  const counts = new Map<string, number>();
  for (const recipe of recipes) counts.set(recipe, (counts.get(recipe) ?? 0) + 1);
  return rows.map((row, index) => ({ ...row, weight: row.weight / (counts.get(recipes[index] ?? '') ?? 1) }));
}

function withoutOf(
  rows: readonly RunRow[],
  keys: readonly string[],
  { dropTop, leftOut }: FitSelection,
): Without[] {
  const largest =
    dropTop === 0
      ? []
      : [...rows.keys()].sort((a, b) => (rows[b]?.loss ?? 0) - (rows[a]?.loss ?? 0)).slice(0, dropTop);
  const byHand = new Set(leftOut);
  const hand = [...keys.keys()].filter((row) => byHand.has(keys[row] ?? ''));
  return [
    ...(largest.length > 0 ? [{ reason: `among the ${dropTop} largest losses`, rows: largest }] : []),
    ...(hand.length > 0 ? [{ reason: BY_HAND, rows: hand }] : []),
  ];
}

export function fittedCount({ rows, without }: Pick<Composition, 'rows' | 'without'>): number {
  return rows.length - new Set(without.flatMap((one) => one.rows)).size;
}

/**
 * The composition in an order that goes on from `before`: what was there stands where it stood, and what is new comes after it. `added` is
 * how many are new; null where something is gone or has changed, so that all has to be sent again.
 */
export function continued(
  now: Composition,
  before: Pick<Composition, 'rows' | 'keys'>,
): { readonly order: Composition; readonly added: number | null } {
  const place = new Map(now.keys.map((key, index) => [key, index]));
  const isThere = before.keys.every((key, index) => {
    const row = now.rows[place.get(key) ?? -1];
    const other = before.rows[index];
    return row !== undefined && other !== undefined && row.loss === other.loss && row.weight === other.weight;
  });
  if (!isThere) return { order: now, added: null };
  const known = new Set(before.keys);
  const indices = [
    ...before.keys.map((key) => place.get(key) ?? -1),
    ...[...now.keys.keys()].filter((index) => !known.has(now.keys[index] ?? '')),
  ];
  const newPlace = new Map(indices.map((index, at) => [index, at]));
  const order: Composition = {
    ...now,
    rows: indices.flatMap((index) => now.rows[index] ?? []),
    keys: indices.flatMap((index) => now.keys[index] ?? []),
    without: now.without.map(({ reason, rows }) => ({
      reason,
      rows: rows.map((row) => newPlace.get(row) ?? -1).sort((a, b) => a - b),
    })),
  };
  return { order, added: now.keys.length - before.keys.length };
}
