/** Keyboard shortcuts: one key each, of a view or of the whole lab; silent where a person writes. */

import { type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { ViewName } from './router.ts';

export type Shortcut = {
  /** As `KeyboardEvent.key` gives it, letters in small: ` `, `.`, `/`, `l`, `[`, `?`. */
  readonly key: string;
  /** What it does, for the help: "Pause or resume". */
  readonly words: string;
  /** False: nothing was to be done, and the key does what it usually does. */
  readonly act: () => unknown;
};

/** Where a shortcut works: in one view while it is shown, or everywhere. */
export type KeyScope = ViewName | 'everywhere';

type Registered = Shortcut & { readonly scope: KeyScope };

const STORED_AS = 'm3lab:shortcuts';
const OFF = 'off';
const GRIDS = '[role="grid"], [role="treegrid"], [role="row"]';
/** What Space and Enter press. */
const PRESSES = `button, a[href], summary, [role="button"], [role="tab"], ${GRIDS}`;
/** What arrows and their like move, or scroll. */
const MOVES = `[role="slider"], [role="tab"], ${GRIDS}, [tabindex="0"]`;
const WRITES = 'input, select, textarea, [contenteditable], [role="textbox"]';
const PRESSING: ReadonlySet<string> = new Set([' ', 'Enter']);
const MOVING = /^(Arrow|Page|Home$|End$)/;

export class Keys {
  /** Whether shortcuts are heard at all; remembered. */
  readonly on: Signal<boolean> = signal(remembered());
  readonly #registered: Signal<readonly Registered[]> = signal([]);
  readonly #shown: () => ViewName;

  constructor(shown: () => ViewName) {
    this.#shown = shown;
    this.on.subscribe(remember);
  }

  /** All shortcuts, in the order in which they were registered; for the help. */
  get all(): ReadonlySignal<readonly Registered[]> {
    return this.#registered;
  }

  /** A later shortcut of the same key and place takes the earlier one's. Gives what takes it away again. */
  register(scope: KeyScope, ...shortcuts: readonly Shortcut[]): () => void {
    const mine = shortcuts.map((shortcut) => ({ ...shortcut, scope }));
    this.#registered.value = [...this.#registered.value, ...mine];
    return () => {
      this.#registered.value = this.#registered.value.filter((one) => !mine.includes(one));
    };
  }

  /** Hears what is pressed anywhere in the page. */
  listen(target: EventTarget = window): void {
    target.addEventListener('keydown', (event) => this.press(event as KeyboardEvent));
  }

  /** Acts where a shortcut is meant; what the view has goes before what holds everywhere. */
  press(event: KeyboardEvent): void {
    if (!this.on.value || event.defaultPrevented || event.isComposing || event.repeat) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (isTaken(event.composedPath(), key)) return;
    const found = this.#registered.value.filter((one) => one.key === key);
    const shortcut =
      found.findLast(({ scope }) => scope === this.#shown()) ??
      found.findLast(({ scope }) => scope === 'everywhere');
    if (shortcut && shortcut.act() !== false) event.preventDefault();
  }
}

/** Whether what has the focus needs the key itself, or a dialog lies over the page. */
function isTaken(path: readonly EventTarget[], key: string): boolean {
  const [presses, moves] = [PRESSING.has(key), MOVING.test(key)];
  return path.some((target) => {
    if (!(target instanceof Element)) return false;
    if (target instanceof HTMLDialogElement && target.open) return true;
    if (target.matches(WRITES)) return presses || moves || !isBox(target);
    return (presses && target.matches(PRESSES)) || (moves && target.matches(MOVES));
  });
}

/** Boxes, circles and sliders take no letters. */
function isBox(target: Element): boolean {
  return (
    target instanceof HTMLInputElement &&
    ['checkbox', 'radio', 'button', 'range', 'file'].includes(target.type)
  );
}

function remembered(): boolean {
  try {
    return localStorage.getItem(STORED_AS) !== OFF;
  } catch {
    return true;
  }
}

function remember(on: boolean): void {
  try {
    if (on) localStorage.removeItem(STORED_AS);
    else localStorage.setItem(STORED_AS, OFF);
  } catch {
    // Without storage it holds as long as the page does.
  }
}
