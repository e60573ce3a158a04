/** Small texts, small configs, and the float64 engine or a real one: what the trainer's tests stand on. */

import type { TrainConfig } from '../../src/formats/config.ts';
import type { Engine } from '../../src/model/engine.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import type { Store } from '../../src/store/store.ts';
import type { Corpus } from '../../src/text/corpus/corpus.ts';
import { byteTokenizer } from '../../src/text/tokenizer/bytes.ts';
import type { TrainEvent } from '../../src/train/events.ts';
import type { Corpora } from '../../src/train/fleet/plan.ts';
import type { TrainerOptions } from '../../src/train/fleet/prepare.ts';
import { Trainer } from '../../src/train/trainer.ts';
import { buildCorpus } from '../text/corpus/fixtures.ts';
import { type Changes, configWith } from './configWith.ts';

/** One document a line, made of a few words in an order that repeats nowhere. */
export function sampleText(words: readonly string[], documents: number): string {
  const lines = Array.from({ length: documents }, (_, i) =>
    [i, i * 7 + 1, i * 3 + 2, i * i]
      .map((n) => words[n % words.length])
      .join(' ')
      .concat(` ${i}.`),
  );
  return `${lines.join('\n')}\n`;
}

export const TARGET_TEXT = sampleText(['nyumba', 'mti', 'maji', 'samaki', 'ndege'], 120);
export const SOURCE_TEXT = sampleText(['house', 'tree', 'water', 'fish', 'bird', 'stone', 'river'], 400);

export async function corpusOf(name: string, text: string, validation?: string): Promise<Corpus> {
  return buildCorpus({
    name,
    stream: once(text),
    tokenizer: byteTokenizer,
    ...(validation !== undefined && { validation: once(validation) }),
  });
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

export async function sampleCorpora(): Promise<Corpora> {
  return {
    target: await corpusOf('target.txt', TARGET_TEXT),
    source: await corpusOf('source.txt', SOURCE_TEXT),
    tokenizer: byteTokenizer,
  };
}

/** A run of 12 steps of 2 windows of 16 tokens, on a model of one layer and width 16. */
export function smallConfig(changes: Changes = {}): TrainConfig {
  const base = {
    version: 1,
    name: 'run',
    corpora: { target: 'file:target.txt', source: 'file:source.txt' },
    model: { layers: 1, width: 16, heads: 1, mlp: 32, context: 16 },
    recipe: { targetTokens: 209, epochs: 1, ratio: 0.5 },
    optimizer: { learningRate: 0.02, batch: 2 },
    evaluation: { every: 5, windows: 4 },
    seed: 3,
  };
  return configWith(base, changes);
}

export const ENVIRONMENT = {
  device: { vendor: 'none', architecture: '', device: '', description: 'float64 reference', software: true },
  versions: { m3lab: 'test' },
};

export type Prepared = { trainer: Trainer; events: TrainEvent[]; store: Store };

export async function prepare(
  engine: Engine,
  configs: readonly TrainConfig[],
  options: Partial<TrainerOptions> = {},
): Promise<Prepared> {
  const events: TrainEvent[] = [];
  const store = options.store ?? new MemoryStore();
  const trainer = await Trainer.prepare({
    configs,
    corpora: await sampleCorpora(),
    engine,
    environment: ENVIRONMENT,
    ...options,
    store,
    onEvent: (event) => {
      events.push(event);
      options.onEvent?.(event);
    },
  });
  return { trainer, events, store };
}

export function eventsOf<Name extends TrainEvent['event']>(
  events: readonly TrainEvent[],
  name: Name,
): Extract<TrainEvent, { event: Name }>[] {
  return events.filter((event): event is Extract<TrainEvent, { event: Name }> => event.event === name);
}

/** Every file of a store, as text that shows a difference. */
export async function snapshot(store: Store): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const path of await store.list('')) {
    const bytes = await store.read(path);
    files[path] = path.endsWith('.json')
      ? new TextDecoder().decode(bytes ?? undefined)
      : [...(bytes ?? [])].join(' ');
  }
  return files;
}
