/** What the adapter is called. */

import type { AdapterFacts } from '../../../worker/api/fleet.ts';

/** How the makers write names that browsers give in small letters. */
const NAMES: Record<string, string> = {
  amd: 'AMD',
  apple: 'Apple',
  arm: 'Arm',
  google: 'Google',
  intel: 'Intel',
  nvidia: 'NVIDIA',
  qualcomm: 'Qualcomm',
  swiftshader: 'SwiftShader',
};

/** More letters have no place in the header. */
const MOST_LETTERS = 24;

/** The adapter by the most telling name that the browser gives. */
export function adapterName({ vendor, architecture, description }: AdapterFacts): string {
  if (description) return description;
  const words = [vendor, architecture].filter(Boolean);
  return words.length > 0 ? words.map((word) => NAMES[word] ?? word).join(' ') : 'GPU without a name';
}

/** The same without what drivers add in brackets: `NVIDIA GeForce RTX 3060 (0x2503)` → `NVIDIA GeForce RTX 3060`. */
export function shortName(facts: AdapterFacts): string {
  const name =
    adapterName(facts)
      .replace(/\s*\([^)]*\)?/g, '')
      .trim() || adapterName(facts);
  return name.length > MOST_LETTERS ? `${name.slice(0, MOST_LETTERS - 1).trimEnd()}…` : name;
}
