/** Shortcuts as the help lists them: one line for what is done, whichever keys do it in whichever views. */

import type { KeyScope, Shortcut } from '../keys.ts';
import { VIEW_FACTS } from '../views.ts';

export type KeyRow = {
  readonly names: readonly string[];
  readonly words: string;
  readonly where: string;
};

const KEY_NAMES: Readonly<Record<string, string>> = {
  ' ': 'Space',
  Escape: 'Esc',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
};

export function keyRows(shortcuts: readonly (Shortcut & { readonly scope: KeyScope })[]): KeyRow[] {
  const rows = new Map<string, { names: Set<string>; scopes: Set<KeyScope> }>();
  for (const { key, words, scope } of shortcuts) {
    const row = rows.get(words) ?? { names: new Set(), scopes: new Set() };
    row.names.add(nameOf(key));
    row.scopes.add(scope);
    rows.set(words, row);
  }
  return [...rows].map(([words, { names, scopes }]) => ({
    names: [...names],
    words,
    where: [...scopes]
      .map((scope) => (scope === 'everywhere' ? 'everywhere' : VIEW_FACTS[scope].title))
      .join(', '),
  }));
}

function nameOf(key: string): string {
  return KEY_NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}
