/** Commands about sweeps. */

import { formatManifest } from '../../formats/manifest.ts';
import type { QueuedSweep } from '../../formats/queuedSweep.ts';
import type { SweepDesign } from '../../formats/sweepDesignFields.ts';
import { createWebGpuEngine } from '../../model/fleet/webgpuEngine.ts';
import type { Store } from '../../store/store.ts';
import { manifestRuns } from '../../sweep/design/lines.ts';
import { adoptManifest } from '../../sweep/run/folder.ts';
import type { CostFacts, SweepCommand, SweepReply } from '../api/sweep.ts';
import { NotNowError } from '../failures.ts';
import { fleetMemory } from '../fleetMemory.ts';
import type { GpuHolder } from '../gpuHolder.ts';
import type { GpuTurn } from '../gpuTurn.ts';
import type { Notebook } from '../notebook.ts';
import type { Handlers } from '../serve.ts';
import type { Teller } from '../teller.ts';
import { manifestFacts, sum } from './planFacts.ts';
import type { Planning } from './planning.ts';
import type { QueueNotes } from './queueNotes.ts';
import { addRound } from './rounds.ts';
import { sweepCurves, sweepRuns } from './sweepFiles.ts';
import { manifestOf, SWEEPS, sweepFolder } from './sweepFolder.ts';
import type { SweepQueue } from './sweepQueue.ts';

export type SweepDeskOptions = {
  readonly store: Store;
  readonly gpu: GpuHolder;
  readonly turn: GpuTurn;
  readonly teller: Teller;
  readonly planning: Planning;
  readonly notes: QueueNotes;
  readonly queue: SweepQueue;
  readonly session: Pick<Notebook, 'hold'>;
};

export function sweepCommands(options: SweepDeskOptions): Handlers<SweepCommand, SweepReply> {
  const { store, planning, notes, queue } = options;
  const folderOf = (id: string) => sweepFolder(store, id);
  const sweepOf = async (id: string): Promise<QueuedSweep> => {
    const entry = (await notes.read()).find((one) => one.id === id);
    if (!entry) throw new NotNowError('This sweep is no longer in the queue.');
    return entry.sweep;
  };
  /** Changes the notes, and lets the queue go by them. */
  const changing = async (change: Promise<unknown>): Promise<null> => {
    await change;
    queue.changed();
    return null;
  };
  return {
    planSweep: ({ design }, signal) => planning.facts(design, signal),
    estimateSweep: ({ design }, signal) => estimate(design, options, signal),
    async sweepManifest({ of }, signal) {
      if ('design' in of) return planning.manifest(of.design, signal);
      const runs = await manifestOf(folderOf(of.sweep));
      return manifestFacts(formatManifest(runs), runs);
    },
    sweepDesign: async ({ sweep }) => (await sweepOf(sweep)).design,
    enqueueSweep: ({ design, name }, signal) => enqueue(design, name, options, signal),
    async queue() {
      await notes.read();
      return queue.facts;
    },
    async runQueue({ run }) {
      await notes.changeAll(({ sweep }) => (sweep.done ? sweep : setGoing(sweep, run)));
      queue.unblock();
      return null;
    },
    async pauseSweep({ sweep, paused }) {
      await notes.change(sweep, (now) => setGoing(now, !paused));
      queue.unblock();
      return null;
    },
    moveSweep: ({ sweep, to }) => changing(notes.move(sweep, to)),
    async removeSweep({ sweep }) {
      await changing(notes.remove(sweep));
      await queue.untilLeft(sweep);
      await store.remove(`${SWEEPS}/${sweep}`);
      return null;
    },
    stopSweepRun: ({ sweep, run, stopped }) =>
      changing(
        notes.change(sweep, (now) => ({
          ...now,
          stopped: [...now.stopped.filter((id) => id !== run), ...(stopped ? [run] : [])],
          done: now.done && stopped,
        })),
      ),
    sweepRuns: async ({ sweep }) => sweepRuns(folderOf(sweep), await sweepOf(sweep)),
    sweepCurves: ({ sweep, runs }) => sweepCurves(folderOf(sweep), runs),
  };
}

/** Going on, what stood in its way is forgotten, and so are runs that could not be: it is tried anew. */
function setGoing(sweep: QueuedSweep, isGoing: boolean): QueuedSweep {
  return { ...sweep, paused: !isGoing, ...(isGoing && { failure: null, refused: [] }) };
}

async function enqueue(
  design: string,
  name: string,
  { store, planning, notes, queue, session }: SweepDeskOptions,
  signal: AbortSignal,
): Promise<string> {
  // Planned at leisure first, and below, as it mostly still is, while no text can be thrown away that is not noted yet.
  await planning.runs(design, signal);
  const id = crypto.randomUUID().slice(0, ID_DIGITS);
  try {
    await session.hold(async () => {
      const planned = await planning.runs(design, signal);
      await notes.add(id, await begin(sweepFolder(store, id), planned, { id, name }, signal));
    });
  } catch (error) {
    await store.remove(`${SWEEPS}/${id}`).catch(() => {});
    throw error;
  }
  await queue.look();
  return id;
}

const ID_DIGITS = 8;

/** Writes the folder of a sweep, and gives what the queue notes of it. */
async function begin(
  folder: Store,
  planned: Awaited<ReturnType<Planning['runs']>>,
  { id, name }: { readonly id: string; readonly name: string },
  signal: AbortSignal,
): Promise<QueuedSweep> {
  const { designs, keys, runs } = planned;
  const adaptive = designs[0]?.adaptive ?? null;
  const lines = adaptive ? (await addRound(folder, planned, id, signal)).lines : manifestRuns(runs);
  if (!adaptive) await adoptManifest(folder, { text: formatManifest(lines), runs: lines }, id);
  return {
    version: 1,
    name: name.trim() === '' ? (designs[0]?.name ?? id) : name.trim(),
    addedAt: Date.now(),
    design: designText(designs),
    perRound: adaptive?.runs ?? null,
    texts: [...keys],
    paused: false,
    stopped: [],
    refused: [],
    failure: null,
    done: false,
    runs: lines.length,
    finished: 0,
    flops: sum(lines, ({ flops }) => flops),
    flopsDone: 0,
  };
}

/** The design with the full names of its texts: what is here may be called otherwise when the next round is chosen. */
function designText(designs: readonly SweepDesign[]): string {
  const [only, ...more] = designs;
  return JSON.stringify(more.length === 0 ? only : { version: 1, designs }, null, 2);
}

async function estimate(
  design: string,
  { gpu, turn, teller, planning }: SweepDeskOptions,
  signal: AbortSignal,
): Promise<CostFacts> {
  const giveBack = await turn.take('profile');
  try {
    const device = await gpu.device();
    const tuner = await gpu.tuner();
    try {
      const engine = createWebGpuEngine(device, tuner && { tuner });
      return await planning.cost(design, { engine, memoryBytes: () => fleetMemory(device) }, signal);
    } finally {
      if (tuner) teller.tell({ event: 'tuning', classes: null });
    }
  } finally {
    giveBack();
  }
}
