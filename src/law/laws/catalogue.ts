/** Every law that the lab knows by name. */

import { nearest } from '../../formats/nearest.ts';
import type { Law } from '../law.ts';
import { bimix } from './bimix.ts';
import { chinchilla, chinchillaTarget, chinchillaUnique } from './chinchilla.ts';
import { cpt } from './cpt.ts';
import { dCpt } from './dCpt.ts';
import { effectiveTokens } from './effectiveTokens.ts';
import { m3 } from './m3.ts';
import { m3Overfit } from './m3Overfit.ts';
import { muennighoff } from './muennighoff.ts';
import { ratioPower, ratioPowerReducible } from './ratioPower.ts';
import { sedova } from './sedova.ts';
import { transfer } from './transfer.ts';

export const LAWS: readonly Law[] = [
  m3,
  m3Overfit,
  chinchilla,
  chinchillaTarget,
  chinchillaUnique,
  muennighoff,
  ratioPower,
  ratioPowerReducible,
  effectiveTokens,
  cpt,
  transfer,
  dCpt,
  bimix,
  sedova,
];

export class UnknownLawError extends Error {
  readonly wanted: string;
  /** The name that it may be a slip of. */
  readonly nearest: string | null;
  readonly known: readonly string[];

  constructor(wanted: string) {
    const known = LAWS.map(({ name }) => name);
    const close = nearest(wanted, known);
    const question = close === null ? '' : ` (did you mean ${close}?)`;
    super(`there is no law named “${wanted}”${question}; the lab knows ${known.join(', ')}`);
    this.name = 'UnknownLawError';
    this.wanted = wanted;
    this.nearest = close;
    this.known = known;
  }
}

/** Throws {@link UnknownLawError}, which names the nearest. */
export function lawNamed(name: string): Law {
  const law = LAWS.find((candidate) => candidate.name === name);
  if (law === undefined) throw new UnknownLawError(name);
  return law;
}
