/** The slices by kind of recipe under which arXiv 2410.12325 reports how well laws extrapolate. */

import { isOnePass, type Point, recipeKind } from '../point.ts';

export const KIND_SLICES = [
  'two-stage',
  'all',
  'single-stage only',
  'monolingual multi-epoch',
  'bilingual single-epoch',
] as const;

export type KindSlice = (typeof KIND_SLICES)[number];

export function isOfKind(slice: KindSlice, point: Point): boolean {
  const kind = recipeKind(point);
  switch (slice) {
    case 'two-stage':
      return kind === 'multi-lingual two-stage';
    case 'all':
      return true;
    case 'single-stage only':
      return kind !== 'multi-lingual two-stage';
    case 'monolingual multi-epoch':
      return kind === 'monolingual single-stage' && !isOnePass(point);
    case 'bilingual single-epoch':
      return kind !== 'monolingual single-stage' && isOnePass(point);
  }
}
