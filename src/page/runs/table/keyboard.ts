/** What a key does in the table, by the pattern for tree grids whose rows have the focus. */

import type { Line } from './lines.ts';

export type TableAct =
  | { readonly act: 'go'; readonly to: number; readonly isSelecting: boolean }
  | { readonly act: 'select' | 'selectAll' | 'rename' | 'remove' | 'fold' | 'unfold' };

export type KeyPress = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

type At = {
  /** The line that has the focus; −1 for none. */
  readonly active: number;
  readonly lines: readonly Line[];
  /** How many lines are seen at once. */
  readonly page: number;
};

/** Null for keys that are not the table's. */
export function actOf(press: KeyPress, { active, lines, page }: At): TableAct | null {
  if (press.altKey || lines.length === 0) return null;
  if (press.ctrlKey || press.metaKey) return press.key.toLowerCase() === 'a' ? { act: 'selectAll' } : null;
  const line = lines[active];
  const go = (to: number): TableAct => ({
    act: 'go',
    to: Math.min(lines.length - 1, Math.max(0, to)),
    isSelecting: press.shiftKey,
  });
  switch (press.key) {
    case 'ArrowDown':
      return go(active + 1);
    case 'ArrowUp':
      return go(active - 1);
    case 'PageDown':
      return go(active + page);
    case 'PageUp':
      return go(active - page);
    case 'Home':
      return go(0);
    case 'End':
      return go(lines.length - 1);
    case 'ArrowRight':
      return line?.kind === 'group' && !line.isOpen ? { act: 'unfold' } : null;
    case 'ArrowLeft':
      return foldOf(active, lines);
    case ' ':
      return line ? { act: 'select' } : null;
    case 'Enter':
    case 'F2':
      if (line?.kind === 'group') return press.key === 'F2' ? null : { act: line.isOpen ? 'fold' : 'unfold' };
      return line ? { act: 'rename' } : null;
    case 'Delete':
      return line ? { act: 'remove' } : null;
    default:
      return null;
  }
}

/** From a group's run to the group, and from there to its folded form. */
function foldOf(active: number, lines: readonly Line[]): TableAct | null {
  const line = lines[active];
  if (line?.kind === 'group') return line.isOpen ? { act: 'fold' } : null;
  if (!line?.isInGroup) return null;
  const group = lines.slice(0, active).findLastIndex(({ kind }) => kind === 'group');
  return group < 0 ? null : { act: 'go', to: group, isSelecting: false };
}
