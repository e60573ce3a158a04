/** Tells the kernels that a tuner chooses among from those of another version of the engine. */

import { hash64, hexOf } from '../../formats/hash.ts';
import { wgslOf } from '../kernel.ts';
import { catalogue } from '../kernels/catalogue.ts';

/** Raised when variants are checked or measured in another way: what was chosen before is then chosen anew. */
const METHOD = 2;

/** 16 hexadecimal digits that change with the text of any kernel: what was measured and checked before holds no longer. */
export function kernelsFingerprint(): string {
  return hexOf(hash64([METHOD, ...[...catalogue().values()].map(wgslOf)].join('\n')));
}
