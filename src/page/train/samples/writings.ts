/** What runs have written from the same prompt, from the first of them to the newest. */

import type { Sample } from '../../../worker/api/fleet.ts';
import { whole } from '../../parts/format.ts';

export type Writing = { readonly step: number; readonly text: string };

export type Writings = {
  /** In the target language. */
  readonly prompt: string;
  /** By name; each list by rising steps. */
  readonly runs: ReadonlyMap<string, readonly Writing[]>;
};

/** Beyond this, every second of the earlier ones goes: what is long ago needs fewer. */
const MOST_WRITINGS = 24;

/** Adds what was told; another prompt begins anew. */
export function withSamples(before: Writings, prompt: string, samples: readonly Sample[]): Writings {
  const runs = new Map(before.prompt === prompt ? before.runs : []);
  for (const { run, step, text } of samples) {
    const earlier = (runs.get(run) ?? []).filter((writing) => writing.step < step);
    runs.set(run, thinned([...earlier, { step, text }]));
  }
  return { prompt, runs };
}

/** The last writing at or before a step; the first where there is none. */
export function writingAt(writings: readonly Writing[], step: number): Writing | undefined {
  return writings.findLast((writing) => writing.step <= step) ?? writings[0];
}

/** All steps at which anything was written, rising. */
export function stepsOf({ runs }: Writings): number[] {
  const steps = new Set([...runs.values()].flat().map(({ step }) => step));
  return [...steps].sort((a, b) => a - b);
}

/** Which text of each run stands as the earlier one: runs do not write after the same steps. */
export function earlierWords({ runs }: Writings, step: number, place: number): string {
  if ([...runs.values()].every((writings) => writings.some((writing) => writing.step === step)))
    return `step ${whole(step)}`;
  return place === 0 ? 'each one’s first text' : `each one’s last by step ${whole(step)}`;
}

function thinned(writings: readonly Writing[]): readonly Writing[] {
  if (writings.length <= MOST_WRITINGS) return writings;
  const last = writings.length - 1;
  return writings.filter((_, index) => index === 0 || index === last || index % 2 === 0);
}
