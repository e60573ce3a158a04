/** What a sweep's runs are called below its own name: what tells them apart, and not what the sweep is called. */

import { html, nothing } from 'lit';
import type { SweepRun } from '../../../worker/api/sweep.ts';
import { symbol } from '../../parts/symbol.ts';
import { kindWords } from '../../runs/kinds.ts';
import type { Label, LabelOf } from '../../runs/table/label.ts';
import { type Cell, cellsOf } from '../multiples/cells.ts';

type Telling = Pick<Cell, 'kind' | 'parts'> & { readonly name: string; readonly seed: number | null };

/** A run that a person has named is called so, as are runs that differ in what no symbol stands for. */
export function labelsOf(runs: readonly SweepRun[]): LabelOf {
  const cells = cellsOf(runs);
  const hasKinds = new Set(cells.map(({ kind }) => kind)).size > 1;
  const hasSeeds = new Set(runs.map(({ seed }) => seed)).size > 1;
  const telling = new Map<string, Telling>();
  for (const { kind, parts, runs: ofCell } of cells) {
    const areSeeds = new Set(ofCell.map(({ seed }) => seed)).size === ofCell.length;
    if (!areSeeds || (parts.length === 0 && !hasKinds && !hasSeeds)) continue;
    for (const { id, name, seed } of ofCell)
      telling.set(id, { kind, parts, name, seed: hasSeeds ? seed : null });
  }
  return ({ id, name }, isGroup) => {
    const told = telling.get(id);
    return told && told.name === name ? labelOf(told, { hasKinds, isGroup }) : null;
  };
}

/** `one stage · D_T 16,384 · r 0.25 · seed 2`. */
function labelOf(
  { kind, parts, seed }: Telling,
  { hasKinds, isGroup }: { readonly hasKinds: boolean; readonly isGroup: boolean },
): Label | null {
  const all: Label[] = [
    ...(hasKinds ? [plain(kindWords(kind))] : []),
    ...parts.map(({ of, value }) => ({ words: `${of} ${value}`, drawn: html`${symbol(of)} ${value}` })),
    ...(seed === null || isGroup ? [] : [plain(`seed ${seed}`)]),
  ];
  if (all.length === 0) return null;
  return {
    words: all.map(({ words }) => words).join(' · '),
    drawn: all.map(({ drawn }, index) => html`${index > 0 ? ' · ' : nothing}${drawn}`),
  };
}

function plain(words: string): Label {
  return { words, drawn: words };
}
