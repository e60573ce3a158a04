/** From numbers to places on paper and back, for the tour's small charts. */

export type Scale = {
  readonly isLog: boolean;
  readonly low: number;
  readonly high: number;
  /** In pixels. */
  readonly from: number;
  readonly to: number;
};

export function place({ isLog, low, high, from, to }: Scale, value: number): number {
  const share = isLog
    ? (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low))
    : (value - low) / (high - low);
  return from + share * (to - from);
}

/** The value whose place is nearest; undefined for none. */
export function nearest(scale: Scale, values: readonly number[], at: number): number | undefined {
  let found: number | undefined;
  let away = Number.POSITIVE_INFINITY;
  for (const value of values) {
    const distance = Math.abs(place(scale, value) - at);
    if (distance < away) [found, away] = [value, distance];
  }
  return found;
}

/** Room around the outermost values, as a share of the axis. */
const MARGIN = 0.06;

/** A range around values, a little wider than they are. Values of a logarithmic axis are above 0. */
export function rangeOf(values: readonly number[], isLog = false): readonly [low: number, high: number] {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return isLog ? [1, 10] : [0, 1];
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  if (isLog) {
    const room = high > low ? (high / low) ** MARGIN : 2;
    return [low / room, high * room];
  }
  const room = high > low ? (high - low) * MARGIN : 0.5;
  return [low - room, high + room];
}

const STEPS = [1, 2, 5, 10] as const;

/** Round numbers inside a linear range, about so many. */
export function linearTicks(low: number, high: number, about: number): number[] {
  const rough = (high - low) / Math.max(1, about);
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = (STEPS.find((one) => one * magnitude >= rough) ?? 10) * magnitude;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}

/** Powers of ten inside a logarithmic range, at most about so many. */
export function decadeTicks(low: number, high: number, about: number): number[] {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const step = Math.max(1, Math.ceil((last - first) / about));
  return Array.from({ length: Math.max(0, Math.floor((last - first) / step) + 1) }, (_, index) =>
    Number(`1e${first + index * step}`),
  );
}

/** Decimals that neighbouring ticks need to be told apart. */
export function tickDigits(ticks: readonly number[]): number {
  const [first = 0, second = first] = ticks;
  const step = Math.abs(second - first);
  return step > 0 ? Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) : 1;
}

/** Of given values as many as have room, the last among them: measured places are their own ticks. */
export function ticksAmong(scale: Scale, values: readonly number[], roomPx: number): number[] {
  const kept: number[] = [];
  for (const value of [...values].reverse()) {
    const last = kept.at(-1);
    if (last === undefined || Math.abs(place(scale, last) - place(scale, value)) >= roomPx) kept.push(value);
  }
  return kept.reverse();
}
