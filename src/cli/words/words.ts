/** Numbers and durations as people read them. */

/** 1,234 B or 1.23 MB, or without a unit 1.23 M: three digits that matter. */
export function amount(value: number, unit = ''): string {
  const [prefix, size] = PREFIXES.find(([, least]) => value >= least) ?? ['', 1];
  const scaled = value / size;
  const digits =
    scaled >= 1000 ? Math.round(scaled).toLocaleString('en') : String(Number(scaled.toPrecision(3)));
  return `${digits} ${prefix}${unit}`.trimEnd();
}

const PREFIXES = [
  ['P', 1e15],
  ['T', 1e12],
  ['G', 1e9],
  ['M', 1e6],
] as const;

/** 1 window, 2,000 windows. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${value.toLocaleString('en')} ${value === 1 ? one : many}`;
}

/** 7 s, 3 min 20 s, 2 h 5 min. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** Lines of at most `width` characters that words make, divided by spaces; a longer word has one of its own. */
export function wrap(words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Rows of cells in columns that line up; the first `left` columns to the left, the others to the right. */
export function table(rows: readonly (readonly string[])[], left = 1): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  }
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column < left ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Names, and what there is to say of each, beside them; a value may have several lines. */
export function labelled(rows: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  const indent = ' '.repeat(width + 2);
  return rows
    .map(([name, value]) => `${name.padEnd(width)}  ${value.replaceAll('\n', `\n${indent}`)}`.trimEnd())
    .join('\n');
}
