/** What the tuner chooses between: the variants of one kernel at one shape. */

import type { DeviceFacts } from '../device.ts';
import type { Kernel } from '../kernel.ts';

/** What of an adapter decides which variants are worth trying. */
export type Adapter = Pick<DeviceFacts, 'software' | 'vendor'> & { readonly subgroups: boolean };

/** Variants as they are measured: at a size that stands for the whole, all with the same bindings. */
export type Measurable = {
  /** The kernel for `runs` runs whose tensors lie one after the other. */
  kernel(variant: string, runs: number): Kernel;
  /** Floats of each binding, for one run. */
  readonly floats: Readonly<Record<string, number>>;
  /** Bindings that are read before they are written. */
  readonly inPlace?: readonly string[];
  /** Bindings that hold tokens, and how many tokens there are. */
  readonly tokens?: Readonly<Record<string, number>>;
  /** How far two right variants may lie apart, relative L2. */
  readonly tolerance: number;
};

/** Runs are no part of a choice, so that a fleet of M gives the bits of M single runs. */
export type KernelChoice = {
  /** Kernel and shape in words; two choices of one name are one. */
  readonly name: string;
  /** Whether this engine has a variant of that name for this shape, and the device can run it. */
  fits(variant: string, device: Pick<Adapter, 'subgroups'>): boolean;
  /** The variants to measure, first the one that the others are held against: it fits every shape on every device. */
  candidates(adapter: Adapter): readonly string[];
  /** The variant that is taken unmeasured: the same on every device of a kind, whatever its features. */
  fixed(adapter: Pick<Adapter, 'software' | 'vendor'>): string;
  /** At a size of at most about `flops` floating-point operations a run. */
  measurable(flops: number): Measurable;
};
