/** Which of many lines are drawn: those that are seen, and a few before and after. */

/** Lines beyond each edge, so that a short scroll finds them there. */
const BEYOND = 10;

export type Window = {
  /** The first line that is drawn, and the first after it that is not. */
  readonly from: number;
  readonly to: number;
};

/**
 * @param lines how many there are
 * @param lineHeight of each, in pixels
 * @param top how far the lines are scrolled, in pixels
 * @param height of what is seen, in pixels
 */
export function windowAt(lines: number, lineHeight: number, top: number, height: number): Window {
  const first = Math.floor(Math.max(0, top) / lineHeight);
  const seen = Math.ceil(height / lineHeight) + 1;
  const from = Math.max(0, Math.min(first, lines - seen) - BEYOND);
  return { from, to: Math.min(lines, first + seen + BEYOND) };
}

/** How far to scroll so that a line is seen whole, by as little as possible. */
export function scrollTo(line: number, lineHeight: number, top: number, height: number): number {
  const start = line * lineHeight;
  if (start < top) return start;
  const end = start + lineHeight;
  return end > top + height ? end - height : top;
}
