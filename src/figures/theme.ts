/** What figures look like: colours that colour-blind eyes tell apart, a shape beside each, on light paper and on dark. */

import { RECIPE_KINDS, type RecipeKind } from '../law/point.ts';

export type Symbol = 'circle' | 'square' | 'triangle' | 'diamond' | 'cross' | 'star' | 'wye';

/** How one thing is drawn in every figure. */
export type Look = { readonly colour: string; readonly symbol: Symbol };

/** Light colours, each with the one that takes its place on dark paper. The first three are those of the page's recipes. */
const COLOURS: readonly (readonly [string, string])[] = [
  ['#d2500e', '#e67f48'],
  ['#1c3f86', '#7393f0'],
  ['#1f9281', '#45dfc2'],
  ['#8f3f8c', '#d58ad2'],
  ['#8a6d00', '#e0bd4a'],
  ['#2f7fc1', '#74bdf2'],
  ['#6b6b6b', '#a9a9a9'],
];
const SYMBOLS: readonly Symbol[] = ['circle', 'square', 'triangle', 'diamond', 'cross', 'star', 'wye'];

/** Where something has to stand out from what is under it: the paper itself. */
export const PAPER = '#fffdf9';
const INK = '#1c1b19';
const DARK_PAPER = '#1a1d21';
const DARK_INK = '#ece8df';

/** As many looks as there are; after them they come again. */
export const LOOKS = COLOURS.length;

/** The look of the item at `index` of a list whose order does not change. */
export function lookAt(index: number): Look {
  const place = index % COLOURS.length;
  return { colour: COLOURS[place]?.[0] ?? INK, symbol: SYMBOLS[place] ?? 'circle' };
}

export function kindLook(kind: RecipeKind): Look {
  return lookAt(RECIPE_KINDS.indexOf(kind));
}

/** Class of every figure, by which its stylesheet finds it and nothing else. */
export const FIGURE_CLASS = 'm3lab-figure';
/** Class of a figure in a file of its own, which has no page to take its paper and ink from. */
export const FILE_CLASS = 'm3lab-figure-file';

/** Without quotation marks, which an attribute would have to escape. */
export const FONTS =
  'ui-sans-serif, system-ui, -apple-system, Segoe UI, Roboto, Helvetica Neue, DejaVu Sans, Arial, sans-serif';

/** Each colour that a figure's attributes hold, with the one that takes its place on dark paper. */
export const DARK_COLOURS: readonly (readonly [light: string, dark: string])[] = [
  ...COLOURS,
  [PAPER, DARK_PAPER],
];

/** Rules that put twins in the place of light colours, for elements of figures under `under`. */
export function twinRules(twins: readonly (readonly [light: string, dark: string])[], under = ''): string {
  return twins
    .flatMap(([light, dark]) =>
      ['fill', 'stroke'].map((name) => `${under}.${FIGURE_CLASS} [${name}="${light}"]{${name}:${dark}}`),
    )
    .join('\n');
}

/** The same for a figure that holds colours of its own: to be added to the text of its stylesheet. */
export function darkRules(twins: readonly (readonly [light: string, dark: string])[]): string {
  return `\n@media (prefers-color-scheme:dark){\n${twinRules(twins)}\n}`;
}

/**
 * Attributes hold the light colours, so that a figure is right where nothing reads stylesheets (papers, drawing programs); on dark
 * paper the stylesheet puts the others in their place.
 */
export const STYLESHEET = [
  `.${FIGURE_CLASS}{display:block;max-width:100%;height:auto}`,
  `.${FIGURE_CLASS} text{white-space:pre}`,
  `.${FILE_CLASS}{color:${INK};background:${PAPER}}`,
  `@media (prefers-color-scheme:dark){`,
  `.${FILE_CLASS}{color:${DARK_INK};background:${DARK_PAPER}}`,
  twinRules(DARK_COLOURS),
  '}',
].join('\n');
