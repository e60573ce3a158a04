/** Reads the number that a person typed, and says in words why it is none. */

export type Typed =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly problem: string };

export type NumberRule = {
  /** Whether only whole numbers are meant. */
  readonly whole: boolean;
  readonly min: number;
  readonly max?: number;
  /** Whether `min` itself is refused. */
  readonly above?: boolean;
};

/** Thousands may be grouped by commas, spaces or underscores where only whole numbers are meant. */
const GROUPED = /^\d{1,3}([,_\s]\d{3})+$/;
const PLAIN = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

export function readNumber(text: string, rule: NumberRule): Typed {
  const trimmed = text.trim().replaceAll('−', '-');
  if (trimmed === '') return { ok: false, problem: 'A number is needed here.' };
  const ungrouped = rule.whole && GROUPED.test(trimmed) ? trimmed.replace(/[,_\s]/g, '') : trimmed;
  if (!PLAIN.test(ungrouped)) {
    const hint = /^\d+,\d+$/.test(trimmed) ? ' Use a point for decimals.' : '';
    return { ok: false, problem: `“${trimmed}” is not a number.${hint}` };
  }
  const value = Number(ungrouped);
  if (!Number.isFinite(value)) return { ok: false, problem: `“${trimmed}” is too large.` };
  if (rule.whole && !Number.isInteger(value))
    return { ok: false, problem: `${trimmed} is not a whole number.` };
  if (rule.above ? value <= rule.min : value < rule.min) {
    return { ok: false, problem: rule.above ? `Must be above ${rule.min}.` : `Must be ${rule.min} or more.` };
  }
  if (rule.max !== undefined && value > rule.max)
    return { ok: false, problem: `Must be ${rule.max} or less.` };
  return { ok: true, value };
}
