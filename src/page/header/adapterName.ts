/** What the adapter is called. */

import type { AdapterFacts } from '../../worker/api.ts';

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

/** The adapter by the most telling name that the browser gives. */
export function adapterName({ vendor, architecture, description }: AdapterFacts): string {
  if (description) return description;
  const words = [vendor, architecture].filter(Boolean);
  return words.length > 0 ? words.map((word) => NAMES[word] ?? word).join(' ') : 'GPU without a name';
}
