/** What stands in a table in the place of runs' names, where they all begin alike and what tells them apart stands at their end. */

import type { RunSummary } from '../../../formats/runSummary.ts';
import { groupName } from './groups.ts';
import type { Line } from './lines.ts';

export type Label = {
  readonly words: string;
  /** The same as it is drawn, symbols set. */
  readonly drawn: unknown;
};

/** Null for a run that is called by its name. Of a group the label says no seed. */
export type LabelOf = (run: RunSummary, isGroup: boolean) => Label | null;

export function labelOfLine(line: Line, labelOf: LabelOf | null): Label {
  const label = line.kind === 'run' ? labelOf?.(line.run, false) : labelOf?.(line.group.first, true);
  if (label) return label;
  const words = line.kind === 'run' ? line.run.name : groupName(line.group);
  return { words, drawn: words };
}

/** The whole name: a label leaves out what others have as well, and a narrow column its end. */
export function nameOfLine(line: Line): string {
  return line.kind === 'run' ? line.run.name : groupName(line.group);
}
