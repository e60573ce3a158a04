/** The columns that a run table can show: what each is called, where its value stands, how it is written. */

import type { RunSummary } from '../../../formats/runSummary.ts';
import { brief, count, decimals, duration, whole, withPrefix } from '../../parts/format.ts';
import { kindWords } from '../kinds.ts';
import { pairWords } from '../pairWords.ts';
import { type LiveRun, statusWords } from './live.ts';

/** What sorting, files and comparison know of a run in one column; null where it has none. */
export type Value = string | number | null;

export type Column = {
  /** In files, in the address and among chosen columns. */
  readonly key: string;
  /** A name in words, or with {@link isSymbol} one of the paper's. */
  readonly heading: string;
  readonly isSymbol?: true;
  /** What it is, with its unit: the heading's tooltip, and its name for a screen reader. */
  readonly meaning: string;
  /** Characters that its values take. */
  readonly width: number;
  /** Right-aligned, and sorted as numbers. */
  readonly isNumber?: true;
  /** Whether the seed moves it: groups show a mean with its deviation. */
  readonly isMeasured?: true;
  /** Whether it tells runs apart that were asked for differently; measured values always differ, names say nothing. */
  readonly isSetting?: true;
  readonly value: (run: RunSummary, live?: LiveRun) => Value;
  readonly text: (value: Value) => string;
};

const BITS_DIGITS = 3;
const NATS_DIGITS = 4;

const DASH = '–';
const words = (value: Value) => (value === null ? DASH : String(value));
const numberOr = (write: (value: number) => string) => (value: Value) =>
  typeof value === 'number' ? write(value) : DASH;
const bits = numberOr((value) => decimals(value, BITS_DIGITS));
const nats = numberOr((value) => decimals(value, NATS_DIGITS));

type Plain = Pick<Column, 'key' | 'heading' | 'meaning' | 'width'>;

function text(of: (run: RunSummary) => string | null, plain: Plain, isSetting = true): Column {
  return { ...plain, ...(isSetting && { isSetting }), value: of, text: words };
}

function number(
  of: (run: RunSummary) => number | null,
  write: (value: number) => string,
  plain: Plain & Pick<Column, 'isSymbol'>,
  isSetting = true,
): Column {
  return { ...plain, isNumber: true, ...(isSetting && { isSetting }), value: of, text: numberOr(write) };
}

function measured(
  of: (run: RunSummary, live?: LiveRun) => number | null,
  write: (value: Value) => string,
  plain: Plain,
): Column {
  return { ...plain, isNumber: true, isMeasured: true, value: of, text: write };
}

function symbolic(
  key: 'N' | 'C' | 'D' | 'D_T' | 'S' | 'k' | 'r' | 'r_f' | 'r_1' | 's',
  meaning: string,
  width: number,
  write: (value: number) => string,
): Column {
  return number((run) => run[key], write, { key, heading: key, isSymbol: true, meaning, width });
}

/** In the order in which they are shown. The name is always the first. */
export const COLUMNS: readonly Column[] = [
  text((run) => run.name, { key: 'name', heading: 'Run', meaning: 'Name of the run', width: 24 }, false),
  {
    key: 'status',
    heading: 'Status',
    meaning: 'How far the run is, or how it ended',
    width: 13,
    value: (run, live) => live?.status ?? run.status,
    text: statusWords,
  },
  {
    ...text((run) => run.kind, { key: 'kind', heading: 'Kind', meaning: 'Kind of recipe', width: 12 }),
    text: (value) => (value === null ? DASH : kindWords(value as RunSummary['kind'])),
  },
  measured((_, live) => live?.trainingBits ?? null, bits, {
    key: 'trainingBits',
    heading: 'Training',
    meaning: 'Loss of the latest training batches, both languages together, in bits per byte',
    width: 8,
  }),
  measured((run, live) => live?.targetBits ?? run.targetBitsPerByte, bits, {
    key: 'targetBitsPerByte',
    heading: 'Target',
    meaning: 'Loss on held-out target text, in bits per byte; lower is better',
    width: 8,
  }),
  measured((run, live) => live?.sourceBits ?? run.sourceBitsPerByte, bits, {
    key: 'sourceBitsPerByte',
    heading: 'Source',
    meaning: 'Loss on held-out source text, in bits per byte',
    width: 8,
  }),
  {
    key: 'pair',
    heading: 'Texts',
    meaning: 'Target and source text',
    width: 22,
    isSetting: true,
    value: (run) => run.pair,
    text: (pair) => (typeof pair === 'string' ? pairWords(pair) : words(pair)),
  },
  symbolic('D_T', 'Unique target tokens', 8, count),
  symbolic('k', 'Epochs: how often each target token is read', 6, brief),
  symbolic('r', 'Share of target tokens in the whole run', 6, brief),
  symbolic('r_f', 'Share of target tokens in the final stage', 6, brief),
  symbolic('r_1', 'Share of target tokens in the first stage', 6, brief),
  symbolic('s', 'Share of the run that the final stage takes', 6, brief),
  symbolic('D', 'Tokens read, of both languages', 8, count),
  symbolic('S', 'Source tokens read', 8, count),
  symbolic('N', 'Parameters that multiply each token', 8, count),
  symbolic('C', 'Training compute 6·N·D, in floating-point operations', 7, (value) => withPrefix(value)),
  number((run) => run.seed, whole, { key: 'seed', heading: 'Seed', meaning: 'Seed of the run', width: 5 }),
  measured((run) => run.targetLoss, nats, {
    key: 'loss',
    heading: 'Nats',
    meaning: 'Loss on held-out target text, in nats per token: what laws are fitted to',
    width: 9,
  }),
  measured((run) => run.targetLossError, nats, {
    key: 'lossError',
    heading: '± nats',
    meaning: 'Standard error of that loss over held-out windows, in nats per token',
    width: 9,
  }),
  number(
    (run) => run.floorBitsPerByte,
    (value) => decimals(value, BITS_DIGITS),
    {
      key: 'floorBitsPerByte',
      heading: 'Floor',
      meaning: 'Entropy of the target text, which no model can go below, in bits per byte',
      width: 8,
    },
    false,
  ),
  number(
    (run) => run.ngramBitsPerByte,
    (value) => decimals(value, BITS_DIGITS),
    {
      key: 'ngramBitsPerByte',
      heading: 'n-gram',
      meaning: 'Loss of an n-gram model of the same target text, in bits per byte',
      width: 8,
    },
    false,
  ),
  number((run) => run.steps, whole, { key: 'steps', heading: 'Steps', meaning: 'Training steps', width: 8 }),
  number((run) => run.learningRate, brief, {
    key: 'learningRate',
    heading: 'Rate',
    meaning: 'Peak learning rate',
    width: 9,
  }),
  text((run) => run.schedule, {
    key: 'schedule',
    heading: 'Schedule',
    meaning: 'Learning rate schedule',
    width: 9,
  }),
  number((run) => run.batch, whole, {
    key: 'batch',
    heading: 'Batch',
    meaning: 'Windows a step',
    width: 6,
  }),
  number((run) => run.weightDecay, brief, {
    key: 'weightDecay',
    heading: 'Decay',
    meaning: 'Weight decay',
    width: 7,
  }),
  number((run) => run.layers, whole, { key: 'layers', heading: 'Layers', meaning: 'Layers', width: 7 }),
  number((run) => run.width, whole, { key: 'width', heading: 'Width', meaning: 'Width', width: 6 }),
  number((run) => run.context, whole, {
    key: 'context',
    heading: 'Context',
    meaning: 'Tokens in a window',
    width: 8,
  }),
  text((run) => run.tokenizer, {
    key: 'tokenizer',
    heading: 'Tokenizer',
    meaning: 'What a token is',
    width: 11,
  }),
  text(
    (run) => run.origin,
    {
      key: 'origin',
      heading: 'Origin',
      meaning: 'Ships with the lab, trained here, or brought along',
      width: 9,
    },
    false,
  ),
  text(
    (run) => run.collection,
    {
      key: 'collection',
      heading: 'Collection',
      meaning: 'File, sweep or fleet that the run belongs to',
      width: 18,
    },
    false,
  ),
  number(
    (run) => run.flops,
    (value) => withPrefix(value),
    {
      key: 'flops',
      heading: 'Operations',
      meaning: 'Floating-point operations as counted by the engine',
      width: 10,
    },
    false,
  ),
  number(
    (run) => run.seconds,
    duration,
    { key: 'seconds', heading: 'Time', meaning: 'Seconds that the run took', width: 12 },
    false,
  ),
];

const BY_KEY: ReadonlyMap<string, Column> = new Map(COLUMNS.map((column) => [column.key, column]));

/** Shown until somebody chooses others. */
export const USUAL_COLUMNS: readonly string[] = [
  'name',
  'status',
  'kind',
  'D_T',
  'k',
  'r',
  'r_f',
  'N',
  'C',
  'seed',
  'targetBitsPerByte',
];

export function columnOf(key: string): Column | undefined {
  return BY_KEY.get(key);
}

/** Columns of these keys in the table's order, the name among them; keys that are none are left out. */
export function columnsOf(keys: Iterable<string>): Column[] {
  const wanted = new Set(keys).add('name');
  return COLUMNS.filter(({ key }) => wanted.has(key));
}
