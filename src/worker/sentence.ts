/** Words of a lower room as a sentence of their own, for a notice. */
export function sentenceOf(words: string): string {
  return ended(`${words.charAt(0).toUpperCase()}${words.slice(1)}`);
}

/** The same as they begin, with the name of a file say. */
export function ended(words: string): string {
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
