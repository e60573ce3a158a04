/** What a person says of a table's columns: from what the names suggest to what the reader is told. */

import { isShareRole, type NumberRole, type WordRole } from '../../../formats/runs/columns.ts';
import { type LossScale, type LossUnit, unitHint } from '../../../formats/runs/loss.ts';
import type { Decimal } from '../../../formats/runs/numbers.ts';
import type { ReadRunsOptions } from '../../../formats/runs/options.ts';
import type { TablePreview } from '../../../worker/api/fits.ts';

export type RoleField = {
  readonly role: NumberRole | WordRole;
  readonly words: string;
  /** Whether a fit cannot do without it; of D and D_T one is enough. */
  readonly needed: 'yes' | 'one of them' | 'no';
};

export const ROLES: readonly RoleField[] = [
  { role: 'N', words: 'model scale N, parameters', needed: 'yes' },
  { role: 'loss', words: 'loss on held-out target text', needed: 'yes' },
  { role: 'D_T', words: 'unique target tokens D_T', needed: 'one of them' },
  { role: 'D', words: 'all tokens read D', needed: 'one of them' },
  { role: 'k', words: 'epochs k over the target', needed: 'no' },
  { role: 'r', words: 'target ratio r', needed: 'no' },
  { role: 'r_f', words: 'final ratio r_f', needed: 'no' },
  { role: 'r_1', words: 'first-stage ratio r_1', needed: 'no' },
  { role: 's', words: 'final stage’s share s', needed: 'no' },
  { role: 'weight', words: 'weight', needed: 'no' },
  { role: 'pair', words: 'language pair', needed: 'no' },
  { role: 'seed', words: 'seed', needed: 'no' },
  { role: 'kind', words: 'kind of recipe', needed: 'no' },
  { role: 'status', words: 'status', needed: 'no' },
];

export type Choices = {
  /** Role → column; '' for none. */
  readonly columns: Readonly<Record<string, string>>;
  /** Shares that are written as percent. */
  readonly percent: readonly string[];
  /** Null: not said. */
  readonly unit: LossUnit | null;
  readonly bytesPerToken: string;
  readonly scale: LossScale | null;
  readonly decimal: Decimal | null;
  readonly stopped: boolean;
};

export function firstChoices({ guessed }: Pick<TablePreview, 'guessed'>): Choices {
  return {
    columns: Object.fromEntries(ROLES.map(({ role }) => [role, guessed[role] ?? ''])),
    percent: [],
    unit: null,
    bytesPerToken: '',
    scale: null,
    decimal: null,
    stopped: false,
  };
}

/** What is missing before the table can be read, in sentences; the columns there are stand beside the first. */
export function missing(choices: Choices, header: readonly string[]): string[] {
  const { columns, unit, bytesPerToken, scale } = choices;
  const has = (role: string) => (columns[role] ?? '') !== '';
  const lacking = [
    ...(has('N') ? [] : ['N (model scale)']),
    ...(has('loss') ? [] : ['the loss']),
    ...(has('D') || has('D_T') ? [] : ['D or D_T (tokens)']),
  ];
  const sentences: string[] = [];
  if (lacking.length > 0)
    sentences.push(
      `No column is chosen for ${lacking.join(', nor for ')}. The table has ${header.filter((name) => name !== '').join(', ')}.`,
    );
  const loss = columns.loss ?? '';
  if (asksUnit(loss) && unit === null)
    sentences.push(
      `The name ${loss} leaves the unit of the loss open; laws are fitted to nats a token. Choose the unit.`,
    );
  if (asksScale(loss) && scale === null)
    sentences.push(`Is ${loss} a loss, or the natural logarithm of one? Choose what the column holds.`);
  if (unit === 'bits-per-byte' && !(Number(bytesPerToken.replace(',', '.')) > 0))
    sentences.push(
      'Bits a byte become nats a token by the tokenizer’s bytes per token: give a number above 0, e.g. 4.2.',
    );
  const twice = Object.entries(columns).filter(
    ([role, column], index, all) =>
      column !== '' && all.some(([other, one], place) => place < index && other !== role && one === column),
  );
  for (const [role, column] of twice)
    sentences.push(`${column} is chosen twice; ${role} needs a column of its own, or none.`);
  return sentences;
}

const UNIT = /bits|bpb|bpc|bpt|perplexity|ppl|(^|[_\W])bit([_\W]|$)/i;

export function asksUnit(column: string): boolean {
  return column !== '' && UNIT.test(column);
}

export function asksScale(column: string): boolean {
  return unitHint(column).includes('--loss-scale');
}

/** For the reader. A role that stands at no column takes none, even where a column has its name. */
export function optionsOf({
  columns,
  percent,
  unit,
  bytesPerToken,
  scale,
  decimal,
  stopped,
}: Choices): ReadRunsOptions {
  const asked = Object.fromEntries(
    ROLES.map(({ role }) => {
      const column = columns[role] ?? '';
      const isPercent = column !== '' && isShareRole(role) && percent.includes(role);
      return [role, isPercent ? `${column}/100` : column];
    }),
  );
  const bytes = Number(bytesPerToken.replace(',', '.'));
  return {
    columns: asked,
    ...(unit && { unit }),
    ...(unit === 'bits-per-byte' && { bytesPerToken: bytes }),
    ...(scale && { scale }),
    ...(decimal && { decimal }),
    ...(stopped && { include: ['stopped' as const] }),
  };
}

/** Columns that are no quantity: words that runs can be grouped by. */
export function otherColumns({ columns }: Choices, header: readonly string[]): string[] {
  const used = new Set(Object.values(columns));
  return header.filter((name) => name !== '' && !used.has(name));
}

/** Whether a file holds records rather than a table, by its name. */
export function isRecords(name: string): boolean {
  return /\.(json|jsonl|ndjson)$/i.test(name);
}
