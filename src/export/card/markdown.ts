/** Markdown whose values cannot break it, and numbers as people read them. */

/** A table; cells are Markdown of one line already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], right = false): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, column) => (right && column > 0 ? '---:' : '---'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

/** Markdown as the cell of a table: what would part it is marked, where it is not already. */
export function cell(text: string): string {
  return text.replace(/(?<!\\)\|/g, '\\|').replace(/\s*\n\s*/g, ' ');
}

/** Text of a user's, such as a name, in a line of Markdown: nothing in it is a mark. */
export function inLine(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|~!&]/g, '\\$&');
}

/** Text of a user's, as it is, in the type of code. */
export function code(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  const fence = line.includes('`') ? '``' : '`';
  return line.includes('``') ? inLine(line) : `${fence}${fence === '`' ? line : ` ${line} `}${fence}`;
}

/** JSON in a block of its own. */
export function jsonBlock(value: unknown): string {
  // A fence is a line of marks alone, and the JSON of a text has no line breaks.
  return `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
}

export function integer(value: number): string {
  return value.toLocaleString('en');
}

/** Four digits that matter, such as 1.234e+15, 0.25 or 3e-4. */
export function short(value: number): string {
  if (value !== 0 && (Math.abs(value) >= 1e6 || Math.abs(value) < 1e-3)) {
    const [digits = '', exponent = ''] = value.toExponential(3).split('e');
    return `${Number(digits)}e${exponent}`;
  }
  return String(Number(value.toPrecision(4)));
}
