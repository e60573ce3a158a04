/** What was read, and what was left out, for people. */

import { mappings, type Runs } from '../../../formats/runs/row.ts';
import type { Quantity } from '../../../law/point.ts';
import { between, scale, short } from '../../../law/report/numbers.ts';
import type { Run } from '../../../law/run.ts';
import { extentOf, firstStageOf, kindCounts } from '../../../law/runs.ts';
import { counted, labelled, wrap } from '../words.ts';

/** Beside the longest name. */
export const VALUE_COLUMNS = 88;

/** Quantities that are spread over powers of ten and have letters for them. */
const LARGE: readonly Quantity[] = ['N', 'D_T', 'D', 'S'];

export function runsWords(source: Runs, runs: readonly Run[]): string {
  const rows: [string, string][] = [['runs', kindsWords(runs)]];
  rows.push(['read', readWords(source)]);
  const groups = groupWords(source.groups, runs);
  if (groups !== '') rows.push(['groups', groups]);
  rows.push(['left out', leftOutWords(source)]);
  rows.push(['span', spanWords(runs)]);
  const notes = [...source.notes, ...firstStageNotes(runs), ...pairNotes(runs)];
  if (notes.length > 0) rows.push(['note', notes.map(paragraphs).join('\n')]);
  return labelled(rows);
}

/** Where files are read in different ways, one line for each way. */
function readWords(source: Runs): string {
  const named = (columns: Runs['columns']) =>
    Object.entries(columns).map(([role, column]) => (role === column ? role : `${role} = ${column}`));
  const [only, ...others] = mappings(source);
  if (!only || others.length === 0) return lines(named(only?.columns ?? source.columns));
  return [only, ...others]
    .map(({ files, columns }) => {
      const [first = ''] = files;
      const whose = files.length === 1 ? first : `${first} and ${counted(files.length - 1, 'other file')}`;
      return paragraphs(`${whose}: ${named(columns).join(', ')}`);
    })
    .join('\n');
}

/** More words than this do not part runs into groups. */
const MOST_WORDS = 20;
/** Digests in the names of pairs say nothing to a person beyond these. */
const MOST_LETTERS = 24;

/** Columns that part the runs, with how many words each has. */
function groupWords(names: readonly string[], runs: readonly Run[]): string {
  const found = names.flatMap((name) => {
    const words = [...new Set(runs.map(({ groups }) => groups[name] ?? ''))];
    if (words.length < 2 || words.length > MOST_WORDS) return [];
    const some = words.map((word) =>
      word.length > MOST_LETTERS ? `${word.slice(0, MOST_LETTERS)}…` : word || 'none',
    );
    return [words.length <= 4 ? `${name} (${some.join(', ')})` : `${name} (${words.length})`];
  });
  return found.length === 0 ? '' : lines(found);
}

/** A paragraph in lines that fit beside a name. */
export function paragraphs(text: string): string {
  return text
    .split('\n')
    .map((line) => wrap(line.split(' '), VALUE_COLUMNS).join('\n'))
    .join('\n');
}

function lines(names: readonly string[]): string {
  const words = names.map((name, index) =>
    (index < names.length - 1 ? `${name},` : name).replaceAll(' ', '\u00a0'),
  );
  return wrap(words, VALUE_COLUMNS).join('\n').replaceAll('\u00a0', ' ');
}

function kindsWords(runs: readonly Run[]): string {
  const kinds = Object.entries(kindCounts(runs)).filter(([, count]) => count > 0);
  if (kinds.length === 1) return `${runs.length.toLocaleString('en')}, all ${kinds[0]?.[0]}`;
  return paragraphs(
    `${runs.length.toLocaleString('en')}: ${kinds.map(([kind, count]) => `${count.toLocaleString('en')} ${kind}`).join(', ')}`,
  );
}

function leftOutWords({ leftOut }: Runs): string {
  if (leftOut.length === 0) return 'nothing';
  return leftOut
    .map(({ reason, rows, first }) =>
      paragraphs(`${counted(rows, 'line')}: ${reason} (${rows > 1 ? 'the first at ' : 'at '}${first})`),
    )
    .join('\n');
}

function spanWords(runs: readonly Run[]): string {
  const extent = extentOf(runs);
  const words = (['N', 'D_T', 'k', 'r', 'r_f', 'D', 'S', 'C'] as const).flatMap((quantity) => {
    const [low, high] = extent[quantity];
    // A quantity that is the same everywhere needs saying where laws read it.
    if (quantity === 'S' && high === 0) return [];
    const word = LARGE.includes(quantity) ? scale : short;
    return [`${quantity} ${between(word(low), word(high))}`];
  });
  return lines(words);
}

/** Fitted as one surface, a mixture of first stages calls different recipes by one name. */
function firstStageNotes(runs: readonly Run[]): string[] {
  const { rules, unknown } = firstStageOf(runs);
  if (unknown > 0 && rules.length > 0)
    return [
      `of ${counted(unknown, 'two-stage run')} the first-stage ratio r_1 is not known; the others are fitted together with them`,
    ];
  if (rules.length < 2) return [];
  const listed = rules
    .slice(0, 4)
    .map(({ c, rows }) => `c = ${c} (${rows})`)
    .join(', ');
  return [
    `two-stage runs follow ${rules.length} rules for the first stage, r_1 = c·r: ${listed}${rules.length > 4 ? ', …' : ''}. No law reads r_1, so ` +
      'they are different recipes under one name; look at the residuals against r_1, or fit one rule (--where)',
  ];
}

function pairNotes(runs: readonly Run[]): string[] {
  const pairs = new Set(runs.flatMap(({ groups }) => (groups.pair ? [groups.pair] : [])));
  return pairs.size > 1
    ? [
        `runs of ${pairs.size} language pairs are fitted as one; --where pair=… takes one, --holdout pair asks whether one tells another`,
      ]
    : [];
}
