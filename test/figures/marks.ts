/** What is drawn in a figure, found again. */

import { type Figure, HEAD_CLASS } from '../../src/figures/frame.ts';

/** Marks of one sort; those of the legend stand in the figure's head. */
export const marks = (figure: Figure, label: string): Element[] => [
  ...figure.querySelectorAll(`g[aria-label="${label}"]:not(.${HEAD_CLASS}) > *`),
];

export const texts = (figure: Figure): string[] =>
  [...figure.querySelectorAll('text')].map((text) => text.textContent ?? '');

/** Where a text stands, by its own transform and its groups'. */
export function placeOf(text: Element): { x: number; y: number } {
  const place = { x: 0, y: 0 };
  for (let element: Element | null = text; element; element = element.parentElement) {
    const [, x, y] = /translate\(([-\d.]+),([-\d.]+)/.exec(element.getAttribute('transform') ?? '') ?? [];
    place.x += Number(x ?? 0);
    place.y += Number(y ?? 0);
  }
  return place;
}
