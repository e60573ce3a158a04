/** Lists of numbers and of model sizes as a person writes them, and why one is none. */

export type ListRule = {
  readonly whole?: boolean;
  readonly min: number;
  readonly max?: number;
  /** Whether `min` itself is refused. */
  readonly above?: boolean;
};

export type TypedList<T> =
  | { readonly ok: true; readonly values: readonly T[] }
  | { readonly ok: false; readonly problem: string };

const SUFFIXES: Readonly<Record<string, number>> = { k: 1e3, M: 1e6, G: 1e9, T: 1e12 };
const NUMBER = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s?([kMGT])?$/i;

/** `8k, 32k` → 8000, 32000; an empty text is an empty list. A value that is there twice stands once. */
export function readNumbers(text: string, rule: ListRule): TypedList<number> {
  const values: number[] = [];
  for (const part of partsOf(text)) {
    const [, digits, suffix = ''] = NUMBER.exec(part.replace('−', '-')) ?? [];
    if (digits === undefined) return refuse(`“${part}” is not a number. Put commas between numbers.`);
    const factor = SUFFIXES[suffix] ?? SUFFIXES[suffix.toUpperCase()] ?? SUFFIXES[suffix.toLowerCase()] ?? 1;
    // 1.1 k is 1100, and not what binary fractions make of it.
    const value = Number((Number(digits) * factor).toPrecision(DIGITS));
    const problem = problemOf(value, part, rule);
    if (problem) return refuse(problem);
    if (!values.includes(value)) values.push(value);
  }
  return { ok: true, values };
}

const DIGITS = 12;

function problemOf(value: number, part: string, { whole, min, max, above }: ListRule): string | null {
  if (!Number.isFinite(value)) return `“${part}” is too large.`;
  if (whole && !Number.isInteger(value)) return `${part} is not a whole number.`;
  if (above ? value <= min : value < min) return `${part}: must be ${above ? 'above' : 'at least'} ${min}.`;
  return max !== undefined && value > max ? `${part}: must be at most ${max}.` : null;
}

/** `2×32, 2x48`: layers and width. */
export type Size = {
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  readonly mlp: number;
};

const SIZE = /^(\d+)\s*[×x*]\s*(\d+)$/i;
/** Features of a head: what the engine computes. */
const HEAD = 16;
const MOST_LAYERS = 32;
const MOST_WIDTH = 1024;

export function readSizes(text: string): TypedList<Size> {
  const sizes: Size[] = [];
  for (const part of partsOf(text)) {
    const [layers = 0, width = 0] = (SIZE.exec(part) ?? []).slice(1).map(Number);
    if (layers === 0 || width === 0) {
      return refuse(`“${part}” is not a size. Write layers × width, such as 2×32.`);
    }
    if (layers > MOST_LAYERS) return refuse(`${part}: at most ${MOST_LAYERS} layers.`);
    if (width % HEAD !== 0 || width > MOST_WIDTH) {
      return refuse(`${part}: the width must be a multiple of ${HEAD}, at most ${MOST_WIDTH}.`);
    }
    sizes.push(sizeOf(layers, width));
  }
  return { ok: true, values: sizes };
}

/** A model of that size, as the named experiments cut theirs: heads of 16 features, an MLP about 8/3 as wide as the model. */
export function sizeOf(layers: number, width: number): Size {
  const mlp = width <= 64 ? 2.75 * width : 8 * Math.ceil(width / 3);
  return { layers, width, heads: width / HEAD, mlp };
}

export function sizeWords({ layers, width }: Pick<Size, 'layers' | 'width'>): string {
  return `${layers}×${width}`;
}

/** Short, and read back to the same number: 32768, 3.7e10, 0.25. */
export function numberText(value: number): string {
  const plain = String(value);
  const exponent = value.toExponential().replace('e+', 'e');
  return exponent.length < plain.length ? exponent : plain;
}

function partsOf(text: string): string[] {
  return text
    .split(/[,;\n]+/)
    .map((part) => part.trim())
    .filter(Boolean);
}

function refuse(problem: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem };
}
