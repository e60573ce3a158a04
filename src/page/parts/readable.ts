/** What models write, made fit to be shown. */

/**
 * A model that knows no letters yet writes bytes that are no text, and signs that cannot be seen or would move others about: each is a middle
 * dot. Ends of lines stay, and joiners, which some scripts are written with.
 */
export function readable(text: string): string {
  return text.replace(/[^\P{C}\n\u200c\u200d]|\ufffd/gu, '·');
}
