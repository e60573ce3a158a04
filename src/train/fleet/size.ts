/** How many runs train side by side: what memory allows, what was measured, and the words for it. Nothing here touches a device. */

import type { Throughput } from '../events.ts';

/** What decides the size of a fleet before anything is measured. */
export type SizeFacts = {
  /** Runs that there are. */
  readonly wanted: number;
  /** A size that a person asked for; null leaves the choice. */
  readonly asked: number | null;
  /** Slots that the device's limits allow. */
  readonly mostByLimits: number;
  /** Bytes of a fleet of so many slots. */
  readonly bytesOf: (slots: number) => number;
  /** Bytes that a fleet may take; null where nobody can say. */
  readonly memoryBytes: number | null;
};

/** What kept a fleet from holding all runs at once. */
export type Bound = 'none' | 'asked' | 'limits' | 'memory';

export type Most = { readonly size: number; readonly bound: Bound };

/** The largest fleet that may be, 1 or more: whether even that one fits, the device must say. */
export function mostByMemory({ wanted, asked, mostByLimits, bytesOf, memoryBytes }: SizeFacts): Most {
  let most: Most = { size: wanted, bound: 'none' };
  if (asked !== null && asked < most.size) most = { size: asked, bound: 'asked' };
  if (mostByLimits < most.size) most = { size: mostByLimits, bound: 'limits' };
  // Whoever asks for a size knows the machine.
  if (asked !== null || memoryBytes === null || bytesOf(most.size) <= memoryBytes) return most;
  let fitting = 1;
  let tooMany = most.size;
  while (tooMany - fitting > 1) {
    const size = Math.floor((fitting + tooMany) / 2);
    if (bytesOf(size) <= memoryBytes) fitting = size;
    else tooMany = size;
  }
  return { size: fitting, bound: 'memory' };
}

/** Sizes worth a measurement: 1, 2, 4 … and the largest. */
export function sizesToMeasure(most: number): number[] {
  const sizes: number[] = [];
  for (let size = 1; size < most; size *= 2) sizes.push(size);
  return [...sizes, most];
}

/** A fleet this near to the best is fast enough: beyond, memory and the wait for the first results grow, and little else. */
const FAST_ENOUGH = 0.95;
/** Where twice the runs bring less than this, four times as many will not bring much either. */
const LEAST_GAIN = 1.03;

/** Whether larger fleets than those measured, smallest first, may still be faster. */
export function mayGrow(measured: readonly Throughput[]): boolean {
  const [before, last] = measured.slice(-2);
  return !before || !last || last.tokensPerSecond >= LEAST_GAIN * before.tokensPerSecond;
}

/** The smallest fleet that reaches 95 % of the best, and the best. Throws a `RangeError` where nothing was measured. */
export function fastEnough(measured: readonly Throughput[]): { chosen: Throughput; best: Throughput } {
  const [first] = measured;
  if (!first) throw new RangeError('no fleet was measured');
  const best = measured.reduce((a, b) => (b.tokensPerSecond > a.tokensPerSecond ? b : a), first);
  const enough = measured.filter(
    ({ tokensPerSecond }) => tokensPerSecond >= FAST_ENOUGH * best.tokensPerSecond,
  );
  const chosen = enough.reduce((a, b) => (b.runs < a.runs ? b : a), best);
  return { chosen, best };
}

/** How a size came about, for {@link reasonOf}. */
export type SizeChoice = {
  readonly size: number;
  readonly most: Most;
  readonly throughput: readonly Throughput[];
  /** The smallest size for which the device turned out to lack the memory; null where it lacked none. */
  readonly lacking: number | null;
  /** Whether a processor plays the GPU. */
  readonly software?: boolean;
};

/** The choice in a sentence. */
export function reasonOf(
  { size, most, throughput, lacking, software = false }: SizeChoice,
  { wanted, asked, bytesOf, memoryBytes }: SizeFacts,
): string {
  const runs =
    size === wanted
      ? `All ${wanted} runs train side by side`
      : `${size} of ${wanted} runs ${size === 1 ? 'trains' : 'train'} at a time, and the others wait for a slot`;
  const why: string[] = [];
  if (throughput.length > 1) {
    const { best } = fastEnough(throughput);
    const speed = throughput.find(({ runs: measured }) => measured === size);
    const share = Math.round((100 * (speed?.tokensPerSecond ?? 0)) / best.tokensPerSecond);
    const tokens = `${Math.round(best.tokensPerSecond).toLocaleString('en')} tokens/s`;
    if (speed === best) why.push(`measured, this is the fastest with ${tokens}`);
    else if (speed)
      why.push(`measured, this gives ${share} % of the ${tokens} that ${best.runs} at a time give`);
  }
  if (lacking !== null) why.push(`the device has no memory for ${lacking}`);
  else if (asked !== null && most.bound !== 'limits') why.push('as was asked for');
  else if (size === most.size && most.bound === 'limits') {
    why.push('the device allows no larger buffers');
  } else if (size === most.size && most.bound === 'memory') {
    why.push(
      `each further run takes ${sayBytes(perRun(bytesOf))}, and ${sayBytes(memoryBytes ?? 0)} may be used`,
    );
  }
  if (software && asked === null && size === wanted) {
    why.push('a processor is as fast with many as with one, so nothing was measured');
  }
  const memory = `${sayBytes(bytesOf(size))} on the device`;
  return `${runs}: ${[...why, memory].join('; ')}.`;
}

/** Bytes that one more run takes. */
export function perRun(bytesOf: (slots: number) => number): number {
  return bytesOf(2) - bytesOf(1);
}

function sayBytes(bytes: number): string {
  const [unit, size] = bytes >= 1e9 ? (['GB', 1e9] as const) : (['MB', 1e6] as const);
  return `${Number((bytes / size).toPrecision(3))} ${unit}`;
}
