/** How numbers stand in the cells of a table: what parts decimals and thousands is not the same in every country. */

/** What may part decimals. */
export const DECIMALS = ['.', ','] as const;
export type Decimal = (typeof DECIMALS)[number];

/** What a cell may hold, by the quantity that it is of. */
export type NumberSort = {
  /** Amounts go into the thousands, so a sign that parts groups of three digits may part thousands. */
  readonly isAmount: boolean;
  /** Shares may be written as percent. */
  readonly isShare: boolean;
};

export type ReadNumber = { readonly value: number } | { readonly problem: string };

/** Blanks that part thousands (narrow and no-break ones among them), apostrophes and low lines; never decimals. */
const GROUPED_BY_BLANKS = /^(\d{1,3}(?:([ \u00a0\u2009\u202f'’_])\d{3})(?:\2\d{3})*)([.,]\d*)?$/;

/** Of a cell that is not empty. `decimal` unset: a point, and a comma is asked about where it could be either. */
export function readNumber(cell: string, decimal: Decimal | undefined, sort: NumberSort): ReadNumber {
  const [bare, percent] = /%$/.test(cell) ? [cell.slice(0, -1).trim(), true] : [cell, false];
  const { value, problem } = bareNumber(bare, decimal, sort);
  if (value === undefined || !Number.isFinite(value))
    return { problem: `${JSON.stringify(cell)} is not a finite number${problem ?? hint(bare)}` };
  if (!percent) return { value };
  return sort.isShare
    ? { value: value / 100 }
    : { problem: `${JSON.stringify(cell)} is in percent, and this quantity is no share` };
}

type Bare = { readonly value?: number; readonly problem?: string };

function bareNumber(cell: string, decimal: Decimal | undefined, { isAmount }: NumberSort): Bare {
  if (cell === '') return {};
  if (decimal !== ',' || !cell.includes('.')) {
    const plain = Number(cell);
    if (Number.isFinite(plain)) return { value: plain };
  }
  const sign = /^[-−]/.test(cell) ? -1 : 1;
  const unsigned = cell.replace(/^[-−+]/, '');
  const digits = GROUPED_BY_BLANKS.test(unsigned)
    ? unsigned.replaceAll(/[ \u00a0\u2009\u202f'’_]/g, '')
    : unsigned;
  const thousands = decimal === ',' ? '.' : ',';
  const ungrouped = withoutThousands(digits, thousands, decimal ?? '.');
  if (ungrouped !== null) {
    // One group alone may as well be decimals, and what is no amount hardly has thousands.
    if (isAmount && (decimal !== undefined || ungrouped.groups > 1)) return scaled(sign, ungrouped.digits);
    if (decimal !== undefined || ungrouped.groups > 1)
      return { problem: `: ${thousands} parts thousands here, and this quantity has none` };
  }
  if (digits.includes(thousands)) return { problem: decimalHint(digits, decimal) };
  return scaled(sign, digits);
}

/** Null where the digits do not stand in groups of three. */
function withoutThousands(
  digits: string,
  thousands: Decimal,
  decimal: Decimal,
): { digits: string; groups: number } | null {
  const [whole = '', ...decimals] = digits.split(decimal);
  const [first = '', ...groups] = whole.split(thousands);
  const isGrouped =
    decimals.length <= 1 &&
    groups.length > 0 &&
    /^[1-9]\d{0,2}$/.test(first) &&
    groups.every((group) => /^\d{3}$/.test(group));
  return isGrouped
    ? { digits: [first, ...groups].join('') + pointed(decimals), groups: groups.length }
    : null;
}

function pointed(decimals: readonly string[]): string {
  return decimals.length === 0 ? '' : `.${decimals.join('')}`;
}

function scaled(sign: number, digits: string): Bare {
  const pointed = digits.replace(',', '.');
  return pointed === '' ? {} : { value: sign * Number(pointed) };
}

function decimalHint(digits: string, decimal: Decimal | undefined): string {
  if (decimal === ',') return '; --decimal , says that decimals stand behind a comma, and here is a point';
  if (decimal === '.') return '; --decimal . says that decimals stand behind a point, and here is a comma';
  return /^\d+,\d+(e[+-]?\d+)?$/i.test(digits)
    ? '; if the comma parts decimals, say --decimal , and if it parts thousands, --decimal .'
    : hint(digits);
}

function hint(cell: string): string {
  if (/^\d{1,3}(\.\d{3}){2,}$/.test(cell)) return '; if points part thousands, say --decimal ,';
  return /^[\d.,]+\s*[kmbgt]$/i.test(cell) ? '; write it out, e.g. 2.8e9' : '';
}
