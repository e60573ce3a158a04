/** The scale on which losses of tokens are coloured. */

export const LEVELS = 10;

/** From 0, a token that was certain, to the deepest at `most` nats and beyond. */
export function levelOf(nats: number, most: number): number {
  if (!(nats > 0)) return 0;
  if (!(most > 0)) return LEVELS - 1;
  return Math.min(LEVELS - 1, Math.round(((LEVELS - 1) * nats) / most));
}

/** The loss of a guess among all tokens alike, in nats: where the scale ends. */
export function guessNats(vocabulary: number): number {
  return Math.log(Math.max(2, vocabulary));
}
