/** What `m3lab sweep plan` does: a design with its texts → a manifest, and what it will cost on this device. */

import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { formatManifest } from '../../formats/manifest.ts';
import { parseSweepDesignsText } from '../../formats/sweepDesign.ts';
import { WebGpuUnavailableError } from '../../gpu/errors.ts';
import { createWebGpuEngine } from '../../model/fleet/webgpuEngine.ts';
import type { ChosenRound } from '../../sweep/adaptive/chooseRound.ts';
import type { PlannedRun } from '../../sweep/design/complete.ts';
import { DeviceMemoryError, estimateSweep, type SweepEstimate } from '../../sweep/design/estimate.ts';
import { manifestRuns } from '../../sweep/design/lines.ts';
import { dropReasons, planSweep, type SweepPlan } from '../../sweep/design/planSweep.ts';
import { type Savings, savingsOf } from '../../sweep/design/savings.ts';
import { readTextFile } from '../files/files.ts';
import { OutputFile } from '../files/outputFile.ts';
import { DawnError } from '../gpu/dawn.ts';
import { openGpu } from '../gpu/device.ts';
import { openTuner, type TuningChoice } from '../gpu/tuning.ts';
import type { Io } from '../io.ts';
import { InputError } from '../report.ts';
import { adaptiveSummary, adaptiveWords } from '../words/sweepAdaptive.ts';
import { planSummary, planWords, reasonLines } from '../words/sweepPlan.ts';
import { counted } from '../words/words.ts';
import { adaptiveRound, type KeptManifest, keptManifest } from './adaptiveRound.ts';
import { type PlanTexts, planTexts } from './planTexts.ts';

export type PlanOptions = {
  readonly out: string;
  readonly force?: boolean;
  readonly given?: readonly string[];
  readonly measure: boolean;
  readonly fleet: number | 'auto';
  readonly tuning: TuningChoice;
};

/** Of the memory that is free, what a fleet may take where a processor plays the GPU, as in `m3lab train`. */
const MEMORY_SHARE = 0.5;

const NO_MANIFEST: KeptManifest = { text: '', runs: [] };

/** Throws `InputError` and what reading design, texts and records throws; then nothing is written. */
export async function planDesign(path: string, options: PlanOptions, io: Io): Promise<void> {
  const { out, force, given } = options;
  const designs = parseSweepDesignsText(await readTextFile(path, 'design'), path);
  const isAdaptive = designs.some(({ adaptive }) => adaptive);
  if (given && !isAdaptive) {
    throw new InputError(
      `--given: ${path} is no adaptive design, whose runs follow from results; take the option out, or give the design {"adaptive": {"runs": n}}`,
    );
  }
  const kept = isAdaptive ? await keptManifest(options) : NO_MANIFEST;
  // An adaptive manifest grows at its end.
  const file = await OutputFile.begin(out, '--out', force || isAdaptive ? 'replace' : 'keep if same');
  try {
    const texts = planTexts(path, io);
    const sweep = await planSweep(designs, { readTexts: texts.readTexts, signal: io.signal });
    if (sweep.runs.length === 0) throw new InputError(nothingLeft(path, sweep));
    const round = isAdaptive ? await adaptiveRound(designs, sweep.runs, kept, options, io) : null;
    const isChosen = new Set(round?.chosen);
    const asked = round ? sweep.runs.filter(({ id }) => isChosen.has(id)) : sweep.runs;
    if (round && asked.length === 0) {
      await file.abandon();
      sayEnd(round, kept, options, io);
      return;
    }
    const { runs, savings, estimate } = await costOf(asked, texts, options, io);
    await file.write(`${kept.text}${formatManifest(manifestRuns(runs, relocation(path, out)))}`);
    await file.commit();
    const summary = planSummary({ ...sweep, runs }, estimate, savings);
    io.say([...(round ? [adaptiveWords(round)] : []), planWords(summary)].join('\n\n'));
    io.say(`${out}: ${manifestWords(runs.length, kept.runs.length)}`);
    if (io.json) io.value({ manifest: out, ...summary, ...(round && { adaptive: adaptiveSummary(round) }) });
  } catch (error) {
    await file.abandon();
    throw error;
  } finally {
    io.progress('');
  }
}

function manifestWords(runs: number, before: number): string {
  if (before > 0)
    return `${counted(runs, 'run')} added to the ${before.toLocaleString('en')} that were there`;
  return runs === 1 ? 'one run' : `${runs.toLocaleString('en')} runs`;
}

/** An adaptive sweep that is at its end; the manifest stays as it is. */
function sayEnd(round: ChosenRound, kept: KeptManifest, { out }: PlanOptions, io: Io): void {
  io.progress('');
  io.say(adaptiveWords(round));
  if (kept.runs.length > 0) io.say(`${out}: ${counted(kept.runs.length, 'run')}, as before`);
  if (io.json) io.value({ manifest: out, runs: 0, adaptive: adaptiveSummary(round) });
}

type Cost = {
  /** With FLOPs as the engine counts them, where there is a device. */
  readonly runs: readonly PlannedRun[];
  readonly savings: Savings;
  /** Null where no device is there, or to be asked. */
  readonly estimate: SweepEstimate | null;
};

async function costOf(
  asked: readonly PlannedRun[],
  texts: PlanTexts,
  options: PlanOptions,
  io: Io,
): Promise<Cost> {
  const { fleet, measure } = options;
  const save = (runs: readonly PlannedRun[]) =>
    savingsOf(runs, {
      corporaOf: texts.corporaOf,
      ...(fleet !== 'auto' && { taskRuns: fleet }),
      signal: io.signal,
      onProgress: (done, all) => io.progress(`looking for runs that begin alike: ${done} of ${all} tasks …`),
    });
  const savings = save(asked);
  const estimate = measure ? await estimated(asked, texts, savings, options, io) : null;
  if (!estimate) return { runs: asked, savings, estimate };
  // The same steps, by the engine's count.
  const flopsOf = new Map(estimate.runs.map(({ id, flops, steps }) => [id, flops / steps] as const));
  const flops = [...savings.stepsOf].reduce((sum, [id, steps]) => sum + steps * (flopsOf.get(id) ?? 0), 0);
  return { runs: estimate.runs, savings: { ...savings, flops }, estimate };
}

/** Null where there is no device: a machine that plans need not be one that trains. */
async function estimated(
  runs: readonly PlannedRun[],
  texts: PlanTexts,
  { stepsOf }: Savings,
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
      savedSteps: stepsOf,
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
