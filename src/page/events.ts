/** Takes what the worker tells into the page's state. */

import { batch } from '@preact/signals-core';
import { plannedSteps } from '../recipe/outline.ts';
import type { CorpusFacts, LabEvent, Opened, SavedFleet, SavedRun } from '../worker/api.ts';
import { pickerOf } from './corpora/picker.ts';
import { addPoint, bitsOf, curveOf, emptyCurve, tokensPerByteOf } from './curves.ts';
import { beginning } from './form/fields.ts';
import { valuesOf } from './form/restore.ts';
import { runTitle } from './runs/best.ts';
import type { LabState, RunRow } from './state.ts';

type TrainEvent = Extract<LabEvent, { event: 'train' }>['events'][number];

/** What the worker found when it opened: adapter, texts, and the last visit's fleet. */
export function takeOpened(state: LabState, opened: Opened): void {
  batch(() => {
    state.adapter.value = opened.adapter;
    if (opened.adapter.ok && !state.touched.value) {
      state.values.value = beginning(opened.adapter.value.software);
    }
    state.catalogue.value = opened.catalogue;
    state.endings.value = opened.endings;
    for (const facts of [opened.corpora.target, opened.corpora.source]) if (facts) takeCorpus(state, facts);
    if (opened.saved && state.phase.value === 'idle') takeSaved(state, opened.saved);
  });
}

/** A text has been read. A default D_T that the text cannot give is lowered to what it can. */
export function takeCorpus(state: LabState, facts: CorpusFacts): void {
  const { side, spec } = facts;
  state.corpora[side].value = { status: 'ready', facts };
  state.setPicker(side, pickerOf(spec, state.pickers[side].value, state.catalogue.value));
  if (facts.side !== 'target' || state.touched.value) return;
  const { value } = state.values;
  if (Number(value.text.targetTokens) > facts.trainTokens) {
    state.values.value = { ...value, text: { ...value.text, targetTokens: String(facts.trainTokens) } };
  }
}

function takeSaved(state: LabState, saved: SavedFleet): void {
  state.clearRuns();
  state.runs.value = saved.runs.map(rowOf);
  for (const { run, record } of saved.runs) {
    state.curves.set(run, record ? curveOf(record) : emptyCurve());
  }
  state.lastConfigs.value = saved.runs.map(({ config }) => config);
  state.values.value = valuesOf(state.lastConfigs.value, state.values.value);
  state.curvesVersion.value++;
  state.references.value = saved.runs.find(({ record }) => record?.references)?.record?.references ?? null;
  // Damaged runs are offered as well, finished or not, so that they can be discarded.
  const over = saved.finished && saved.runs.every(({ damage }) => damage === null);
  state.interrupted.value = over ? null : saved;
  const stopped = saved.runs.some(({ record }) => record?.status === 'stopped');
  state.phase.value = over ? (stopped ? 'stopped' : 'done') : 'idle';
}

function rowOf({ run, config, record, step }: Omit<SavedRun, 'damage'>): RunRow {
  const curve = record ? curveOf(record) : emptyCurve();
  const final = record?.final;
  const perByte = record ? tokensPerByteOf(record).target : 1;
  return {
    run,
    status: record?.status ?? 'waiting',
    step,
    // A record counts the steps that were taken.
    steps: plannedSteps(config.recipe, config.optimizer.batch, config.model.context),
    trainingBits: curve.training.at(-1)?.bits ?? null,
    targetBits: final?.targetBitsPerByte ?? curve.target.at(-1)?.bits ?? null,
    targetBitsError: final ? bitsOf(final.targetLossError, perByte) : null,
    sourceBits: final?.sourceBitsPerByte ?? curve.source.at(-1)?.bits ?? null,
    warnings: record?.warnings ?? [],
  };
}

export function takeEvent(state: LabState, event: LabEvent): void {
  batch(() => {
    switch (event.event) {
      case 'phase':
        state.phase.value = event.phase;
        state.tunedClasses.value = null;
        state.tokenizing.value = null;
        if (event.phase !== 'idle') state.interrupted.value = null;
        break;
      case 'train':
        state.tunedClasses.value = null;
        for (const told of event.events) takeTrainEvent(state, told);
        state.curvesVersion.value++;
        break;
      case 'reading':
        takeReading(state, event);
        break;
      case 'tokenizing':
        state.tokenizing.value = event;
        break;
      case 'tokenizer':
        state.tokenizing.value = null;
        state.tokenizer.value = event.facts;
        break;
      case 'references':
        state.references.value = event.references;
        break;
      case 'tuning':
        state.tunedClasses.value = event.classes;
        break;
      case 'notice':
        state.notify(event.message);
        break;
      case 'failure':
        state.failure.value = event.failure;
        break;
      case 'saved':
        if (event.saved) takeSaved(state, event.saved);
        break;
    }
  });
}

function takeReading(state: LabState, event: Extract<LabEvent, { event: 'reading' }>): void {
  const corpus = state.corpora[event.side];
  if (corpus.value.status !== 'reading') return;
  corpus.value = { ...corpus.value, bytes: event.bytes, totalBytes: event.totalBytes };
}

/** Runs that were done before a fleet went on stay as they are; of them the trainer only gives the records again. */
function takeStart(state: LabState, started: Extract<TrainEvent, { event: 'start' }>['runs']): void {
  const rows = new Map(state.runs.value.map((row) => [row.run, row]));
  for (const { run, realised, warnings, step } of started) {
    state.ratios.set(run, realised.r);
    if (!state.curves.has(run)) state.curves.set(run, emptyCurve());
    const before = rows.get(run);
    rows.set(run, {
      run,
      status: 'training',
      step,
      steps: realised.steps,
      trainingBits: before?.trainingBits ?? null,
      targetBits: before?.targetBits ?? null,
      targetBitsError: null,
      sourceBits: before?.sourceBits ?? null,
      warnings,
    });
  }
  state.runs.value = [...rows.values()];
}

function takeTrainEvent(state: LabState, told: TrainEvent): void {
  switch (told.event) {
    case 'start':
      takeStart(state, told.runs);
      // A fleet of one run tells no size.
      state.fleetChoice.value = null;
      break;
    case 'loss': {
      const bits = bitsOf(told.loss, state.tokensPerByte(told.run));
      addPoint(state.curves.get(told.run)?.training ?? [], told.tokens, bits);
      state.updateRun(told.run, { status: 'training', step: told.step, trainingBits: bits });
      break;
    }
    case 'eval': {
      const curve = state.curves.get(told.run) ?? emptyCurve();
      addPoint(curve.target, told.tokens, told.targetBitsPerByte);
      state.updateRun(told.run, { targetBits: told.targetBitsPerByte });
      if (told.sourceBitsPerByte === undefined) break;
      addPoint(curve.source, told.tokens, told.sourceBitsPerByte);
      state.updateRun(told.run, { sourceBits: told.sourceBitsPerByte });
      break;
    }
    case 'progress':
      state.progress.value = told;
      break;
    case 'fleet':
      state.fleetChoice.value = told.reason;
      // Nothing tells that a run takes a slot but its first loss.
      for (const run of told.runs.slice(told.size)) state.updateRun(run, { status: 'waiting' });
      break;
    case 'warning':
      state.notify(told.run === undefined ? told.message : `${runTitle(told.run)}: ${told.message}`);
      break;
    case 'diverged':
      state.updateRun(told.run, { status: 'diverged', step: told.step });
      break;
    case 'fork':
    case 'checkpoint':
      break;
    case 'done': {
      const { record } = told;
      const { steps: step } = record.realised;
      state.updateRun(told.run, rowOf({ run: told.run, config: record.config, record, step }));
      break;
    }
  }
}
