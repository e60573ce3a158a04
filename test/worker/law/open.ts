/** A session of the worker of the laws without a worker, and runs for it. */

import { lawRunsOf } from '../../../src/formats/lawRuns.ts';
import { readRunsTable } from '../../../src/formats/runs/csv.ts';
import type { LawCommand, LawEvent, LawReply } from '../../../src/worker/api/law.ts';
import { lawSession } from '../../../src/worker/law/session.ts';
import { bilingualTable } from '../../cli/lawRuns.ts';

export function openSession() {
  const door = lawSession('0.0.0-test');
  const events: LawEvent[] = [];
  door.listen((event) => events.push(event));
  let calls = 0;
  const begin = <C extends LawCommand>(command: C) => {
    const call = ++calls;
    const answer = door.send(call, command);
    return { answer, abort: () => door.abort(call) };
  };
  const send = async <C extends LawCommand>(command: C): Promise<LawReply[C['command']]> => {
    const outcome = await begin(command).answer;
    if (!outcome.ok) throw new Error(`${outcome.failure.kind}: ${outcome.failure.message}`);
    return outcome.value as LawReply[C['command']];
  };
  return { begin, send, events };
}

/** Runs of all kinds from a known law of m3's form, in columns. */
export function m3Runs(id: number, from = 0, to?: number) {
  const read = readRunsTable(bilingualTable(), 'runs.csv');
  const runs = lawRunsOf(id, read.rows.slice(from, to));
  const about = {
    sources: [{ file: 'runs.csv', rows: read.rows.length, columns: read.columns }],
    columns: read.columns,
    leftOut: read.leftOut,
    chosen: [],
  };
  return { runs, about, rows: read.rows };
}
