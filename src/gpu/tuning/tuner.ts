/**
 * Chooses a variant of each kernel and shape by measuring on the device at hand. What was measured once is never measured again:
 * the table can be kept and given to the next tuner for the same adapter.
 */

import type { GpuDevice } from '../device.ts';
import type { KernelChoice, Measurable } from './kernelChoice.ts';
import type { TunedClass, TuningTable } from './table.ts';
import { tryVariants } from './trial.ts';

export type TunerOptions = {
  /** What was measured before on this adapter. */
  readonly table?: TuningTable;
  /** Called before a class is measured anew. */
  readonly onMeasuring?: (name: string) => void;
  /** Called with the whole table after each class that was measured anew, to be kept. */
  readonly onMeasured?: (table: TuningTable) => void;
};

/** What a measured dispatch does for one run at most: some milliseconds on a software adapter, some tenths on a GPU. */
const RUN_FLOPS = { software: 32e6, hardware: 4e8 };
/**
 * Side by side are so many runs that a dispatch does about so much: one run already fills a processor, and a GPU, which is there for
 * fleets, must be full to tell the variants apart. It follows from the shape, never from a real fleet.
 */
const DISPATCH_FLOPS = { software: 0, hardware: 4e9 };
const MOST_RUNS = 32;
/** Random numbers for more would take longer than the measurement. */
const MOST_FLOATS = 2 ** 24;

export class Tuner {
  readonly #gpu: GpuDevice;
  readonly #options: TunerOptions;
  #table: TuningTable;

  constructor(gpu: GpuDevice, options: TunerOptions = {}) {
    this.#gpu = gpu;
    this.#options = options;
    this.#table = options.table ?? {};
  }

  get table(): TuningTable {
    return this.#table;
  }

  /**
   * The fastest variant that gives the results of the first.
   * @throws DeviceLostError, OutOfMemoryError, LimitTooSmallError
   */
  async choose(choice: KernelChoice): Promise<string> {
    const { facts, device } = this.#gpu;
    const variants = choice.candidates({ ...facts, subgroups: device.features.has('subgroups') });
    const [only, another] = variants;
    if (only !== undefined && another === undefined) return only;
    const known = this.#table[choice.name];
    // A kept table may come from a device with other features, or from before a variant was thought of.
    if (known && sameNames(known.candidates, variants)) return known.variant;
    this.#options.onMeasuring?.(choice.name);
    const kind = facts.software ? 'software' : 'hardware';
    const measurable = choice.measurable(RUN_FLOPS[kind]);
    const runs = runsToMeasure(measurable, DISPATCH_FLOPS[kind], only ?? '');
    const candidates = await tryVariants(this.#gpu, measurable, variants, runs);
    const tuned = { variant: fastest(candidates), candidates };
    this.#table = { ...this.#table, [choice.name]: tuned };
    this.#options.onMeasured?.(this.#table);
    return tuned.variant;
  }
}

function runsToMeasure({ kernel, floats }: Measurable, flops: number, variant: string): number {
  const ofOneRun = Object.values(floats).reduce((sum, count) => sum + count, 0);
  const wanted = Math.round(flops / kernel(variant, 1).flops);
  return Math.max(1, Math.min(MOST_RUNS, wanted, Math.floor(MOST_FLOATS / ofOneRun)));
}

function sameNames(candidates: TunedClass['candidates'], variants: readonly string[]): boolean {
  return candidates.map(({ variant }) => variant).join() === variants.join();
}

function fastest(candidates: TunedClass['candidates']): string {
  const timed = candidates.filter(({ milliseconds }) => milliseconds !== null);
  const [best] = timed.sort((a, b) => (a.milliseconds ?? 0) - (b.milliseconds ?? 0));
  if (!best) throw new RangeError('not even the variant that the others are held against was timed');
  return best.variant;
}
