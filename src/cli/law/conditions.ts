/** `--where`: conditions on columns and quantities that a run has to meet. */

import { InvalidArgumentError } from 'commander';

const RELATIONS = ['=', '<', '<=', '>', '>='] as const;
export type Relation = (typeof RELATIONS)[number];

export type Condition = {
  /** Of a column, or N, D_T, k, …. */
  readonly name: string;
  readonly relation: Relation;
  /** One of these, where it is `=`; else one number. */
  readonly values: readonly string[];
};

/** `dataset=c4,dataset=pile,k<=16`: several words of one column widen it, conditions on several narrow it down. */
export function conditionsArgument(text: string, before: readonly Condition[] = []): readonly Condition[] {
  const conditions = [...before];
  for (const part of text.split(',').filter((one) => one.trim() !== '')) {
    const [, name = '', relation = '', value = ''] = /^([^<>=]+)(<=|>=|<|>|=)(.*)$/.exec(part.trim()) ?? [];
    const found = RELATIONS.find((one) => one === relation);
    if (!found)
      throw new InvalidArgumentError(
        `${part.trim()}: write NAME=VALUE, or NAME<=NUMBER, with commas between several.`,
      );
    if (found !== '=' && numberOf(value) === null)
      throw new InvalidArgumentError(`${part.trim()}: ${value.trim() || 'nothing'} is not a number.`);
    const same = conditions.findIndex(
      (one) => found === '=' && one.relation === '=' && one.name === name.trim(),
    );
    const known = conditions[same];
    if (known) conditions[same] = { ...known, values: [...known.values, value.trim()] };
    else conditions.push({ name: name.trim(), relation: found, values: [value.trim()] });
  }
  return conditions;
}

const SUFFIXES: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, b: 1e9, t: 1e12 };

/** `16`, `1e6`, `3M`; null for what is none. */
export function numberOf(text: string): number | null {
  const [, digits = '', suffix = ''] = /^\s*([+-]?[\d.]+(?:e[+-]?\d+)?)\s*([kmbt]?)\s*$/i.exec(text) ?? [];
  const value = Number(digits) * (SUFFIXES[suffix.toLowerCase()] ?? 1);
  return digits === '' || !Number.isFinite(value) ? null : value;
}

/** Ratios are counted from windows, and numbers are typed with few digits: below this they are one. */
const SAME = 1e-6;

export function isMet({ relation, values }: Condition, value: number): boolean {
  return values.some((text) => {
    const limit = numberOf(text);
    if (limit === null) return false;
    const isSame = Math.abs(value - limit) <= SAME * Math.max(Math.abs(value), Math.abs(limit));
    if (relation === '=') return isSame;
    if (isSame) return relation.endsWith('=');
    return relation.startsWith('<') ? value < limit : value > limit;
  });
}

export function conditionWords({ name, relation, values }: Condition): string {
  return `${name} ${relation} ${values.join(' or ')}`;
}
