/** Which column of a table is which quantity. */

import { nearest } from '../nearest.ts';
import { RunsError } from './error.ts';
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

/** Role → column. `''` takes a role from the column of that name, which is then but a word. */
export type AskedColumns = Readonly<Record<string, string>>;

export type Assignment = {
  /** Field of each role that there is. */
  readonly fields: ReadonlyMap<Role, number>;
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
  for (const role of ROLES) {
    const name = Object.hasOwn(asked, role) ? asked[role] : role;
    const field = name === undefined || name === '' ? -1 : header.indexOf(name);
    if (field >= 0) fields.set(role, field);
    else if (name !== role && name !== '') {
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
  return { fields, words };
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
  const guessed = guesses(header, fields, losses);
  const what = `no column is called ${missing.join(', nor ')}`;
  const hint =
    guessed.length === 0
      ? `say which is which with --columns, e.g. N=params,D=tokens,loss=val_loss; there are ${header.join(', ')}`
      : `if it is as it looks, add --columns ${[...known, ...guessed].join(',')}${losses.length > 1 && !fields.has('loss') ? `,loss=… (one of ${losses.join(', ')})` : ''}`;
  throw new RunsError(file, place, '', `${what}; ${hint}`);
}

function guesses(
  header: readonly string[],
  fields: ReadonlyMap<Role, number>,
  losses: readonly string[],
): string[] {
  const found = Object.entries(USUAL_NAMES).flatMap(([role, names]) => {
    const name = header.find((one) => names.some((usual) => usual.toLowerCase() === one.toLowerCase()));
    return name === undefined || fields.has(role as Role) ? [] : [`${role}=${name}`];
  });
  const [loss] = losses;
  return !fields.has('loss') && losses.length === 1 && loss !== undefined
    ? [...found, `loss=${loss}`]
    : found;
}

function columnHint(name: string, header: readonly string[]): string {
  const close = nearest(
    name,
    header.filter((one) => one !== ''),
  );
  return close === null ? `there are ${header.join(', ')}` : `did you mean ${close}?`;
}
