/** How the tour draws and names its kinds of recipes: a colour, a shape and a dash for each, so that colour alone tells nothing. */

import { kindWords } from '../runs/kinds.ts';
import { type Kind, MONOLINGUAL, SINGLE_STAGE, TWO_STAGE } from './measured/recipes.ts';

export type Shape = 'circle' | 'square' | 'triangle' | 'diamond' | 'star';

export type Look = {
  /** Class that gives the colour: chart.styles.ts. */
  readonly tone: 'mono' | 'one' | 'two' | 'other' | 'another' | 'soft';
  readonly shape: Shape;
  /** Dashes in pixels; '' for a solid line. */
  readonly dash: string;
};

export const LOOKS: Readonly<Record<Kind, Look>> = {
  [MONOLINGUAL]: { tone: 'mono', shape: 'circle', dash: '' },
  [SINGLE_STAGE]: { tone: 'one', shape: 'square', dash: '7 4' },
  [TWO_STAGE]: { tone: 'two', shape: 'triangle', dash: '2 3' },
};

/** Of what is set beside the three. */
export const OTHER_LOOKS: readonly Look[] = [
  { tone: 'other', shape: 'diamond', dash: '7 3 2 3' },
  { tone: 'another', shape: 'star', dash: '10 4' },
];

/** Where no kind is ahead. */
export const TIE_LOOK: Look = { tone: 'soft', shape: 'diamond', dash: '' };

/** Of the reader's own case. */
export const OWN_LOOK: Look = { tone: 'other', shape: 'star', dash: '' };

/** At the beginning of a sentence. */
export function kindTitle(kind: Kind): string {
  const words = kindWords(kind);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
