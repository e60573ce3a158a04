/** What `m3lab verify` says of runs that were trained again. */

import type { RunRecord } from '../../formats/record.ts';
import { table } from './words.ts';

export type Verified = {
  readonly record: RunRecord;
  readonly again: RunRecord;
  /** Relative. */
  readonly difference: number;
};

export function verifiedTable(verified: readonly Verified[], tolerance: number): string {
  const rows = verified.map(({ record, again, difference }) => [
    record.id,
    nats(record),
    nats(again),
    difference === 0 ? 'to the bit' : difference.toExponential(1),
    difference <= tolerance ? '' : 'different',
    record.config.name,
  ]);
  const header = ['id', 'recorded', 'again', 'difference', '', 'run'];
  const devices = new Set(verified.map(({ record }) => record.device.description));
  const here = verified[0]?.again.device.description ?? '';
  const elsewhere = [...devices].filter((device) => device !== here);
  const note =
    elsewhere.length === 0 ? '' : `recorded on ${elsewhere.join(', ')}; trained again on ${here}\n`;
  return `${table([header, ...rows], header.length)}\n${note}`;
}

function nats({ final }: RunRecord): string {
  return final === null ? 'none' : `${final.targetLoss.toFixed(7)} nats`;
}
