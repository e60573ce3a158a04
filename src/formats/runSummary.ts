/** What a table, a chart or a fit needs of a run, without its curve: thousands of them are at hand at once. */

import type { RunRecord, RunStatusRecord } from './record.ts';

/** Where a run came from: it ships with the lab, was trained in this browser, or was brought along in a file. */
export type RunOrigin = 'shipped' | 'own' | 'imported';

export type RunSummary = {
  /** Hash of the config; a run that is here twice is one. */
  readonly id: string;
  /** For a person. */
  readonly name: string;
  readonly origin: RunOrigin;
  /** What it belongs to: a file that shipped or was imported, a sweep, or a fleet; runs are grouped by it. */
  readonly collection: string;
  readonly status: RunStatusRecord;
  readonly kind: RunRecord['realised']['kind'];
  /** The symbols of the laws, counted from what the run read. */
  readonly N: number;
  readonly D: number;
  readonly D_T: number;
  readonly S: number;
  readonly k: number;
  readonly r: number;
  readonly r_f: number;
  readonly r_1: number;
  readonly s: number;
  readonly C: number;
  readonly flops: number;
  readonly steps: number;
  readonly sourceRepeated: boolean;
  /** Name of the model that it began from; there only where it began from one. */
  readonly start?: string;
  /** Specs of the texts. */
  readonly target: string;
  readonly source: string | null;
  /** `world:id with world:en`, or the target alone. */
  readonly pair: string;
  /** `bytes`, `bpe 1024`. */
  readonly tokenizer: string;
  readonly layers: number;
  readonly width: number;
  readonly context: number;
  /** Windows a step. */
  readonly batch: number;
  readonly learningRate: number;
  readonly schedule: RunRecord['config']['optimizer']['schedule'];
  readonly weightDecay: number;
  readonly seed: number;
  /** Nats a token, and bits a byte, on held-out text; null where the run ended before any validation. */
  readonly targetLoss: number | null;
  readonly targetLossError: number | null;
  readonly targetBitsPerByte: number | null;
  readonly sourceLoss: number | null;
  readonly sourceBitsPerByte: number | null;
  /** Bits a byte that the target is held against; null where they are not known. */
  readonly floorBitsPerByte: number | null;
  readonly ngramBitsPerByte: number | null;
  readonly seconds: number;
  /** Who asked for the run and in which round, as its manifest says. */
  readonly tags: Readonly<Record<string, string>>;
};

export type SummaryPlace = Pick<RunSummary, 'origin' | 'collection'> & Partial<Pick<RunSummary, 'tags'>>;

export function summaryOf(record: RunRecord, { origin, collection, tags = {} }: SummaryPlace): RunSummary {
  const { config, realised, final, references } = record;
  const { corpora, tokenizer, model, optimizer } = config;
  const { kind, N, D, D_T, S, k, r, r_f, r_1, s, C, flops, steps, sourceRepeated } = realised;
  return {
    id: record.id,
    name: config.name,
    origin,
    collection,
    status: record.status,
    ...{ kind, N, D, D_T, S, k, r, r_f, r_1, s, C, flops, steps, sourceRepeated },
    ...(config.start && { start: config.start.name }),
    target: corpora.target,
    source: corpora.source,
    pair: corpora.source === null ? corpora.target : `${corpora.target} with ${corpora.source}`,
    tokenizer: tokenizer.kind === 'bpe' ? `bpe ${tokenizer.vocabulary}` : tokenizer.kind,
    layers: model.layers,
    width: model.width,
    context: model.context,
    batch: optimizer.batch,
    learningRate: optimizer.learningRate,
    schedule: optimizer.schedule,
    weightDecay: optimizer.weightDecay,
    seed: config.seed,
    targetLoss: final?.targetLoss ?? null,
    targetLossError: final?.targetLossError ?? null,
    targetBitsPerByte: final?.targetBitsPerByte ?? null,
    sourceLoss: final?.sourceLoss ?? null,
    sourceBitsPerByte: final?.sourceBitsPerByte ?? null,
    floorBitsPerByte: references?.floorBitsPerByte ?? null,
    ngramBitsPerByte: references?.ngramBitsPerByte ?? null,
    seconds: record.seconds,
    tags,
  };
}

/** Tags of a manifest as words, several values of one tag side by side. */
export function tagWords(
  tags: Readonly<Record<string, string | number | readonly (string | number)[]>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tags).map(([tag, value]) => [
      tag,
      typeof value === 'object' ? value.join(', ') : String(value),
    ]),
  );
}
