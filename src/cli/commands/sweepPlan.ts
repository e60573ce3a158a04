/** `m3lab sweep plan`: a design becomes a manifest, and what it will cost is said before anything runs. */

import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { formatManifest } from '../../formats/manifest.ts';
import { parseSweepDesignsText } from '../../formats/sweepDesign.ts';
import { WebGpuUnavailableError } from '../../gpu/errors.ts';
import { createWebGpuEngine } from '../../model/fleet/webgpuEngine.ts';
import type { PlannedRun } from '../../sweep/design/complete.ts';
import { DeviceMemoryError, estimateSweep, type SweepEstimate } from '../../sweep/design/estimate.ts';
import { manifestRuns } from '../../sweep/design/lines.ts';
import { dropReasons, planSweep, type SweepPlan } from '../../sweep/design/planSweep.ts';
import { wholeNumber } from '../arguments.ts';
import { readTextFile } from '../files/files.ts';
import { OutputFile } from '../files/outputFile.ts';
import { DawnError } from '../gpu/dawn.ts';
import { openGpu } from '../gpu/device.ts';
import { openTuner, TUNING_CHOICES, type TuningChoice } from '../gpu/tuning.ts';
import type { Io } from '../io.ts';
import { InputError } from '../report.ts';
import { type PlanTexts, planTexts } from '../sweep/planTexts.ts';
import { DESIGN_HELP, planSummary, planWords, reasonLines } from '../words/sweepPlan.ts';

type PlanOptions = {
  readonly out: string;
  readonly force?: boolean;
  readonly measure: boolean;
  readonly fleet: number | 'auto';
  readonly tuning: TuningChoice;
};

/** Of the memory that is free, what a fleet may take where a processor plays the GPU, as in `m3lab train`. */
const MEMORY_SHARE = 0.5;

export function sweepPlanCommand(ioOf: (command: Command) => Io): Command {
  const count = wholeNumber(1);
  return new Command('plan')
    .summary('turn a design into a manifest, and say what it will cost')
    .description(
      'Plans every combination of the lists of a design, fills in what is free, leaves out what cannot be (and says why), and writes ' +
        'one run a line. What it will take is measured on this device in a few seconds.',
    )
    .argument('<design>', 'design of the sweep (JSON)')
    .requiredOption('--out <file>', 'manifest to write (JSON lines)')
    .option('--force', 'replace a manifest that is there and says something else')
    .option('--no-measure', 'ask no device: FLOPs are then 6·N·D, and memory and time are not said')
    .addOption(
      new Option('--fleet <n>', 'runs side by side, for the estimate; auto: as memory and speed suggest')
        .argParser((text) => (text === 'auto' ? text : count(text)))
        .default('auto'),
    )
    .addOption(
      new Option('--tuning <choice>', 'choose kernels by measurement, or take a fixed table')
        .choices(TUNING_CHOICES)
        .default('auto'),
    )
    .option('--json', 'one JSON value on stdout: counts, reasons, FLOPs, fleets, seconds')
    .addHelpText('after', `\n${DESIGN_HELP}`)
    .action(async (path: string, options: PlanOptions, command: Command) => {
      await plan(path, options, ioOf(command));
    });
}

async function plan(path: string, options: PlanOptions, io: Io): Promise<void> {
  const { out, force, measure } = options;
  const designs = parseSweepDesignsText(await readTextFile(path, 'design'), path);
  const file = await OutputFile.begin(out, '--out', force ? 'replace' : 'keep if same');
  try {
    const texts = planTexts(path, io);
    const sweep = await planSweep(designs, { readTexts: texts.readTexts, signal: io.signal });
    if (sweep.runs.length === 0) throw new InputError(nothingLeft(path, sweep));
    const estimate = measure ? await estimated(sweep.runs, texts, options, io) : null;
    const runs = estimate?.runs ?? sweep.runs;
    await file.write(formatManifest(manifestRuns(runs, relocation(path, out))));
    await file.commit();
    const summary = planSummary({ ...sweep, runs }, estimate);
    io.say(planWords(summary));
    io.say(`${out}: ${runs.length === 1 ? 'one run' : `${runs.length.toLocaleString('en')} runs`}`);
    if (io.json) io.value({ manifest: out, ...summary });
  } catch (error) {
    await file.abandon();
    throw error;
  } finally {
    io.progress('');
  }
}

/** Null where there is no device: a machine that plans need not be one that trains. */
async function estimated(
  runs: readonly PlannedRun[],
  texts: PlanTexts,
  { fleet, tuning }: PlanOptions,
  io: Io,
): Promise<SweepEstimate | null> {
  const gpu = await openGpu(io).catch((error: unknown) => {
    if (!(error instanceof WebGpuUnavailableError || error instanceof DawnError)) throw error;
    io.say(`note: nothing is measured, for there is no device here: ${error.message}`);
    return null;
  });
  if (!gpu) return null;
  try {
    const tuner = await openTuner(gpu, tuning, io);
    return await estimateSweep(runs, {
      engine: createWebGpuEngine(gpu, tuner && { tuner }),
      corporaOf: texts.corporaOf,
      memoryBytes: () => (gpu.facts.software ? MEMORY_SHARE * process.availableMemory() : null),
      ...(fleet !== 'auto' && { fleetSize: fleet }),
      signal: io.signal,
      onProgress: (done, all) => io.progress(`measuring fleets: ${done} of ${all} …`),
    });
  } catch (error) {
    throw error instanceof DeviceMemoryError
      ? new InputError(`model, optimizer.batch: ${error.message}`)
      : error;
  } finally {
    gpu.destroy();
  }
}

/** Paths of the design, which begin at its folder, as they are from the manifest's; so both may be moved together. */
function relocation(design: string, manifest: string): (path: string) => string {
  const from = dirname(resolve(manifest));
  const folder = dirname(resolve(design));
  return (path) => (isAbsolute(path) ? path : relative(from, resolve(folder, path)).replaceAll('\\', '/'));
}

function nothingLeft(path: string, { dropped }: SweepPlan): string {
  return [`${path}: no run of this design can be`, ...reasonLines(dropReasons(dropped))].join('\n');
}
