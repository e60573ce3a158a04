/** What a sweep's folder says of its runs: where each stands, and its curve as it was last saved. */

import { ConfigError } from '../../formats/configError.ts';
import { JsonError } from '../../formats/json.ts';
import type { QueuedSweep } from '../../formats/queuedSweep.ts';
import type { RunRecord } from '../../formats/record.ts';
import type { Store } from '../../store/store.ts';
import { findRecord, recordedIds, WORK, workFolder } from '../../sweep/run/folder.ts';
import { readSavedRun } from '../../train/checkpoint/checkpoint.ts';
import { CheckpointError } from '../../train/checkpoint/error.ts';
import type { SweepCurve, SweepRun } from '../api/sweep.ts';
import { runFacts } from './planFacts.ts';
import { manifestOf, readRounds } from './sweepFolder.ts';

/** In the order of the manifest. Throws `JsonError` and `ConfigError` where that cannot be read. */
export async function sweepRuns(folder: Store, sweep: QueuedSweep): Promise<SweepRun[]> {
  const done = new Set(await recordedIds(folder));
  const begun = new Set((await folder.list(WORK)).map((path) => path.split('/')[1] ?? ''));
  const stopped = new Set(sweep.stopped);
  const refused = new Set(sweep.refused.map(({ run }) => run));
  const roundOf = new Map<string, number>();
  for (const [index, { runs }] of (await readRounds(folder)).entries())
    for (const run of runs) roundOf.set(run, index + 1);
  const statusOf = (id: string): SweepRun['status'] => {
    if (done.has(id)) return 'done';
    if (refused.has(id)) return 'refused';
    if (stopped.has(id)) return 'stopped';
    return begun.has(id) ? 'begun' : 'open';
  };
  return (await manifestOf(folder)).map((run) => ({
    ...runFacts(run),
    status: statusOf(run.id),
    round: roundOf.get(run.id) ?? null,
  }));
}

/** Of those that have one. */
export async function sweepCurves(folder: Store, ids: readonly string[]): Promise<SweepCurve[]> {
  const curves: SweepCurve[] = [];
  for (const id of ids) {
    const record = await savedRecord(folder, id);
    if (record) curves.push(curveOf(id, record));
  }
  return curves;
}

async function savedRecord(folder: Store, id: string): Promise<RunRecord | null> {
  const found = await findRecord(folder, id);
  if (found.kind === 'finished') return found.record;
  try {
    return (await readSavedRun(folder, workFolder(id)))?.record ?? null;
  } catch (error) {
    const isDamage =
      error instanceof CheckpointError || error instanceof JsonError || error instanceof ConfigError;
    if (!isDamage) throw error;
    return null;
  }
}

export function curveOf(run: string, { curve, final, references }: RunRecord): SweepCurve {
  const looks = curve.flatMap(({ tokens, targetLoss }) =>
    targetLoss === undefined ? [] : [{ tokens, targetLoss }],
  );
  // Of one text nats a token and bits a byte differ by one factor.
  const bitsPerNat = final ? final.best.targetBitsPerByte / final.best.targetLoss : 1 / Math.LN2;
  return {
    run,
    tokens: Float64Array.from(looks, ({ tokens }) => tokens),
    targetBits: Float32Array.from(looks, ({ targetLoss }) => targetLoss * bitsPerNat),
    floorBits: references?.floorBitsPerByte ?? null,
  };
}
