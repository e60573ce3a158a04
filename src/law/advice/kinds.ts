/** Which kinds of recipe a law can tell apart at all, whatever its parameters are. */

import type { Law } from '../law.ts';
import { type Quantity, RECIPE_KINDS, type RecipeKind } from '../point.ts';

/**
 * `all kinds`: the law reads nothing by which a bilingual recipe differs from a monolingual one of the same N and D.
 * `stages`: it reads no final ratio, so that two stages are as good as one.
 */
export type Blindness = 'all kinds' | 'stages' | null;

/** With N and D given, each of these says something of the ratios. */
const OF_LANGUAGES: readonly Quantity[] = ['k', 'r', 'r_f', 'S'];

export function blindness({ reads }: Pick<Law, 'reads'>): Blindness {
  if (!reads.some((quantity) => OF_LANGUAGES.includes(quantity))) return 'all kinds';
  return reads.includes('r_f') ? null : 'stages';
}

/** One kind of each lot that the law cannot tell apart, the simplest: a search of another would come to the same loss. */
export function distinctKinds(law: Pick<Law, 'reads' | 'covers'>): readonly RecipeKind[] {
  // A law that speaks of some kinds alone is asked for those; the others have no recipe under it.
  if (law.covers !== undefined) return RECIPE_KINDS;
  const blind = blindness(law);
  return blind === null ? RECIPE_KINDS : RECIPE_KINDS.slice(0, blind === 'all kinds' ? 1 : 2);
}
