/** Runs of the fleet whose weights are kept, and what each has written while it trained. */

import type { RunRecord } from '../../formats/record.ts';
import type { SavedFleet, SavedRun } from '../../worker/api/fleet.ts';
import type { LabEvent } from '../../worker/api/lab.ts';

/** What a run wrote on from the prompt with the weights it had after a step. */
export type Written = { readonly step: number; readonly text: string };

export type Writer = {
  readonly run: string;
  readonly name: string;
  readonly kind: RunRecord['realised']['kind'] | null;
  /** Steps behind its weights. */
  readonly step: number;
  /** On held-out text; null where nothing was measured yet. */
  readonly targetBitsPerByte: number | null;
  /** Why its weights cannot be read; null when they can. */
  readonly damage: string | null;
  /** Oldest first. */
  readonly written: readonly Written[];
};

export type Writers = {
  readonly prompt: string;
  readonly all: readonly Writer[];
  /** Whether a fleet is being prepared: where it begins with its first step it takes the place of those that are here. */
  readonly isAwaiting: boolean;
};

export const NO_WRITERS: Writers = { prompt: '', all: [], isAwaiting: false };

/** More is a training's own business: the first and the last say what there is to see. */
const MOST_WRITTEN = 40;

/** The writers of a fleet that an earlier visit left. */
export function writersOf(saved: SavedFleet | null): Writers {
  return { ...NO_WRITERS, all: (saved?.runs ?? []).map(writerOf) };
}

function writerOf({ run, config, record, step, damage }: SavedRun): Writer {
  return {
    run,
    name: config.name === '' ? run : config.name,
    kind: record?.realised.kind ?? null,
    step,
    targetBitsPerByte: record?.final?.targetBitsPerByte ?? null,
    damage,
    written: [],
  };
}

/** What an earlier visit left, unless runs have written since: the lab is opened again where a GPU is looked for. */
export function opened(writers: Writers, saved: SavedFleet | null): Writers {
  return saved && writers.all.every(({ written }) => written.length === 0) ? writersOf(saved) : writers;
}

/** What follows from what the lab's worker tells. */
export function hear(writers: Writers, event: LabEvent): Writers {
  if (event.event === 'saved') return withWritten(writersOf(event.saved), writers);
  if (event.event === 'phase')
    return event.phase === 'preparing' ? { ...writers, isAwaiting: true } : writers;
  if (event.event === 'samples') {
    let so: Writers = { ...writers, prompt: event.prompt };
    for (const { run, step, text } of event.samples)
      so = withWriter(so, run, (writer) => ({
        ...writer,
        step: Math.max(writer.step, step),
        written: [...writer.written.filter((one) => one.step < step), { step, text }].slice(-MOST_WRITTEN),
      }));
    return so;
  }
  if (event.event !== 'train' || event.from !== 'fleet') return writers;
  let so = writers;
  for (const told of event.events) {
    if (told.event === 'start') so = started(so, told.runs);
    else if (told.event === 'done') so = ended(so, told.run, told.record);
  }
  return so;
}

/** What was written before a fleet failed stays beside what of it can go on. */
function withWritten(writers: Writers, before: Writers): Writers {
  const written = new Map(before.all.map((writer) => [writer.run, writer.written]));
  const all = writers.all.map((writer) => ({ ...writer, written: written.get(writer.run) ?? [] }));
  return { ...writers, prompt: before.prompt, all };
}

function ended(writers: Writers, run: string, { config, realised, final }: RunRecord): Writers {
  return withWriter(writers, run, (writer) => ({
    ...writer,
    name: config.name === '' ? writer.name : config.name,
    kind: realised.kind,
    step: realised.steps,
    targetBitsPerByte: final?.targetBitsPerByte ?? writer.targetBitsPerByte,
  }));
}

type Started = {
  readonly run: string;
  readonly step: number;
  readonly realised: { readonly kind: RunRecord['realised']['kind'] };
};

/** Groups of one fleet begin one after the other, and a fleet that goes on is known: only one that is new takes all places. */
function started({ prompt, all, isAwaiting }: Writers, runs: readonly Started[]): Writers {
  const kept = isAwaiting && runs.every(({ step }) => step === 0) ? [] : all;
  const known = new Set(kept.map(({ run }) => run));
  const added = runs
    .filter(({ run }) => !known.has(run))
    .map(({ run, step, realised }): Writer => ({ ...blank(run), kind: realised.kind, step }));
  return { prompt, all: [...kept, ...added], isAwaiting: false };
}

function blank(run: string): Writer {
  return { run, name: run, kind: null, step: 0, targetBitsPerByte: null, damage: null, written: [] };
}

function withWriter(writers: Writers, run: string, change: (writer: Writer) => Writer): Writers {
  const known = writers.all.some((writer) => writer.run === run);
  const all = known ? writers.all : [...writers.all, blank(run)];
  return { ...writers, all: all.map((writer) => (writer.run === run ? change(writer) : writer)) };
}
