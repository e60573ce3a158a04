/** Where a field stands in the text of a design, so that what is wrong with it can be shown there. */

export type TextPlace = { readonly start: number; readonly end: number; readonly line: number };

/**
 * The place of the value at a path such as `grid.recipe.ratio.1`, or of the innermost part of the path that is there. Keys may have dots
 * in them. The text must be JSON.
 */
export function placeOfField(text: string, path: string): TextPlace {
  const reader = new Reader(text);
  let found = { start: 0, end: text.length };
  reader.value([], (at, start, end) => {
    const joined = at.join('.');
    const isOnTheWay = joined === path || path.startsWith(`${joined}.`);
    // Values are told when they end, so inner ones come first.
    if (joined !== '' && isOnTheWay && end - start < found.end - found.start) found = { start, end };
  });
  return { ...found, line: lineAt(text, found.start) };
}

/** Lines count from 1. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

/** Of a line and a column, both from 1, as errors of JSON name them. */
export function indexAt(text: string, line: number, column: number): number {
  const before = text.split('\n').slice(0, line - 1);
  return Math.min(text.length, before.reduce((sum, one) => sum + one.length + 1, 0) + column - 1);
}

type Hear = (path: readonly string[], start: number, end: number) => void;

class Reader {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  value(path: readonly string[], hear: Hear): void {
    this.space();
    const start = this.at;
    const sign = this.text[this.at];
    if (sign === '{') this.object(path, hear);
    else if (sign === '[') this.list(path, hear);
    else if (sign === '"') this.string();
    else while (this.at < this.text.length && !/[,\]}\s]/.test(this.text[this.at] ?? '')) this.at++;
    hear(path, start, this.at);
  }

  private object(path: readonly string[], hear: Hear): void {
    this.at++;
    for (;;) {
      this.space();
      if (this.text[this.at] !== '"') break;
      const key = this.string();
      this.space();
      this.at++;
      this.value([...path, key], hear);
      this.space();
      if (this.text[this.at] !== ',') break;
      this.at++;
    }
    this.at++;
  }

  private list(path: readonly string[], hear: Hear): void {
    this.at++;
    for (let index = 0; ; index++) {
      this.space();
      const sign = this.text[this.at];
      if (sign === ']' || sign === undefined) break;
      this.value([...path, String(index)], hear);
      this.space();
      if (this.text[this.at] !== ',') break;
      this.at++;
    }
    this.at++;
  }

  private string(): string {
    const start = this.at++;
    while (this.at < this.text.length && this.text[this.at] !== '"')
      this.at += this.text[this.at] === '\\' ? 2 : 1;
    this.at++;
    try {
      return String(JSON.parse(this.text.slice(start, this.at)));
    } catch {
      return '';
    }
  }

  private space(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++;
  }
}
