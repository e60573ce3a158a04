/** What the device has shown that it can do: remembered from visit to visit, for each adapter. */

import { effect, type Signal, signal } from '@preact/signals-core';
import type { AdapterFacts, DevicePeak } from '../worker/api/fleet.ts';
import type { AppState } from './appState.ts';

export type DeviceFacts = {
  /** What it can do at most, where a person had it measured. */
  readonly peak: DevicePeak | null;
  /** What fleets of the last minutes of training did, in floating-point operations a second. */
  readonly flopsPerSecond: number | null;
};

const STORED_AS = 'm3lab:device';
const NOTHING: DeviceFacts = { peak: null, flopsPerSecond: null };
/** How much of a new speed goes into the remembered one. */
const NEW_SHARE = 0.05;
/** Times that are estimated from it need not move with each step. */
const WORTH_TELLING = 0.1;

export class DeviceState {
  readonly facts: Signal<DeviceFacts> = signal(NOTHING);
  readonly measuring: Signal<boolean> = signal(false);
  #adapter: string | null = null;
  #speed: number | null = null;

  constructor(app: AppState) {
    effect(() => {
      const outcome = app.adapter.value;
      const adapter = outcome?.ok ? nameOf(outcome.value) : null;
      // What another device did says nothing of this one.
      if (adapter !== this.#adapter) this.#speed = null;
      this.#adapter = adapter;
      this.facts.value = this.#adapter === null ? NOTHING : (remembered()[this.#adapter] ?? NOTHING);
    });
  }

  /** Takes up a speed that was just measured while training; it is told on when it has become another one. */
  addSpeed(flopsPerSecond: number): void {
    if (!(flopsPerSecond > 0) || !Number.isFinite(flopsPerSecond)) return;
    const told = this.facts.peek().flopsPerSecond;
    const before = this.#speed ?? told ?? flopsPerSecond;
    this.#speed = before + NEW_SHARE * (flopsPerSecond - before);
    if (told === null || Math.abs(this.#speed / told - 1) > WORTH_TELLING) this.#tell(this.#speed);
  }

  setPeak(peak: DevicePeak): void {
    this.facts.value = { ...this.facts.peek(), peak };
    this.remember();
  }

  /** Writes it down: at the end of a training, say. */
  remember(): void {
    if (this.#speed !== null) this.#tell(this.#speed);
    if (this.#adapter === null) return;
    try {
      const all = { ...remembered(), [this.#adapter]: this.facts.peek() };
      localStorage.setItem(STORED_AS, JSON.stringify(all));
    } catch {
      // Without storage it holds as long as the page does.
    }
  }

  #tell(flopsPerSecond: number): void {
    this.facts.value = { ...this.facts.peek(), flopsPerSecond };
  }
}

function nameOf({ vendor, architecture, description, software }: AdapterFacts): string {
  return JSON.stringify([vendor, architecture, description, software]);
}

function remembered(): Record<string, DeviceFacts> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORED_AS) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return {};
    return Object.fromEntries(
      Object.entries(stored).flatMap(([adapter, facts]) => (isFacts(facts) ? [[adapter, facts]] : [])),
    );
  } catch {
    return {};
  }
}

function isFacts(value: unknown): value is DeviceFacts {
  if (typeof value !== 'object' || value === null) return false;
  const { peak, flopsPerSecond } = value as Partial<DeviceFacts>;
  const isNumber = (number: unknown) => typeof number === 'number' && number > 0;
  return (
    (flopsPerSecond === null || isNumber(flopsPerSecond)) &&
    (peak === null || (isNumber(peak?.flopsPerSecond) && isNumber(peak?.bytesPerSecond)))
  );
}
