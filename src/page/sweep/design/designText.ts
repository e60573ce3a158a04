/** A design as JSON that people read and change. */

import { isObject } from '../../../formats/json.ts';
import type { SweepDesign } from '../../../formats/sweepDesignFields.ts';
import { numberText } from './lists.ts';

/** Lists of plain values stand on one line. */
export function designText(design: Readonly<Record<string, unknown>> | SweepDesign): string {
  return `${written(design, '')}\n`;
}

function written(value: unknown, indent: string): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== 'object' || item === null))
      return `[${value.map(plain).join(', ')}]`;
    return `[\n${value.map((item) => `${inner}${onOneLine(item)}`).join(',\n')}\n${indent}]`;
  }
  if (!isObject(value)) return plain(value);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  if (fields.length === 0) return '{}';
  return `{\n${fields.map(([key, field]) => `${inner}${JSON.stringify(key)}: ${written(field, inner)}`).join(',\n')}\n${indent}}`;
}

function onOneLine(value: unknown): string {
  if (!isObject(value)) return plain(value);
  return `{ ${Object.entries(value)
    .map(([key, field]) => `${JSON.stringify(key)}: ${plain(field)}`)
    .join(', ')} }`;
}

/** Large numbers as people write them: 1.5e10. */
function plain(value: unknown): string {
  return typeof value === 'number' ? numberText(value) : JSON.stringify(value);
}
