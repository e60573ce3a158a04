/** What is done for one sweep in one sitting: what is left of its manifest is trained, and of an adaptive one the next round is chosen. */

import type { DeviceLostError } from '../../gpu/errors.ts';
import type { Store } from '../../store/store.ts';
import type { SweepEvent as Told } from '../../sweep/run/events.ts';
import type { SweepOutcome } from '../../sweep/run/runSweep.ts';
import type { QueueState, RoundFacts } from '../api/sweep.ts';
import type { GpuHolder } from '../gpuHolder.ts';
import type { Teller } from '../teller.ts';
import type { LiveTask } from './liveTask.ts';
import type { Planning } from './planning.ts';
import { isSameList } from './queueFacts.ts';
import type { Entry, QueueNotes } from './queueNotes.ts';
import { rest } from './rest.ts';
import { addRound } from './rounds.ts';
import { sit } from './sitting.ts';
import { manifestOf, type RecordKeeper, readRounds, sweepFolder } from './sweepFolder.ts';

/** Where there are no locks: from one look at runs that others are at to the next. */
const LOOK_MS = 30_000;
/** Checkpoints of all runs of a fleet are made at once: one note is enough. */
const NOTE_MS = 5000;

export type WorkStage = {
  readonly store: Store;
  readonly gpu: GpuHolder;
  readonly locks: LockManager | undefined;
  readonly notes: QueueNotes;
  readonly keeper: RecordKeeper;
  readonly teller: Teller;
  readonly planning: Pick<Planning, 'runs'>;
  /** Name → version, for the records. */
  readonly versions: Readonly<Record<string, string>>;
  readonly enter: (state: QueueState) => void;
  readonly hear: (event: Told, live: LiveTask) => void;
  readonly setRounds: (id: string, rounds: readonly RoundFacts[]) => void;
};

/** Throws what texts, engine, store and fit throw; an abort saves first, then rejects with an `AbortError`. */
export async function workOn(
  entry: Entry,
  live: LiveTask,
  signal: AbortSignal,
  stage: WorkStage,
): Promise<void> {
  const { id, sweep } = entry;
  const outcome = await train(entry, live, signal, stage);
  if (outcome.left.size > 0) return rest(LOOK_MS, signal);
  if (sweep.perRound !== null && (await hasNextRound(entry, signal, stage))) return;
  // A run that is to go on since this began is still to be trained.
  await stage.notes.change(id, (now) => ({ ...now, done: isSameList(now.stopped, sweep.stopped) }));
}

async function train(
  { id, sweep }: Entry,
  live: LiveTask,
  signal: AbortSignal,
  stage: WorkStage,
): Promise<SweepOutcome> {
  const { notes, teller } = stage;
  const refused = new Map(sweep.refused.map((one) => [one.run, one] as const));
  let noted = performance.now();
  const note = () => {
    noted = performance.now();
    const { finished, flopsDone } = live.progress ?? sweep;
    return notes.change(id, (now) => ({ ...now, finished, flopsDone, refused: [...refused.values()] }));
  };
  const onEvent = (event: Told) => {
    if (event.event === 'refused') {
      const { id: run, field, problem } = event;
      refused.set(run, { run, field, problem });
    }
    stage.hear(event, live);
    // For other tabs, and after a visit that is cut off, the notes are all that is known.
    if (isWorthNoting(event, noted)) void note().catch(() => {});
  };
  const onReopened = ({ message }: DeviceLostError) =>
    teller.tell({
      event: 'notice',
      message: `${message} It has been opened again, and the queue goes on from the last checkpoint.`,
    });
  const onTuned = () => teller.tell({ event: 'tuning', classes: null });
  const without = new Set([...sweep.stopped, ...refused.keys()]);
  try {
    return await sit({ id, name: sweep.name, without }, { ...stage, onEvent, onReopened, onTuned }, signal);
  } finally {
    teller.flush();
    await note();
  }
}

/** Chooses the next round; gives whether there is one. */
async function hasNextRound({ id, sweep }: Entry, signal: AbortSignal, stage: WorkStage): Promise<boolean> {
  const { notes, planning, store } = stage;
  stage.enter('choosing');
  const planned = await planning.runs(sweep.design, signal);
  const folder = sweepFolder(store, id);
  const { lines } = await addRound(folder, planned, `tab-${id}`, signal);
  stage.setRounds(id, await readRounds(folder));
  // Counted anew: a visit may have been cut off between a round and its note.
  const all = await manifestOf(folder);
  const flops = all.reduce((sum, run) => sum + run.flops, 0);
  await notes.change(id, (now) => ({ ...now, runs: all.length, flops }));
  return lines.length > 0;
}

/** Runs that have ended, and now and then how far the others are. */
function isWorthNoting({ event }: Told, noted: number): boolean {
  if (event === 'record' || event === 'refused') return true;
  return event === 'checkpoint' && performance.now() - noted > NOTE_MS;
}
