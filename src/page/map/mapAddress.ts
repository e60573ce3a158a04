/** What the address says of the map: `#/map?C=1e15&D_T=3e6`. It may be written by hand; what cannot be read is refused in words. */

import { amountText, EXACT_DIGITS, readAmount } from './amounts.ts';

/** The one number of a person's case that the law reads of each: FLOPs, and unique target tokens. */
export type MapCase = { readonly compute: number | null; readonly targetTokens: number | null };

/** Of a place that nobody typed no more digits are meant than four. */
export function roundedCase({ compute, targetTokens }: MapCase): MapCase {
  const rounded = (value: number | null) => (value === null ? null : Number(value.toPrecision(4)));
  return { compute: rounded(compute), targetTokens: rounded(targetTokens) };
}

export type MapAddress = MapCase & {
  /** Values of the law's parameters that stand where a person has turned them. */
  readonly turned: Readonly<Record<string, number>>;
  /** A sentence for each that could not be read. */
  readonly problems: readonly string[];
};

export const COMPUTE_RULE = { least: 6, most: 1e40, example: '1e15' } as const;
export const TOKENS_RULE = { least: 1, most: 1e20, example: '3M' } as const;

/** Before the name of a parameter in the address. */
const TURNED = 'at.';

export function mapAddressOf(query: URLSearchParams): MapAddress {
  const problems: string[] = [];
  const read = (key: string, rule: { least: number; most: number; example: string }): number | null => {
    const text = query.get(key);
    if (text === null) return null;
    const typed = readAmount(text, rule);
    if (typed.ok) return typed.value;
    problems.push(`${key} in the address: ${typed.problem}`);
    return null;
  };
  const compute = read('C', COMPUTE_RULE);
  const targetTokens = read('D_T', TOKENS_RULE);
  const turned: Record<string, number> = {};
  for (const [key, text] of query) {
    if (!key.startsWith(TURNED)) continue;
    const value = Number(text);
    if (text.trim() !== '' && Number.isFinite(value)) turned[key.slice(TURNED.length)] = value;
    else problems.push(`${key} in the address: “${text}” is not a number.`);
  }
  return { compute, targetTokens, turned, problems };
}

export function mapQueryOf({ compute, targetTokens, turned }: Omit<MapAddress, 'problems'>): URLSearchParams {
  const query = new URLSearchParams();
  if (compute !== null) query.set('C', amountText(compute, EXACT_DIGITS));
  if (targetTokens !== null) query.set('D_T', amountText(targetTokens, EXACT_DIGITS));
  for (const [name, value] of Object.entries(turned))
    query.set(`${TURNED}${name}`, String(Number(value.toPrecision(4))));
  return query;
}
