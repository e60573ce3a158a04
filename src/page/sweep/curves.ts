/** Validation curves of a sweep's runs: what was saved of them, and what is told as they train. */

import type { RunMetrics } from '../../worker/api/fleet.ts';
import type { SweepCurve } from '../../worker/api/sweep.ts';

/** Grows in place. */
export type Curve = {
  readonly tokens: number[];
  /** Bits per byte on held-out text of the target. */
  readonly bits: number[];
  floorBits: number | null;
};

export class Curves {
  readonly #curves = new Map<string, Curve>();

  get(run: string): Curve | undefined {
    return this.#curves.get(run);
  }

  clear(): void {
    this.#curves.clear();
  }

  /** Takes what was saved; what was told beyond it stays. */
  takeSaved({ run, tokens, targetBits, floorBits }: SweepCurve): void {
    const before = this.#curves.get(run);
    const curve: Curve = { tokens: [...tokens], bits: [...targetBits], floorBits };
    const last = curve.tokens.at(-1) ?? -1;
    for (const [index, at] of (before?.tokens ?? []).entries()) {
      if (at <= last) continue;
      curve.tokens.push(at);
      curve.bits.push(before?.bits[index] ?? Number.NaN);
    }
    this.#curves.set(run, curve);
  }

  /** Takes what is told of a run in training. Gives whether there was a validation in it. */
  takeTold({ run, evaluations: { tokens, targetBits } }: RunMetrics): boolean {
    if (tokens.length === 0) return false;
    const curve = this.#curves.get(run) ?? { tokens: [], bits: [], floorBits: null };
    this.#curves.set(run, curve);
    const last = curve.tokens.at(-1) ?? -1;
    let isNew = false;
    for (const [index, at] of tokens.entries()) {
      // A run that goes on from a checkpoint tells some of it again.
      if (at <= last) continue;
      curve.tokens.push(at);
      curve.bits.push(targetBits[index] ?? Number.NaN);
      isNew = true;
    }
    return isNew;
  }
}
