/** Says what is under way: in the header, and to those who do not see the page. */

import { effect } from '@preact/signals-core';
import { decimals, whole } from '../parts/format.ts';
import { hrefOf } from '../shell/router.ts';
import type { RunRow } from './fleetState.ts';
import { bestRun } from './runs/best.ts';
import type { TrainState } from './state.ts';

/** Gives a stop. */
export function keepTelling({ app, fleet }: TrainState): () => void {
  const stopHeader = effect(() => {
    const phase = fleet.phase.value;
    if (!fleet.busy.value) {
      if (app.underWay.peek()?.href === hrefOf('train')) app.underWay.value = null;
      return;
    }
    const { steps = 0, totalSteps = 0 } = fleet.progress.value ?? {};
    const share = totalSteps > 0 ? `, ${Math.floor((100 * steps) / totalSteps)} %` : '';
    const words = phase === 'paused' ? 'Paused' : phase === 'training' ? 'Training' : 'At work';
    const before = app.underWay.peek();
    const now = { words: `${words}${share}`, href: hrefOf('train') };
    // The header is drawn anew only where it says something else.
    if (before?.words !== now.words || before.href !== now.href) app.underWay.value = now;
  });
  const stopSpeech = effect(() => {
    const words = spoken(fleet.phase.value === 'done', fleet.rows.value);
    if (words !== null) app.say(words);
  });
  return () => {
    stopHeader();
    stopSpeech();
  };
}

/** How the runs stand, in a sentence; null where nothing was measured. */
export function spoken(isDone: boolean, rows: readonly RunRow[]): string | null {
  const measured = rows.filter(({ targetBits }) => targetBits !== null);
  const [first] = [...measured].sort((a, b) => (a.targetBits ?? 0) - (b.targetBits ?? 0));
  if (!first) return null;
  const bits = `${decimals(first.targetBits, 2)} bits per byte on the target`;
  if (isDone) {
    const best = bestRun(rows);
    const doubt = best && !best.clear ? ', within the noise of the next' : '';
    return `Finished. ${first.run} is lowest with ${bits}${doubt}.`;
  }
  const step = Math.max(...rows.map((row) => row.step));
  return `Step ${whole(step)}. ${measured.length > 1 ? `${first.run} leads with ${bits}` : `${first.run}: ${bits}`}.`;
}
