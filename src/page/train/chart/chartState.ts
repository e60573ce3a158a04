/** How the charts are looked at; all of them alike. */

import { type Signal, signal } from '@preact/signals-core';

export const X_AXES = ['step', 'tokens', 'flops', 'time'] as const;
export type XAxis = (typeof X_AXES)[number];

/** Half-lives of the smoothing, as shares of a run. */
export const SMOOTHINGS = [0, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1] as const;
const USUAL_SMOOTHING = 3;

/** What of the x axis is shown: all of it, its end, or what a person has dragged over. */
export const RANGES = { all: 1, half: 0.5, quarter: 0.25, tenth: 0.1 } as const;
export type RangeName = keyof typeof RANGES;
export type Zoom = { readonly min: number; readonly max: number };

export class ChartState {
  readonly xAxis: Signal<XAxis> = signal('tokens');
  readonly logX = signal(false);
  readonly logY = signal(false);
  /** Index into {@link SMOOTHINGS}. */
  readonly smoothing = signal(USUAL_SMOOTHING);
  readonly range: Signal<RangeName> = signal('all');
  /** Goes before the range. */
  readonly zoom: Signal<Zoom | null> = signal(null);
  /** Runs that are not drawn, by name. */
  readonly hidden: Signal<ReadonlySet<string>> = signal(new Set());
  /** Where the pointer is on the x axis of any of them; null where it is on none. */
  readonly cursor: Signal<number | null> = signal(null);

  get halfLife(): number {
    return SMOOTHINGS[this.smoothing.value] ?? 0;
  }

  smoothMore(by: 1 | -1): boolean {
    const next = this.smoothing.value + by;
    if (next < 0 || next >= SMOOTHINGS.length) return false;
    this.smoothing.value = next;
    return true;
  }

  /** Both axes at once, for the key; each has a box of its own. */
  flipLog(): void {
    const isOn = this.logX.value || this.logY.value;
    this.logX.value = !isOn;
    this.logY.value = !isOn;
  }

  setAxis(axis: XAxis): void {
    this.xAxis.value = axis;
    // Its numbers mean something else now.
    this.zoom.value = null;
    this.cursor.value = null;
  }

  setRange(range: RangeName): void {
    this.zoom.value = null;
    this.range.value = range;
  }

  flipRun(run: string): void {
    const hidden = new Set(this.hidden.value);
    if (!hidden.delete(run)) hidden.add(run);
    this.hidden.value = hidden;
  }
}
