/** Takes what the worker tells into Train's state. */

import { batch } from '@preact/signals-core';
import type { References } from '../../formats/record.ts';
import type { RunMetrics, SavedFleet } from '../../worker/api/fleet.ts';
import type { LabEvent, Opened } from '../../worker/api/lab.ts';
import type { CorpusFacts } from '../../worker/api/texts.ts';
import { pickerOf } from './corpora/picker.ts';
import { addPoint, addTime, bitsOf, curveOf, emptyCurve } from './curves.ts';
import type { FleetState, Progress } from './fleetState.ts';
import { slotsOf, valuesOf } from './form/restore.ts';
import { rowOf } from './rows.ts';
import { withSamples } from './samples/writings.ts';
import type { TrainState } from './state.ts';
import type { TextsState } from './textsState.ts';

type TrainEvent = Extract<LabEvent, { event: 'train' }>['events'][number];

/** What the worker found when it opened: texts, and the last visit's fleet. */
export function takeOpened(state: TrainState, { catalogue, endings, corpora, saved }: Opened): void {
  batch(() => {
    state.texts.catalogue.value = catalogue;
    state.texts.endings.value = endings;
    for (const facts of [corpora.target, corpora.source]) if (facts) takeCorpus(state.texts, facts);
    if (saved && state.fleet.phase.value === 'idle') takeSaved(state, saved);
  });
}

/** A text has been read. */
export function takeCorpus(texts: TextsState, facts: CorpusFacts): void {
  const { side, spec } = facts;
  texts.corpora[side].value = { status: 'ready', facts };
  texts.setPicker(side, pickerOf(spec, texts.pickers[side].value, texts.catalogue.value));
}

function takeSaved({ fleet, form }: TrainState, saved: SavedFleet): void {
  const configs = saved.runs.map(({ config }) => config);
  const said = saved.runs.map(({ slot }) => slot);
  const slots = slotsOf(configs, said);
  fleet.clear();
  fleet.rows.value = saved.runs.map((run, index) => rowOf(run, slots[index] ?? index + 1));
  for (const { run, record } of saved.runs) fleet.curves.set(run, record ? curveOf(record) : emptyCurve());
  fleet.configs.value = configs;
  fleet.secondsBefore.value = Math.max(0, ...saved.runs.map(({ record }) => record?.seconds ?? 0));
  form.take(form.preset.value, valuesOf(configs, form.values.value, said), true);
  fleet.curvesVersion.value++;
  const references = saved.runs.find(({ record }) => record?.references)?.record?.references;
  fleet.references.value = references ? sharedReferences(fleet, references) : null;
  // Damaged runs are offered as well, finished or not, so that they can be discarded.
  const over = saved.finished && saved.runs.every(({ damage }) => damage === null);
  fleet.interrupted.value = over ? null : saved;
  const stopped = saved.runs.some(({ record }) => record?.status === 'stopped');
  fleet.phase.value = over ? (stopped ? 'stopped' : 'done') : 'idle';
}

export function takeEvent(state: TrainState, event: LabEvent): void {
  const { fleet, texts } = state;
  batch(() => {
    switch (event.event) {
      case 'phase':
        fleet.phase.value = event.phase;
        fleet.tunedClasses.value = null;
        fleet.tokenizing.value = null;
        fleet.compiling.value = null;
        if (event.phase !== 'idle') fleet.interrupted.value = null;
        if (!fleet.busy.value) state.device.remember();
        break;
      case 'metrics':
        if (event.from !== 'fleet') break;
        fleet.tunedClasses.value = null;
        for (const run of event.runs) takeMetrics(fleet, run);
        fleet.curvesVersion.value++;
        break;
      case 'train':
        if (event.from !== 'fleet') break;
        fleet.tunedClasses.value = null;
        for (const told of event.events) takeTrainEvent(state, told);
        fleet.curvesVersion.value++;
        break;
      case 'samples':
        fleet.writings.value = withSamples(fleet.writings.value, event.prompt, event.samples);
        break;
      case 'reading': {
        const corpus = texts.corpora[event.side];
        if (corpus.value.status !== 'reading') break;
        corpus.value = { ...corpus.value, bytes: event.bytes, totalBytes: event.totalBytes };
        break;
      }
      case 'corpus':
        // What a person is reading meanwhile counts.
        if (texts.corpora[event.facts.side].value.status !== 'reading') takeCorpus(texts, event.facts);
        break;
      case 'closed':
        if (texts.corpora[event.side].value.status === 'ready')
          texts.corpora[event.side].value = { status: 'empty' };
        break;
      case 'tokenizing':
        fleet.tokenizing.value = event;
        break;
      case 'tokenizer':
        fleet.tokenizing.value = null;
        fleet.tokenizer.value = event.facts;
        break;
      case 'references':
        fleet.references.value = sharedReferences(fleet, event.references);
        break;
      case 'tuning':
        fleet.tunedClasses.value = event.classes;
        break;
      case 'compiling':
        fleet.compiling.value = event.kernels;
        break;
      case 'saved':
        if (event.saved) takeSaved(state, event.saved);
        else fleet.forget();
        break;
    }
  });
}

/** What spelling gives depends on how much text there is: runs of other D_T have no n-gram reference in common. */
function sharedReferences({ configs }: FleetState, references: References): References {
  const amounts = new Set(configs.value.map(({ recipe }) => recipe.targetTokens));
  return amounts.size > 1 ? { ...references, ngramBitsPerByte: null } : references;
}

function takeMetrics(fleet: FleetState, { run, losses, evaluations }: RunMetrics): void {
  const curve = fleet.curves.get(run) ?? emptyCurve();
  const perByte = fleet.tokensPerByte(run);
  for (const [index, nats] of losses.nats.entries()) {
    const [step = 0, tokens = 0] = [losses.steps[index], losses.tokens[index]];
    addPoint(curve.training, { step, tokens, bits: bitsOf(nats, perByte) });
  }
  const { targetBits, sourceBits } = evaluations;
  for (const [index, step] of evaluations.steps.entries()) {
    const at = { step, tokens: evaluations.tokens[index] ?? 0 };
    addPoint(curve.target, { ...at, bits: targetBits[index] ?? Number.NaN });
    const source = sourceBits[index] ?? Number.NaN;
    if (!Number.isNaN(source)) addPoint(curve.source, { ...at, bits: source });
  }
  const step = losses.steps.at(-1);
  const nats = losses.nats.at(-1);
  const target = targetBits.at(-1);
  const source = sourceBits.at(-1);
  fleet.update(run, {
    ...(step !== undefined &&
      nats !== undefined && { status: 'training', step, trainingBits: bitsOf(nats, perByte) }),
    ...(target !== undefined && { targetBits: target }),
    ...(source !== undefined && !Number.isNaN(source) && { sourceBits: source }),
  });
}

/** Runs that were done before a fleet went on stay as they are; of them the trainer only gives the records again. */
function takeStart(fleet: FleetState, { runs }: Extract<TrainEvent, { event: 'start' }>): void {
  const rows = new Map(fleet.rows.value.map((row) => [row.run, row]));
  const seconds = secondsNow(fleet, fleet.progress.value);
  for (const { run, realised, warnings, step } of runs) {
    const curve = fleet.curves.get(run) ?? emptyCurve();
    fleet.curves.set(run, curve);
    addTime(curve.times, { step, seconds });
    const before = rows.get(run);
    rows.set(run, {
      run,
      slot: before?.slot ?? rows.size + 1,
      id: null,
      status: 'training',
      step,
      steps: realised.steps,
      scale: realised.N,
      ratio: realised.r,
      trainingBits: before?.trainingBits ?? null,
      targetBits: before?.targetBits ?? null,
      targetBitsError: null,
      sourceBits: before?.sourceBits ?? null,
      warnings,
    });
  }
  fleet.rows.value = [...rows.values()];
}

function secondsNow(fleet: FleetState, progress: Progress | null): number {
  return fleet.secondsBefore.value + (progress?.elapsedSeconds ?? 0);
}

function takeProgress({ fleet, device }: TrainState, progress: Progress): void {
  fleet.progress.value = progress;
  device.addSpeed(progress.flopsPerSecond);
  const seconds = secondsNow(fleet, progress);
  for (const { run, status, step } of fleet.rows.value) {
    const curve = fleet.curves.get(run);
    if (curve && status === 'training') addTime(curve.times, { step, seconds });
  }
}

function takeTrainEvent(state: TrainState, told: TrainEvent): void {
  const { fleet, app } = state;
  switch (told.event) {
    case 'start':
      takeStart(fleet, told);
      fleet.memory.value = { bytes: told.facts.bytes, runs: told.runs.length };
      // A fleet of one run tells no size.
      fleet.choice.value = null;
      break;
    case 'progress':
      takeProgress(state, told);
      break;
    case 'fleet':
      fleet.choice.value = told.reason;
      fleet.memory.value = { bytes: told.bytes, runs: told.size };
      // Nothing tells that a run takes a slot but its first loss.
      for (const run of told.runs.slice(told.size)) fleet.update(run, { status: 'waiting' });
      break;
    case 'warning':
      app.notify(told.run === undefined ? told.message : `${told.run}: ${told.message}`);
      break;
    case 'diverged':
      fleet.update(told.run, { status: 'diverged', step: told.step });
      break;
    case 'loss':
    case 'eval':
      // They come as metrics.
      break;
    case 'fork':
    case 'checkpoint':
      break;
    case 'done': {
      const { run, record } = told;
      const { steps: step } = record.realised;
      fleet.update(run, rowOf({ run, config: record.config, record, step }, fleet.slotOf(run)));
      break;
    }
  }
}
