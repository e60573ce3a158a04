// Tables, for the terminal and for a page of Markdown.

/**
 * @typedef {object} Table
 * @property {string} title one line
 * @property {readonly string[]} head
 * @property {readonly (readonly string[])[]} rows each as long as the head
 */

/** @param {Table} table Columns as wide as their widest cell; the first is flush left, the rest flush right. */
export function textOf({ title, head, rows }) {
  const lines = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...lines.map((row) => (row[column] ?? '').length)));
  const text = lines.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column === 0 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  '),
  );
  return `${title}\n${text.join('\n')}\n`;
}

/** @param {Table} table */
export function markdownOf({ title, head, rows }) {
  /** @param {readonly string[]} cells */
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, column) => (column === 0 ? '---' : '--:'));
  return `${title}\n\n${[head, rule, ...rows].map(line).join('\n')}\n`;
}

/** Milliseconds in three digits. @param {number} value */
export function milliseconds(value) {
  return value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : value.toFixed(0);
}

/** @param {readonly number[]} values */
export function range(values) {
  return `${milliseconds(Math.min(...values))}–${milliseconds(Math.max(...values))}`;
}

/** @param {number} value */
export function ratio(value) {
  return `${value.toFixed(2)}×`;
}

/** A count that may be a mean of several. @param {number} value */
export function decimal(value) {
  return Number.isInteger(value) ? `${value}` : value.toFixed(2);
}
