/**
 * Chooses a variant of each kernel and shape by measuring on the device at hand. What was measured once is never measured again:
 * the table can be kept and given to the next tuner for the same adapter.
 */

import type { GpuDevice } from '../device.ts';
import type { KernelChoice } from './kernelChoice.ts';
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

/** A dispatch that is measured does at most so much: some milliseconds on a software adapter, some tenths on a GPU. */
const MEASURED_FLOPS = { software: 32e6, hardware: 4e8 };
/** Runs side by side while measuring: one already fills two cores, a GPU is there for fleets. Never those of a real fleet. */
const MEASURED_RUNS = { software: 1, hardware: 8 };

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
    const known = this.#table[choice.name]?.variant;
    // A kept table may come from a device with other features.
    if (known !== undefined && variants.includes(known)) return known;
    this.#options.onMeasuring?.(choice.name);
    const kind = facts.software ? 'software' : 'hardware';
    const candidates = await tryVariants(
      this.#gpu,
      choice.measurable(MEASURED_FLOPS[kind]),
      variants,
      MEASURED_RUNS[kind],
    );
    const tuned = { variant: fastest(candidates) ?? choice.fixed(facts), candidates };
    this.#table = { ...this.#table, [choice.name]: tuned };
    this.#options.onMeasured?.(this.#table);
    return tuned.variant;
  }
}

function fastest(candidates: TunedClass['candidates']): string | undefined {
  const timed = candidates.filter(({ milliseconds }) => milliseconds !== null);
  return timed.sort((a, b) => (a.milliseconds ?? 0) - (b.milliseconds ?? 0))[0]?.variant;
}
