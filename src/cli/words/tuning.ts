/** What was measured to choose kernels, for people. */

import type { TuningTable } from '../../gpu/tuning/table.ts';
import { table as inColumns } from './words.ts';

const NOTHING =
  'kernels: this version has measured nothing on this adapter yet; the first m3lab train or bench does it (--tuning off does not)';

/** Each class with the times of its candidates, the chosen one first. */
export function tuningWords(tuning: TuningTable | null): string {
  if (tuning === null || Object.keys(tuning).length === 0) return NOTHING;
  const rows: string[][] = [];
  for (const [name, { variant, candidates }] of Object.entries(tuning)) {
    const others = candidates.filter((one) => one.variant !== variant).sort(byTime);
    const chosen = candidates.find((one) => one.variant === variant);
    rows.push([name, '', '']);
    rows.push([`  ${variant}`, timeWords(chosen?.milliseconds ?? null), 'chosen']);
    for (const { variant: other, milliseconds, failure } of others) {
      rows.push([`  ${other}`, timeWords(milliseconds), failure === null ? '' : `failed: ${failure}`]);
    }
  }
  const width = Math.max(...rows.map(([, , remark]) => remark?.length ?? 0));
  // The last column is words: padded, so that lining up to the right leaves them at the left.
  return `kernels chosen by measurement, with the time of one dispatch:\n${inColumns(
    rows.map(([name = '', time = '', remark = '']) => [name, time, remark.padEnd(width)]),
  )}`;
}

function byTime(a: { milliseconds: number | null }, b: { milliseconds: number | null }): number {
  return (a.milliseconds ?? Number.POSITIVE_INFINITY) - (b.milliseconds ?? Number.POSITIVE_INFINITY);
}

function timeWords(milliseconds: number | null): string {
  return milliseconds === null ? '–' : `${milliseconds.toPrecision(3)} ms`;
}
