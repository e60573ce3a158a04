/**
 * The one door between the page and the engine: what may be asked (commands), what comes back (replies), and what
 * is told unasked (events). Types only, so that whoever imports this file loads no engine.
 *
 * Everything that crosses is plain data. Nothing is thrown across: a command answers with an {@link Outcome}, and
 * whatever goes wrong outside a command arrives as a `failure` event.
 */

import type { CatalogueEntry } from '../../corpora/catalogue.ts';
import type { TrainConfig } from '../formats/config.ts';
import type { References, RunRecord } from '../formats/record.ts';
import type { StepBench } from '../model/bench/step.ts';
import type { Sample } from '../text/corpus/collect.ts';
import type { NearDuplicates } from '../text/corpus/nearDuplicates.ts';
import type { Dropped } from '../text/corpus/prepare.ts';
import type { NgramReference } from '../text/corpus/reference.ts';
import type { TextStatistics } from '../text/corpus/statistics.ts';
import type { ReadOptions } from '../text/document.ts';
import type { RemoteDescription } from '../text/remote/describeRemote.ts';
import type { TrainEvent } from '../train/events.ts';

/** The poor language is the target, the rich one the source. */
export type Side = 'target' | 'source';

export type FailureKind =
  | 'no-webgpu'
  | 'limit'
  | 'memory'
  | 'device-lost'
  | 'gpu'
  | 'storage-full'
  | 'storage'
  | 'text'
  | 'network'
  | 'config'
  | 'busy'
  | 'not-now'
  /** It was told to stop by `cancel`, or by a later command of the same job. */
  | 'cancelled'
  | 'internal';

/** An error as data: what happened with its numbers, and what a person can do about it. */
export type Failure = {
  readonly kind: FailureKind;
  readonly message: string;
  readonly advice: string;
  /** The train config's field at fault, e.g. `recipe.targetTokens`, what is wrong with it alone, and the run. */
  readonly field?: string;
  readonly problem?: string;
  readonly run?: string;
  /** Of a table whose text column must be named: those that could be it. */
  readonly columns?: readonly string[];
};

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure };

export type AdapterFacts = {
  /** What the browser says about the adapter; empty strings where it keeps silent. */
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
  /** True when the "GPU" is a program on the CPU. */
  readonly software: boolean;
};

export type CorpusFacts = {
  readonly side: Side;
  /** For a person. */
  readonly name: string;
  /** As configs and records name it: a file by name and SHA-256. */
  readonly spec: string;
  /** Language of the text as a BCP 47 tag; null where it is not known. */
  readonly language: string | null;
  /** What there was, and what was taken of it. */
  readonly sample: Sample;
  /** Training documents. */
  readonly documents: number;
  readonly validationDocuments: number;
  /** Tokens of the byte tokenizer. */
  readonly trainTokens: number;
  readonly validationTokens: number;
  readonly dropped: Dropped;
  readonly nearDuplicates: NearDuplicates | null;
  /** Entropy of the validation documents in bits per byte, where the text knows its own distribution: no loss is lower. */
  readonly floorBitsPerByte: number | null;
  /** Of the training documents. */
  readonly statistics: TextStatistics;
  /** The beginnings of a few training documents. */
  readonly preview: readonly string[];
  readonly sha256: string;
};

/**
 * Where a fleet stands. `pausing`: the steps under way are being finished. `ending`: the last evaluation and checkpoint
 * are being made. `stopped`: over, but a run stands before its end, and can go on.
 */
export type Phase = 'idle' | 'preparing' | 'training' | 'pausing' | 'paused' | 'ending' | 'stopped' | 'done';

/** A run found in storage. Its record holds the curve up to the checkpoint; null before the first one. */
export type SavedRun = {
  readonly run: string;
  readonly config: TrainConfig;
  readonly record: RunRecord | null;
  /** Steps behind the checkpoint. */
  readonly step: number;
  /** Why what is saved of it cannot be read; null when it can. A fleet with such a run can only be discarded. */
  readonly damage: string | null;
};

export type SavedFleet = {
  /** Milliseconds since 1970. */
  readonly begunAt: number;
  /** Whether every run came to its end or was stopped; otherwise the fleet was interrupted. Stopped runs can go on too. */
  readonly finished: boolean;
  readonly runs: readonly SavedRun[];
};

export type Opened = {
  readonly adapter: Outcome<AdapterFacts>;
  readonly corpora: Readonly<Record<Side, CorpusFacts | null>>;
  readonly saved: SavedFleet | null;
  /** Corpora elsewhere that can be chosen by name. */
  readonly catalogue: readonly CatalogueEntry[];
  /** Endings of files that can be read, each with its dot. */
  readonly endings: readonly string[];
};

/** Where a text comes from: a file that was picked, or a spec of anything else. */
export type CorpusOrigin =
  | { readonly kind: 'file'; readonly file: File; readonly options: ReadOptions }
  | { readonly kind: 'spec'; readonly spec: string };

/** What can be broken off: the reading, or describing, of a side's text; a reference; the training of a fleet's tokenizer. */
export type Job = Side | 'reference' | 'tokenizer';

/** How a tokenizer cuts one of the texts. */
export type CutFacts = {
  /** Of the whole text that is trained on. */
  readonly trainTokens: number;
  readonly validationTokens: number;
  /** Of the validation text, the ends of documents counted as bytes and tokens. */
  readonly tokensPerByte: number;
  /** Of some of its documents; null where words are not found. */
  readonly tokensPerWord: number | null;
};

/** The tokenizer that a fleet's texts were cut with. */
export type TokenizerFacts = {
  readonly kind: 'bytes' | 'bpe' | 'library';
  readonly vocabulary: number;
  readonly target: CutFacts;
  readonly source: CutFacts | null;
};

export type Command =
  /**
   * Opens the adapter and storage, and says what is found there. First of all, and again to look for a GPU. With `tuning: 'off'`
   * kernels come from a fixed table from then on, otherwise they are chosen by measurement.
   */
  | { readonly command: 'open'; readonly tuning?: 'auto' | 'off' }
  /** Reads a text, in the place of the side's last one. Fetches what is neither here nor kept from an earlier time. */
  | { readonly command: 'readCorpus'; readonly side: Side; readonly origin: CorpusOrigin }
  /** Asks the servers of a remote corpus what reading it would fetch; fetches no text. */
  | { readonly command: 'describeCorpus'; readonly side: Side; readonly spec: string }
  /** The n-gram reference of the target text: trained on its first `targetTokens` tokens, measured on what is kept back. */
  | {
      readonly command: 'reference';
      readonly targetTokens: number;
      readonly tokenizer: TrainConfig['tokenizer'];
    }
  /** Breaks off what is under way; the command that began it answers with `cancelled`. */
  | { readonly command: 'cancel'; readonly job: Job }
  /** Says whether a fleet could be trained, without a device: a failure carries the first field that forbids it. */
  | { readonly command: 'check'; readonly configs: readonly TrainConfig[] }
  /** Trains one run for each config: those of one model and batch side by side, the others after them. Replaces the saved fleet. */
  | { readonly command: 'train'; readonly configs: readonly TrainConfig[] }
  /** Goes on with the saved fleet, interrupted or stopped, bit for bit from its last checkpoint; answers with its texts. */
  | { readonly command: 'continue' }
  | { readonly command: 'discard' }
  | { readonly command: 'pause' }
  | { readonly command: 'resume' }
  /** Takes so many steps, then pauses again; only while paused. */
  | { readonly command: 'step'; readonly steps: number }
  /** Ends every run, or one, at the step it has reached. */
  | { readonly command: 'stop'; readonly run?: string }
  | { readonly command: 'checkpoint' }
  /** Says whether anybody sees the page: while nobody does, the GPU may be held for longer at a time. */
  | { readonly command: 'visibility'; readonly visible: boolean }
  /** Measures one step of the config's model and batch, `runs` of them side by side, from 1 to 1,024; only while no fleet is at work. */
  | { readonly command: 'profile'; readonly config: TrainConfig; readonly runs: number };

/** What each command answers with. */
export type Reply = {
  open: Opened;
  readCorpus: CorpusFacts;
  describeCorpus: RemoteDescription;
  reference: NgramReference;
  cancel: null;
  check: null;
  train: null;
  continue: Readonly<Record<Side, CorpusFacts>>;
  discard: null;
  pause: null;
  resume: null;
  step: null;
  stop: null;
  checkpoint: null;
  visibility: null;
  profile: StepBench;
};

export type LabEvent =
  | { readonly event: 'phase'; readonly phase: Phase }
  /** What the trainer told since the last such event, oldest first. */
  | { readonly event: 'train'; readonly events: readonly TrainEvent[] }
  /** Bytes of a text read so far; `totalBytes` is 0 where it is not known. */
  | { readonly event: 'reading'; readonly side: Side; readonly bytes: number; readonly totalBytes: number }
  /** Kernels are being measured, since the adapter or the model is new to the lab; so many classes were measured before this one. Null: they no longer are; told where neither `phase` nor `train` follows. */
  | { readonly event: 'tuning'; readonly classes: number | null }
  /** A fleet's tokenizer is being trained, for the `round`-th time (from 1); `share` of it is done, 0 to 1. */
  | { readonly event: 'tokenizing'; readonly round: number; readonly share: number }
  /** What the runs of the fleet are held against: the entropy of the target and its n-gram reference. */
  | { readonly event: 'references'; readonly references: References }
  /** A fleet's texts have been cut into tokens. */
  | { readonly event: 'tokenizer'; readonly facts: TokenizerFacts }
  /** Something the person should know and need not act on, e.g. that a lost device was opened again. */
  | { readonly event: 'notice'; readonly message: string }
  | { readonly event: 'failure'; readonly failure: Failure }
  /** A fleet ended in a failure; this is what can go on. */
  | { readonly event: 'saved'; readonly saved: SavedFleet | null };

export type Listener = (event: LabEvent) => void;

/** What the worker exposes through Comlink. */
export type LabApi = {
  listen(listener: Listener): void | Promise<void>;
  send(command: Command): Promise<Outcome<Reply[Command['command']]>>;
};
