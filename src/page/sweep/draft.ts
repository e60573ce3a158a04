/** The design that a person is writing: it is still there after the page was loaded anew, as long as its tab is open. */

import { effect } from '@preact/signals-core';
import type { SweepState } from './state.ts';

const STORED_AS = 'm3lab-sweep-design';

/** Puts back what was written before, and from then on keeps what is written; to be called once. */
export function keepDraft(state: SweepState): void {
  const before = stored();
  if (before !== null && before !== state.text.peek()) state.setText(before);
  let isFirst = true;
  effect(() => {
    const text = state.text.value;
    if (!isFirst) store(text);
    isFirst = false;
  });
}

function stored(): string | null {
  try {
    return sessionStorage.getItem(STORED_AS);
  } catch {
    return null;
  }
}

function store(text: string): void {
  try {
    sessionStorage.setItem(STORED_AS, text);
  } catch {
    // Without storage it lives as long as the page does.
  }
}
