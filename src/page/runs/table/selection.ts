/** Which runs are selected after an act, and where the focus goes. */

import type { RunSummary } from '../../../formats/runSummary.ts';
import { type Line, runsOfLine } from './lines.ts';

export function withRuns(
  selected: ReadonlySet<string>,
  runs: readonly RunSummary[],
  isWanted: boolean,
): ReadonlySet<string> {
  const ids = new Set(selected);
  for (const { id } of runs) {
    if (isWanted) ids.add(id);
    else ids.delete(id);
  }
  return ids;
}

/** From one line to another, both among them, whichever comes first; of one that is not there only the other. */
export function runsBetween(lines: readonly Line[], from: string, to: string): readonly RunSummary[] {
  const places = [from, to].map((key) => lines.findIndex((line) => line.key === key)).filter((at) => at >= 0);
  if (places.length === 0) return [];
  const between = lines.slice(Math.min(...places), Math.max(...places) + 1);
  // An open group and its runs are both lines.
  return [...new Set(between.flatMap(runsOfLine))];
}

/** The line that takes the focus when runs are gone: the next that stays, else the last before. */
export function nextAfter(
  lines: readonly Line[],
  active: string | null,
  gone: ReadonlySet<string>,
): string | null {
  const place = lines.findIndex(({ key }) => key === active);
  const before = lines.slice(0, Math.max(0, place)).reverse();
  const stays = (line: Line) => runsOfLine(line).some(({ id }) => !gone.has(id));
  return [...lines.slice(Math.max(0, place)), ...before].find(stays)?.key ?? null;
}
