/** Tokens and probabilities as they are shown. */

import { bytes } from '../../parts/format.ts';
import { readable } from '../../parts/readable.ts';

const SIGNS: Readonly<Record<string, string>> = { ' ': '␣', '\n': '⏎', '\t': '⇥', '\r': '⏎' };

/** A piece with what cannot be seen made visible: ` the` → `␣the`. */
export function pieceSigns(piece: string): string {
  return readable(piece.replace(/[ \n\t\r]/g, (sign) => SIGNS[sign] ?? sign));
}

/** For a screen reader: what a lone space or line break is called. */
export function pieceName(piece: string): string {
  if (piece === '\n' || piece === '\r') return 'line break';
  if (piece === '\t') return 'tab';
  if (/^ +$/.test(piece)) return 'space';
  return readable(piece);
}

/** "24 bytes", where a sentence goes on; from a thousand on "1.54 kB". */
export function byteWords(count: number): string {
  return count < 1000 ? `${count} ${count === 1 ? 'byte' : 'bytes'}` : bytes(count);
}

const FINE_PERCENT = 10;
const LEAST_PERCENT = 0.01;

/** 0.4249 → "42 %", 0.0123 → "1.2 %", 3e-7 → "< 0.01 %". */
export function percent(probability: number): string {
  const value = 100 * probability;
  if (!Number.isFinite(value)) return '–';
  if (value > 0 && value < LEAST_PERCENT) return `< ${LEAST_PERCENT} %`;
  if (value >= FINE_PERCENT) return `${value > 99.5 && value < 100 ? value.toFixed(1) : value.toFixed(0)} %`;
  return `${value >= 1 ? value.toFixed(1) : value.toFixed(2)} %`;
}
