/**
 * What the address says of a fit: `#/fit?law=m3-overfit&from=world-id`. It may be written by hand; what cannot be read is refused in words. What a
 * person left out by hand is not in it: that is kept in the browser.
 */

import type { Abscissa } from '../../figures/fittedRun.ts';
import { shortPair } from '../runs/pairWords.ts';
import { AUTOMATIC, type FitSelection, MOST_DROPPED } from './selection.ts';

/** The part of a selection that one would send to somebody else. */
export type SentSelection = Omit<FitSelection, 'leftOut'>;

export type FitAddress = {
  /** Null: the runs choose. */
  readonly law: string | null;
  readonly selection: SentSelection;
  /** What residuals are shown against. */
  readonly against: Abscissa;
};

export type ReadAddress = FitAddress & {
  /** A sentence for each that could not be read. */
  readonly problems: readonly string[];
};

export const FIRST_AGAINST: Abscissa = 'C';

/** Words for what is not a name: the law that the runs choose, and runs of all pairs as one. */
const AUTO = 'auto';
const ALL = 'all';

/** What the address says where nobody has chosen anything. */
export const NOTHING_SAID = `law=${AUTO}`;

/** How the keys of sources begin, by the name that the address has for it. */
const SOURCES = { from: 'runs:', table: 'table:' } as const;

const ABSCISSAE: readonly Abscissa[] = ['C', 'N', 'D_T', 'k', 'r', 'r_1'];
const KNOWN = ['law', 'pair', 'tokenizer', 'from', 'table', 'drop', 'seeds', 'against'];

export function fitAddressOf(query: URLSearchParams): ReadAddress {
  const problems = [...new Set(query.keys())]
    .filter((key) => !KNOWN.includes(key))
    .map((key) => `${key} in the address: Fit knows nothing of that name. It knows ${KNOWN.join(', ')}.`);
  const refuse = (key: string, text: string, needed: string) => {
    problems.push(`${key} in the address: “${text}” is not ${needed}.`);
  };
  const oneOf = <Word extends string>(key: string, words: readonly Word[], otherwise: Word): Word => {
    const text = query.get(key);
    if (text === null) return otherwise;
    const found = words.find((word) => word === text);
    if (found === undefined) refuse(key, text, `one of ${words.join(', ')}`);
    return found ?? otherwise;
  };
  const law = query.get('law');
  const pair = query.get('pair');
  const selection: SentSelection = {
    sources: sourcesIn(query),
    pair: pair === '' ? null : pair === ALL ? '' : pair,
    tokenizer: query.get('tokenizer'),
    dropTop: droppedIn(query.get('drop'), (text) =>
      refuse('drop', text, `a whole number from 0 to ${MOST_DROPPED}`),
    ),
    seeds: oneOf('seeds', ['each', 'recipe'] as const, AUTOMATIC.seeds),
  };
  const against = oneOf('against', ABSCISSAE, FIRST_AGAINST);
  return { law: law === '' || law === AUTO ? null : law, selection, against, problems };
}

function sourcesIn(query: URLSearchParams): readonly string[] | null {
  if (!query.has('from') && !query.has('table')) return null;
  return (['from', 'table'] as const).flatMap((key) =>
    query
      .getAll(key)
      .filter((title) => title !== '')
      .map((title) => SOURCES[key] + title),
  );
}

function droppedIn(text: string | null, refuse: (text: string) => void): number {
  if (text === null) return AUTOMATIC.dropTop;
  const dropped = Number(text);
  if (/^\d+$/.test(text) && dropped <= MOST_DROPPED) return dropped;
  refuse(text);
  return AUTOMATIC.dropTop;
}

/** Says only what somebody chose; where nobody chose anything, that the runs choose the law. */
export function fitQueryOf({ law, selection, against }: FitAddress): URLSearchParams {
  const { sources, pair, tokenizer, dropTop, seeds } = selection;
  const query = new URLSearchParams();
  if (law !== null) query.set('law', law);
  for (const [name, begins] of Object.entries(SOURCES))
    for (const key of sources ?? []) if (key.startsWith(begins)) query.append(name, key.slice(begins.length));
  if (sources?.length === 0) query.set('from', '');
  if (pair !== null) query.set('pair', pair === '' ? ALL : shortPair(pair));
  if (tokenizer !== null) query.set('tokenizer', tokenizer);
  if (dropTop !== AUTOMATIC.dropTop) query.set('drop', String(dropTop));
  if (seeds !== AUTOMATIC.seeds) query.set('seeds', seeds);
  if (against !== FIRST_AGAINST) query.set('against', against);
  if (query.toString() === '') query.set('law', AUTO);
  return query;
}

/** What of a selection an address would say. */
export function sentOf({ leftOut: _leftOut, ...sent }: FitSelection): SentSelection {
  return sent;
}
