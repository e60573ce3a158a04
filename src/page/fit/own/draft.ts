/** A law of one's own while it is being written: the text of its fields, and what they come to. */

import type { OwnLawFile } from '../../../formats/ownLaw.ts';

export type ParameterDraft = {
  readonly name: string;
  readonly scale: '' | 'log' | 'linear';
  readonly lower: string;
  readonly upper: string;
  /** Numbers with blanks or commas between. */
  readonly starts: string;
};

export type LawDraft = {
  readonly name: string;
  readonly formula: string;
  /** What was said of parameters, by name; those that the formula names and nobody has said anything of are not here. */
  readonly parameters: Readonly<Record<string, ParameterDraft>>;
};

/** What the formula may use beside its parameters. */
const KNOWN = new Set([
  ...['N', 'D_T', 'k', 'r', 'r_f', 'D', 'S', 'C', 'L', 'e', 'pi'],
  ...['exp', 'expm1', 'log', 'log1p', 'log2', 'log10', 'ln', 'sqrt', 'abs', 'pow', 'min', 'max'],
]);

/** Names in a formula that are no quantity and no function, in the order in which they occur. */
export function parametersIn(formula: string): string[] {
  // Not what follows a digit: 1e5 is a number.
  const names = formula.match(/(?<![\w.])[A-Za-z][A-Za-z0-9_]*/g) ?? [];
  return [...new Set(names)].filter((name) => !KNOWN.has(name));
}

export const BLANK: Omit<ParameterDraft, 'name'> = { scale: '', lower: '', upper: '', starts: '' };

export function parameterDrafts({ formula, parameters }: LawDraft): ParameterDraft[] {
  return parametersIn(formula).map((name) => parameters[name] ?? { name, ...BLANK });
}

export type DraftProblem = { readonly field: string; readonly problem: string };

/** The definition that a draft comes to, or the first field that is no number. */
export function definitionOf(draft: LawDraft): { readonly own: OwnLawFile } | DraftProblem {
  const parameters: OwnLawFile['parameters'] = [];
  for (const [index, one] of parameterDrafts(draft).entries()) {
    const read: OwnLawFile['parameters'][number] = { name: one.name };
    if (one.scale !== '') read.scale = one.scale;
    for (const end of ['lower', 'upper'] as const) {
      if (one[end].trim() === '') continue;
      const value = numberOf(one[end]);
      if (value === null) return notANumber(`parameters[${index}].${end}`, one[end]);
      read[end] = value;
    }
    const starts = one.starts.split(/[\s,;]+/).filter((word) => word !== '');
    const values = starts.map(numberOf);
    const bad = values.indexOf(null);
    if (bad >= 0) return notANumber(`parameters[${index}].starts`, starts[bad] ?? '');
    if (starts.length > 0) read.starts = values.filter((value) => value !== null);
    parameters.push(read);
  }
  return {
    own: { version: 1, name: draft.name.trim(), formula: draft.formula.trim(), parameters },
  };
}

function numberOf(text: string): number | null {
  const value = Number(text.trim().replace('−', '-'));
  return text.trim() !== '' && Number.isFinite(value) ? value : null;
}

function notANumber(field: string, text: string): DraftProblem {
  return { field, problem: `“${text.trim()}” is not a number` };
}

/** A definition to go on writing at. */
export function draftOf({ name, formula, parameters }: OwnLawFile): LawDraft {
  return {
    name,
    formula,
    parameters: Object.fromEntries(
      parameters.map((one) => [
        one.name,
        {
          name: one.name,
          scale: one.scale ?? '',
          lower: one.lower === undefined ? '' : String(one.lower),
          upper: one.upper === undefined ? '' : String(one.upper),
          starts: (one.starts ?? []).join(' '),
        },
      ]),
    ),
  };
}

export const EXAMPLES: readonly LawDraft[] = [
  {
    name: 'my-law',
    formula: 'E + A / N^alpha + B / (D_T * min(k, K) + tau * S)^beta',
    parameters: { K: { name: 'K', scale: 'log', lower: '1', upper: '100', starts: '4 16' } },
  },
  {
    name: 'worn-epochs',
    formula: 'E + A / N^alpha + B / (D_T * k^gamma)^beta',
    parameters: { gamma: { name: 'gamma', scale: 'linear', lower: '0', upper: '1', starts: '0.3 0.7' } },
  },
  {
    name: 'ratio-on-all',
    formula: 'E * r^(-eta) + A / N^alpha + B / D^beta',
    parameters: { eta: { name: 'eta', scale: 'linear', lower: '-1', upper: '1', starts: '0 0.1' } },
  },
];

/** The line of a formula in which a character stands, with a caret under it. */
export function caretUnder(formula: string, character: number): string {
  const before = formula.slice(0, character - 1);
  const start = before.lastIndexOf('\n') + 1;
  const end = formula.indexOf('\n', start);
  const line = formula.slice(start, end < 0 ? undefined : end);
  return `${line}\n${' '.repeat(Math.max(0, before.length - start))}^`;
}
