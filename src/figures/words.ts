/** Text in figures: what may stand in them, and where its lines break. */

/** Control characters and halves of letters, which no XML may hold, as a visible sign; other space as a blank. */
export function plain(text: string): string {
  return text.replace(/\s/gu, ' ').replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '�');
}

/** Lines of at most so many letters, broken between words where there are any. */
export function wrapped(text: string, letters: number): string[] {
  const lines: string[] = [];
  for (const word of plain(text).split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= letters)
      lines[lines.length - 1] = `${last} ${word}`;
    else
      for (let at = 0; at === 0 || at < word.length; at += letters) lines.push(word.slice(at, at + letters));
  }
  return lines;
}
