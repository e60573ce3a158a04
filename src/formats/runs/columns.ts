/** Which column of a table is which quantity. */

import { nearest } from '../nearest.ts';
import { RunsError } from './error.ts';
import { unitHint } from './loss.ts';
import type { Table } from './table.ts';

/** Columns that hold numbers, by the names of the laws. */
export const NUMBER_ROLES = [
  'N',
  'loss',
  'D',
  'D_T',
  'k',
  'r',
  'r_f',
  'r_1',
  's',
  'C',
  'S',
  'weight',
] as const;
/** Columns that hold words with a meaning; every other column is a word to group by, too. */
export const WORD_ROLES = ['seed', 'pair', 'kind', 'status', 'sourceRepeated'] as const;
const ROLES = [...NUMBER_ROLES, ...WORD_ROLES] as const;

export type NumberRole = (typeof NUMBER_ROLES)[number];
export type WordRole = (typeof WORD_ROLES)[number];
export type Role = NumberRole | WordRole;

/** Shares of tokens: the quantities that some write as percent. */
const SHARE_ROLES: readonly Role[] = ['r', 'r_f', 'r_1', 's'];

export function isShareRole(role: Role): boolean {
  return SHARE_ROLES.includes(role);
}

/** Behind a column's name: its numbers are percent. */
const OF_PERCENT = '/100';

/** Role → column, with `/100` behind it where that holds percent. `''` takes a role from the column of that name, which is then but a word. */
export type AskedColumns = Readonly<Record<string, string>>;

export type Assignment = {
  /** Field of each role that there is. */
  readonly fields: ReadonlyMap<Role, number>;
  /** Roles whose numbers are percent, cell by cell. */
  readonly percent: ReadonlySet<Role>;
  /** Fields that no number is read from, and which have a name. */
  readonly words: readonly number[];
};

/** How others call them; enough to propose a mapping, never to assume one. */
const USUAL_NAMES: Readonly<Partial<Record<Role, readonly string[]>>> = {
  N: ['params', 'parameters', 'n_params', 'num_params', 'model_size', 'non_embedding_params'],
  D: ['tokens', 'total_tokens', 'train_tokens', 'training_tokens', 'n_tokens', 'num_tokens'],
  D_T: ['unique_tokens', 'target_tokens', 'unique_target_tokens', 'targetTokens'],
  k: ['epochs', 'n_epochs', 'num_epochs'],
  r: ['ratio', 'target_ratio', 'targetRatio'],
  r_f: ['final_ratio', 'finalRatio'],
  r_1: ['first_ratio', 'firstRatio'],
};

const LOSS_LIKE = /loss|nll|xent|cross.?entropy|bits|bpb|bpc|perplexity|ppl/i;

/** Throws {@link RunsError} where a role or a column is not known, or one that must be there is not. */
export function assignColumns({ file, header, records, placeOf }: Table, asked: AskedColumns): Assignment {
  const place = placeOf(0, 0);
  const fields = new Map<Role, number>();
  const percent = new Set<Role>();
  for (const role of ROLES) {
    const given = Object.hasOwn(asked, role) ? asked[role] : role;
    const isDivided = isShareRole(role) && given?.endsWith(OF_PERCENT) === true && !header.includes(given);
    const name = isDivided ? given.slice(0, -OF_PERCENT.length).trimEnd() : given;
    const field = name === undefined || name === '' ? -1 : header.indexOf(name);
    if (field >= 0) {
      fields.set(role, field);
      // A header with the sign says it of all cells below.
      if (isDivided || (isShareRole(role) && header[field]?.includes('%'))) percent.add(role);
    } else if (name !== role && name !== '') {
      throw new RunsError(
        file,
        place,
        '',
        `there is no column ${name} to be ${role}; ${columnHint(name ?? '', header)}`,
      );
    }
  }
  checkNeeded(file, place, header, fields);
  const isNumber = new Set(NUMBER_ROLES.map((role) => fields.get(role)));
  const words = header.flatMap((name, field) => (name === '' || isNumber.has(field) ? [] : [field]));
  if (records.length === 0) throw new RunsError(file, place, '', 'there is a header and no run below it');
  return { fields, percent, words };
}

/** Whether a name is one that a column can be given. Null, or what is wrong with it. */
export function roleProblem(name: string): string | null {
  if ((ROLES as readonly string[]).includes(name)) return null;
  const close = nearest(name, ROLES);
  return `there is no quantity ${name}; ${close === null ? `there are ${ROLES.join(', ')}` : `did you mean ${close}?`}`;
}

function checkNeeded(
  file: string,
  place: { line: number; column: number },
  header: readonly string[],
  fields: ReadonlyMap<Role, number>,
): void {
  const missing = [
    ...(fields.has('N') ? [] : ['N']),
    ...(fields.has('D') || fields.has('D_T') ? [] : ['D or D_T']),
    ...(fields.has('loss') ? [] : ['loss']),
  ];
  if (missing.length === 0) return;
  const losses = header.filter((name) => LOSS_LIKE.test(name));
  if (missing[0] === 'loss' && losses.length > 1) {
    throw new RunsError(
      file,
      place,
      'loss',
      `several columns may be the loss; choose one with --columns loss=NAME: ${losses.join(', ')}`,
    );
  }
  const known = [...fields].flatMap(([role, field]) =>
    header[field] === role ? [] : [`${role}=${header[field]}`],
  );
  const guessed =
    fields.has('loss') || losses.length !== 1
      ? likelyColumns(header, fields)
      : [...likelyColumns(header, fields), `loss=${losses[0] ?? ''}`];
  const what = `no column is called ${missing.join(', nor ')}`;
  const hint =
    guessed.length === 0
      ? `say which is which with --columns, e.g. N=params,D=tokens,loss=val_loss; there are ${header.join(', ')}`
      : `if it is as it looks, add --columns ${[...known, ...guessed].join(',')}${losses.length > 1 && !fields.has('loss') ? `,loss=… (one of ${losses.join(', ')})` : ''}${fields.has('loss') || losses.length !== 1 ? '' : unitHint(losses[0] ?? '')}`;
  throw new RunsError(file, place, '', `${what}; ${hint}`);
}

/** `ROLE=COLUMN` for roles that no column is called by, and columns that look like them. */
export function likelyColumns(header: readonly string[], fields: ReadonlyMap<Role, number>): string[] {
  const taken = new Set(fields.values());
  return Object.entries(USUAL_NAMES).flatMap(([role, names]) => {
    const name = header.find(
      (one, field) => !taken.has(field) && names.some((usual) => usual.toLowerCase() === one.toLowerCase()),
    );
    return name === undefined || fields.has(role as Role) ? [] : [`${role}=${name}`];
  });
}

function columnHint(name: string, header: readonly string[]): string {
  const close = nearest(
    name,
    header.filter((one) => one !== ''),
  );
  return close === null ? `there are ${header.join(', ')}` : `did you mean ${close}?`;
}
