/** Text of any language in lines that fit a terminal. */

/** Letters that take two columns. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60]/u;
const MARK = /\p{M}/u;

/** Lines of at most `columns`, broken at spaces where there are some; no line break, and nothing else that commands a terminal. */
export function paragraph(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  let width = 0;
  const put = (piece: string, pieceWidth: number): void => {
    if (line !== '' && width + pieceWidth > columns) {
      lines.push(line.trimEnd());
      line = '';
      width = 0;
    }
    // A line does not begin with the space that it was broken at.
    if (line === '' && piece === ' ') return;
    line += piece;
    width += pieceWidth;
  };
  for (const piece of oneLine(text).match(/ |[^ ]+/gu) ?? []) {
    const pieceWidth = widthOf(piece);
    if (pieceWidth <= columns && !WIDE.test(piece)) put(piece, pieceWidth);
    else for (const character of piece) put(character, widthOf(character));
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  return lines;
}

/** White space and control characters become single spaces. */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

/** The beginning of a text in one line of at most `columns`. */
export function beginning(text: string, columns: number): string {
  const [first = '', ...rest] = paragraph(text, columns - 1);
  return rest.length > 0 ? `${first}…` : first;
}

/** A name that is too long by its end, which tells files apart. */
export function ending(name: string, characters: number): string {
  const all = [...name];
  return all.length > characters ? `…${all.slice(1 - characters).join('')}` : name;
}

function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += MARK.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}
