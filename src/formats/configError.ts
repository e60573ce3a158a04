/** What is wrong with a config, said once: file, field, what was found, what to do. */

import type * as v from 'valibot';
import { nearest } from './nearest.ts';

/** A config that cannot be used. `field` is a path such as `optimizer.learningRate`; '' is the whole. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** The file or form that the config came from. */
  readonly file: string;
  readonly field: string;
  readonly problem: string;
  constructor(file: string, field: string, problem: string) {
    super(field === '' ? `${file}: ${problem}` : `${file}: ${field}: ${problem}`);
    this.file = file;
    this.field = field;
    this.problem = problem;
  }
}

/**
 * Turns the issues of a schema into one {@link ConfigError}; `fields` are the names each section knows. A field that
 * nobody knows goes first: it is often why another is missing.
 */
export function configError(
  file: string,
  issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]],
  fields: Readonly<Record<string, readonly string[]>>,
): ConfigError {
  const issue = issues.find(isUnknownField) ?? issues[0];
  const keys = (issue.path ?? []).map((item) => String(item.key));
  return new ConfigError(file, keys.join('.'), problemOf(issue, keys, fields));
}

function isUnknownField(issue: v.BaseIssue<unknown>): boolean {
  return issue.type === 'strict_object' && issue.expected === 'never';
}

function problemOf(
  issue: v.BaseIssue<unknown>,
  keys: readonly string[],
  fields: Readonly<Record<string, readonly string[]>>,
): string {
  if (issue.kind === 'validation') return `${issue.received} ${issue.message}`;
  if (isUnknownField(issue)) {
    const section = keys
      .slice(0, -1)
      .filter((key) => !/^\d+$/.test(key))
      .join('.');
    const known = fields[section] ?? [];
    const name = keys.at(-1) ?? '';
    // Another form of the section has it.
    if (known.includes(name))
      return 'there is no such field here; it does not go with the others that are given';
    const close = nearest(name, known);
    const hint = close === null ? `the known fields are ${known.join(', ')}` : `did you mean ${close}?`;
    return `there is no such field; ${hint}`;
  }
  if (issue.received === 'undefined') return 'this field is missing';
  return `${issue.received} is not ${described(issue.expected ?? issue.type)}`;
}

/** Throws where a section is a list: to the schemas a list without items is an object without fields. */
export function refuseLists(
  json: unknown,
  file: string,
  fields: Readonly<Record<string, readonly string[]>>,
): void {
  if (Array.isArray(json)) throw new ConfigError(file, '', `a list is not ${DESCRIPTIONS.Object}`);
  if (typeof json !== 'object' || json === null) return;
  for (const [key, value] of Object.entries(json)) {
    if (key in fields && Array.isArray(value)) {
      throw new ConfigError(file, key, `a list is not ${DESCRIPTIONS.Object}`);
    }
  }
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  number: 'a number',
  string: 'text in quotes',
  boolean: 'true or false',
  Object: 'an object in braces',
  Array: 'a list in brackets',
};

function described(expected: string): string {
  const options = expected.replace(/^\((.*)\)$/s, '$1').split(' | ');
  return options.map((option) => DESCRIPTIONS[option] ?? option).join(' or ');
}
