/** Runs trained again from their records: the same config with the same kernel choices must come to the same loss. */

import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RunRecord } from '../formats/record.ts';
import type { Engine } from '../model/engine.ts';
import { MemoryStore } from '../store/memory.ts';
import type { OnTrainEvent } from '../train/events.ts';
import type { Corpora } from '../train/fleet/plan.ts';
import type { Environment } from '../train/run.ts';
import { Trainer } from '../train/trainer.ts';

/** What can be trained again: a run that came to its end. */
export type FinishedRecord = RunRecord & { readonly final: NonNullable<RunRecord['final']> };

export function isFinished(record: RunRecord): record is FinishedRecord {
  return record.status === 'done' && record.final !== null;
}

/** `count` of the items, each once, drawn by `seed`; in their order. */
export function drawn<T>(items: readonly T[], count: number, seed: number): T[] {
  const places = items.map((_, index) => index);
  const generator = xoroshiro128plus(seed);
  const chosen = Array.from({ length: Math.min(count, items.length) }, (_, index) => {
    const from = uniformInt(generator, index, places.length - 1);
    const place = places[from] ?? 0;
    places[from] = places[index] ?? 0;
    return place;
  });
  return chosen.sort((a, b) => a - b).flatMap((place) => items.slice(place, place + 1));
}

export type AgainOptions = {
  readonly engine: Engine;
  readonly corpora: Corpora;
  readonly environment: () => Environment;
  readonly signal: AbortSignal;
  readonly onEvent: OnTrainEvent;
};

/**
 * Trains the run of a record alone, from its first step, with the kernel choices that the record names as far as the engine knows them.
 * Nothing is kept. Rejects as {@link Trainer} does.
 */
export async function trainAgain(record: RunRecord, options: AgainOptions): Promise<RunRecord> {
  const { engine, corpora, environment, signal, onEvent } = options;
  const recorded: Engine = {
    outline: (shape, choices) => engine.outline(shape, { tuning: record.tuning, ...choices }),
    createFleet: (spec, choices) => engine.createFleet(spec, choices),
    isOutOfMemory: (error) => engine.isOutOfMemory(error),
  };
  const trainer = await Trainer.prepare({
    configs: [record.config],
    corpora: () => corpora,
    engine: recorded,
    store: new MemoryStore(),
    environment,
    checkpointEverySeconds: Number.POSITIVE_INFINITY,
    fleetSize: 1,
    signal,
    onEvent,
  });
  try {
    const [again] = await trainer.run(signal);
    if (!again) throw new RangeError('a run without a record');
    return again;
  } finally {
    trainer.destroy();
  }
}

/** The largest relative difference between two records' final losses; Infinity where one of them has none that the other has. */
export function lossDifference(before: RunRecord, after: RunRecord): number {
  const differences = (['targetLoss', 'sourceLoss'] as const).map((name) => {
    const [was, is] = [before.final?.[name] ?? null, after.final?.[name] ?? null];
    if (was === null || is === null) return was === is ? 0 : Number.POSITIVE_INFINITY;
    return Math.abs(is - was) / Math.abs(was);
  });
  return Math.max(...differences);
}
