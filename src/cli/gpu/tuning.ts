/** The kernels that suit a command's device: measured at first use, then remembered. */

import { Option } from 'commander';
import packageJson from '../../../package.json' with { type: 'json' };
import type { TuningPlace } from '../../formats/tuningTable.ts';
import type { GpuDevice } from '../../gpu/device.ts';
import { kernelsFingerprint } from '../../gpu/tuning/fingerprint.ts';
import type { TuningTable } from '../../gpu/tuning/table.ts';
import { Tuner } from '../../gpu/tuning/tuner.ts';
import { FolderStore } from '../../store/folder.ts';
import { TuningCache } from '../../store/tuningCache.ts';
import { cacheFolder } from '../files/cacheFolder.ts';
import type { Io } from '../io.ts';
import { VERSION } from '../versions.ts';

/** `auto` measures and remembers; `off` takes a fixed table, the same on every device of a kind. */
export type TuningChoice = 'auto' | 'off';

const TUNING_CHOICES: readonly TuningChoice[] = ['auto', 'off'];

/** The option of every command that chooses kernels. */
export function tuningOption(): Option {
  return new Option('--tuning <choice>', 'choose kernels by measurement, or take a fixed table')
    .choices(TUNING_CHOICES)
    .default('auto');
}

const FIRST_USE =
  'first use on this device: measuring which kernels suit it, once (--tuning off takes a fixed table)';
/** A few kilobytes are written in a few milliseconds. */
const MOST_WAIT_MS = 3000;

/** Caches that may still be writing; a process that ends must wait for them. */
const caches = new Set<TuningCache>();

function placeOf({ facts }: GpuDevice): TuningPlace {
  const { vendor, architecture, device, description } = facts;
  return {
    adapter: { vendor, architecture, device, description },
    runtime: `Dawn ${packageJson.dependencies.webgpu} on ${process.platform}-${process.arch}`,
    engine: `${VERSION} ${kernelsFingerprint()}`,
  };
}

function openCache(gpu: GpuDevice, io: Io): TuningCache {
  return new TuningCache(new FolderStore(cacheFolder()), placeOf(gpu), (words) => io.say(`note: ${words}`));
}

/** What an earlier command has measured on this adapter; null where there is nothing. */
export function readTuning(gpu: GpuDevice, io: Io): Promise<TuningTable | null> {
  return openCache(gpu, io).read();
}

/** A tuner that knows what was measured before and keeps what it measures; undefined where none is wanted. */
export async function openTuner(gpu: GpuDevice, choice: TuningChoice, io: Io): Promise<Tuner | undefined> {
  if (choice === 'off') return undefined;
  const cache = openCache(gpu, io);
  caches.add(cache);
  const table = await cache.read();
  let classes = 0;
  return new Tuner(gpu, {
    ...(table && { table }),
    onMeasuring: (name) => {
      if (classes++ === 0) io.say(FIRST_USE);
      io.progress(`measuring kernels: ${classes}, ${name} …`);
    },
    onMeasured: (measured) => {
      io.progress('');
      cache.keep(measured);
    },
  });
}

/** Resolves when what was measured is kept, or cannot be in reasonable time; never rejects. */
export async function tuningKept(): Promise<void> {
  const kept = Promise.all([...caches].map((cache) => cache.settled()));
  // Node's mkdir never returns for some folders that cannot be (below /proc, say).
  const late = new Promise((resolve) => setTimeout(resolve, MOST_WAIT_MS));
  await Promise.race([kept, late]);
  caches.clear();
}
