/** One sitting on one sweep: its runs are trained as far as they can be, over lost devices, until all are finished or it is told to stop. */

import type { ManifestRun } from '../../formats/manifest.ts';
import type { RunRecord } from '../../formats/record.ts';
import type { DeviceLostError } from '../../gpu/errors.ts';
import { createWebGpuEngine } from '../../model/fleet/webgpuEngine.ts';
import type { Store } from '../../store/store.ts';
import type { SweepEvent as Told } from '../../sweep/run/events.ts';
import { recordedIds, writeRecord } from '../../sweep/run/folder.ts';
import { runSweep, type SweepOutcome } from '../../sweep/run/runSweep.ts';
import { cutTasks } from '../../sweep/run/tasks.ts';
import { DeviceLosses } from '../deviceLosses.ts';
import { fleetMemory } from '../fleetMemory.ts';
import type { GpuHolder } from '../gpuHolder.ts';
import { tabIdentity } from './queueLock.ts';
import { KeepingStore, manifestOf, type RecordKeeper, SweepLostError, sweepFolder } from './sweepFolder.ts';
import { SweepTexts } from './sweepTexts.ts';

/** A reload loses no more than this. */
const CHECKPOINT_EVERY_S = 10;

export type SittingOptions = {
  readonly store: Store;
  readonly gpu: GpuHolder;
  readonly locks: LockManager | undefined;
  readonly keeper: RecordKeeper;
  /** Name → version, for the records. */
  readonly versions: Readonly<Record<string, string>>;
  readonly onEvent: (event: Told) => void;
  /** Hears that a lost device was opened again. */
  readonly onReopened: (lost: DeviceLostError) => void;
  /** Hears that the kernels of a task have been chosen. */
  readonly onTuned: () => void;
};

export type SittingWish = {
  readonly id: string;
  /** The library's collection that its runs go to. */
  readonly name: string;
  /** Runs that are passed over: ended by a person, or such as cannot be. */
  readonly without: ReadonlySet<string>;
};

/** Throws {@link SweepLostError}, and what texts, engine and store throw; an abort saves first, then rejects with an `AbortError`. */
export async function sit(
  { id, name, without }: SittingWish,
  options: SittingOptions,
  signal: AbortSignal,
): Promise<SweepOutcome> {
  const { store, keeper, gpu, locks, versions, onEvent, onReopened, onTuned } = options;
  const runs = await manifestOf(sweepFolder(store, id));
  // A sweep with nothing to train would count as done.
  if (runs.length === 0) throw new SweepLostError(id);
  const tagsOf = new Map(runs.map((run) => [run.id, run.tags] as const));
  const keep = (record: RunRecord) =>
    keeper.keep(record, { collection: name, tags: tagsOf.get(record.id) ?? {} });
  const folder = new KeepingStore(store, id, keep);
  await takeFinished(runs, sweepFolder(store, id), keeper, signal);
  const tasks = cutTasks(runs).map((task) => ({
    ...task,
    runs: task.runs.filter((run) => !without.has(run.id)),
  }));
  const texts = new SweepTexts({ store });
  const losses = new DeviceLosses();
  for (let lost: DeviceLostError | null = null; ; ) {
    try {
      const device = await gpu.device();
      const tuner = await gpu.tuner();
      if (lost) onReopened(lost);
      return await runSweep({
        tasks: tasks.filter((task) => task.runs.length > 0),
        store: folder,
        identity: tabIdentity(locks),
        engine: createWebGpuEngine(device, tuner && { tuner }),
        texts: (trained) => texts.ofRuns(trained, folder, signal),
        environment: () => ({ device: device.facts, versions }),
        memoryBytes: () => fleetMemory(device),
        checkpointEverySeconds: CHECKPOINT_EVERY_S,
        signal,
        onEvent: (event) => {
          if (event.event === 'checkpoint' || event.event === 'record') losses.saved();
          // Nothing else tells that kernels are no longer being measured.
          if (event.event === 'start' && tuner) onTuned();
          onEvent(event);
        },
      });
    } catch (error) {
      if (!losses.isWorthAnother(error)) throw error;
      lost = error;
    }
  }
}

/** What the library holds already is not trained again: the same id is the same run. */
async function takeFinished(
  runs: readonly ManifestRun[],
  folder: Store,
  keeper: RecordKeeper,
  signal: AbortSignal,
): Promise<void> {
  const recorded = new Set(await recordedIds(folder));
  const open = runs.filter(({ id }) => !recorded.has(id));
  for (const { id } of open) {
    signal.throwIfAborted();
    const record = await keeper.find(id);
    if (record) await writeRecord(folder, record);
  }
}
