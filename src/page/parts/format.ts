/** Numbers, sizes and times as people read them. */

const DECIMAL_PREFIXES = ['', 'k', 'M', 'G', 'T', 'P'] as const;
const MINUTE_S = 60;
const HOUR_S = 3600;
const MINUS = '−';
const THIN_SPACE = '\u202f';

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** Three significant digits, never in exponent notation: 1.05, 12.3, 256. */
function threeDigits(value: number): string {
  const magnitude = Math.abs(value);
  const digits = magnitude >= 99.95 ? 0 : magnitude >= 9.995 ? 1 : 2;
  return value.toFixed(digits);
}

/** 1048576 → "1.05 M", 950 → "950"; `unit` follows the prefix: 2.1e9 with "FLOP/s" → "2.10 GFLOP/s". */
export function withPrefix(value: number, unit = ''): string {
  if (!Number.isFinite(value)) return '–';
  let scaled = Math.abs(value);
  let step = 0;
  while (scaled >= 999.5 && step < DECIMAL_PREFIXES.length - 1) {
    scaled /= 1000;
    step++;
  }
  const digits = step === 0 && Number.isInteger(scaled) ? String(scaled) : threeDigits(scaled);
  const suffix = `${DECIMAL_PREFIXES[step] ?? ''}${unit}`;
  return `${value < 0 ? MINUS : ''}${digits}${suffix ? THIN_SPACE : ''}${suffix}`;
}

/** A whole number with its thousands grouped: 65536 → "65,536". */
export function whole(value: number): string {
  return Number.isFinite(value) ? grouped.format(value).replace('-', MINUS) : '–';
}

/** Counts that fit are shown in full, larger ones with a prefix: "65,536", "1.05 M". */
export function count(value: number): string {
  return Math.abs(value) < 100_000 ? whole(value) : withPrefix(value);
}

/** 1536 → "1.54 kB" (decimal, as file managers of today count). */
export function bytes(value: number): string {
  return value < 1000 ? `${whole(value)}${THIN_SPACE}B` : withPrefix(value, 'B');
}

/** A loss or a ratio with a fixed number of decimals; a dash where there is none yet. */
export function decimals(value: number | null | undefined, digits: number): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  return value.toFixed(digits).replace('-', MINUS);
}

/** A number without needless zeros: 16 → "16", 0.25 → "0.25", 0.33333 → "0.333". */
export function brief(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  const magnitude = Math.abs(value);
  if (magnitude >= 1000) return whole(value);
  if (magnitude < 0.001) return value.toExponential(1).replace('-', MINUS);
  return String(Number(value.toPrecision(3))).replace('-', MINUS);
}

/** Floating-point operations: 1.2e12 → "1.20 TFLOP". */
export function flops(value: number): string {
  return withPrefix(value, 'FLOP');
}

/** A place on an axis: as short as it can be said, 2000 → "2 k", 2500 → "2.5 k". */
export function tick(value: number): string {
  return withPrefix(value).replace(/\d+\.\d+/, (digits) => String(Number(digits)));
}

/** 42 → "42 s", 125 → "2 min 5 s", 4000 → "1 h 7 min". */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return '–';
  const rounded = Math.round(seconds);
  if (rounded < MINUTE_S) return `${rounded}${THIN_SPACE}s`;
  if (rounded < HOUR_S) {
    const rest = rounded % MINUTE_S;
    return `${Math.floor(rounded / MINUTE_S)}${THIN_SPACE}min${rest ? ` ${rest}${THIN_SPACE}s` : ''}`;
  }
  const minutes = Math.round(rounded / MINUTE_S) % 60;
  return `${Math.floor(Math.round(rounded / MINUTE_S) / 60)}${THIN_SPACE}h${minutes ? ` ${minutes}${THIN_SPACE}min` : ''}`;
}

/** The first eight digits of a hash: enough to see that two texts are the same. */
export function shortHash(sha256: string): string {
  return sha256.slice(0, 8);
}
