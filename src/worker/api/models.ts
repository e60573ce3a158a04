/** What may be asked and told of models: those of the last fleet, and those that are kept or were brought along. */

import type { ModelConfig } from '../../formats/config.ts';
import type { Parity, ParityProbe } from '../../formats/parity.ts';
import type { RunRecord } from '../../formats/record.ts';

export type ModelFacts = {
  /** Names it in commands; opaque, and another one as soon as it is another model: a later fleet's run of the same name, say. */
  readonly id: string;
  /** For a person: the run's name, or what it was kept or brought under. */
  readonly name: string;
  readonly origin: 'trained' | 'brought';
  /** Whether it stays until it is forgotten; a model of the last fleet goes with its fleet. */
  readonly isKept: boolean;
  /** Of a model of the last fleet: the name of the kept one that has the same weights; null where there is none, or while it is trained on. */
  readonly keptAs: string | null;
  /** Whether the fleet that it belongs to is at work, so that it is what stood at the last checkpoint. */
  readonly isTraining: boolean;
  /** The recipe's; null where nothing is known of the training. */
  readonly kind: RunRecord['realised']['kind'] | null;
  /** How many weights it has, embeddings included. */
  readonly parameters: number;
  readonly shape: ModelConfig;
  /** Tokens that it looks back on: `shape.context`. */
  readonly context: number;
  readonly vocabulary: number;
  readonly tokenizer: 'bytes' | 'bpe' | 'file';
  /** Name of the model that its training started from; null where it began with new weights, or nothing is known of it. */
  readonly start: string | null;
  /** Steps that it was trained for here; null where nothing is known of the training. */
  readonly step: number | null;
  /** Nats a token, and bits a byte, on held-out text; null where it was not measured. */
  readonly targetLoss: number | null;
  readonly targetBitsPerByte: number | null;
  /** How it did against another runtime; null where nobody has asked, or not since it was trained on. */
  readonly parity: Parity | null;
  /** What had to be done to read it, in sentences: that bf16 was converted, say. */
  readonly said: readonly string[];
};

/** A model that was brought along; or, where its very weights were here already, the one that is here: then nothing was added. */
export type BroughtFacts = ModelFacts & { readonly wasHere: boolean };

/** A model as its files; the arrays are handed over. */
export type ModelFiles = {
  readonly id: string;
  readonly name: string;
  /** By name: `config.json`, `model.safetensors` and `tokenizer.json`; `run.json` where it was trained here, or `m3lab.json` where it came back with its record. */
  readonly files: Readonly<Record<string, Uint8Array>>;
};

/** What the engine says of some windows, which these are, and of which weights. */
export type ModelProbe = ParityProbe & Required<Pick<ParityProbe, 'text' | 'weights'>>;

/** A stretch of a text that stands in the same letters in a text that the model was trained on. */
export type CopiedSpan = {
  /** Its place in the text, in UTF-16 code units, `to` excluded. */
  readonly from: number;
  readonly to: number;
  /** Bytes of UTF-8. */
  readonly length: number;
  readonly side: 'target' | 'source';
  /** The training text around it, the stretch itself included; a document at most. */
  readonly snippet: string;
};

export type Copied = {
  /** Bytes of UTF-8 that a stretch has at least; shorter ones stand in every text. */
  readonly n: number;
  /** In their order, none over another: of two that meet, the longer one. */
  readonly spans: readonly CopiedSpan[];
  /** Share of the text's bytes that the stretches cover. */
  readonly share: number;
  /** The same of held-out text of the target, which nobody copied: what a share is held against. Null where there is none. */
  readonly usual: number | null;
  /**
   * Which texts could be searched: those that are still here. Of the target it is the D_T tokens that the run may read; of the source the whole
   * training text, of which a run may read a part.
   */
  readonly searched: { readonly target: boolean; readonly source: boolean };
};

/** A file that was picked, under its path inside the folder that was picked, or its name. */
export type BroughtFile = { readonly path: string; readonly blob: Blob };

export type ModelCommand =
  /** The models that there are: kept ones and those that were brought first, newest first; then those of the last fleet. */
  | { readonly command: 'listModels' }
  | { readonly command: 'readModel'; readonly model: string }
  /** Runs some windows through the engine. Can be broken off; not while a fleet is at work. */
  | { readonly command: 'probeModel'; readonly model: string }
  /** Notes how a model did, for as long as its weights are the same; `not-now` where they are no longer those that were checked. */
  | { readonly command: 'keepParity'; readonly model: string; readonly parity: Parity }
  /** Looks for stretches of a text in what the model was trained on. Can be broken off. */
  | { readonly command: 'findCopied'; readonly model: string; readonly text: string }
  /** Copies a model of the last fleet, so that it stays when the next fleet takes its place; gives the one that is kept where it is already. */
  | { readonly command: 'keepModel'; readonly model: string; readonly name: string }
  /** Takes in a Hugging Face folder of a Llama: its files, or one zip of them; `name` is for one that does not say its own. Can be broken off. */
  | { readonly command: 'bringModel'; readonly name: string; readonly files: readonly BroughtFile[] }
  /** Removes a model that is kept or was brought. */
  | { readonly command: 'forgetModel'; readonly model: string };

export type ModelReply = {
  listModels: readonly ModelFacts[];
  readModel: ModelFiles;
  probeModel: ModelProbe;
  keepParity: null;
  findCopied: Copied;
  keepModel: ModelFacts;
  bringModel: BroughtFacts;
  forgetModel: null;
};

export type ModelEvent =
  /** The models are others than they were; told whole. */
  { readonly event: 'models'; readonly models: readonly ModelFacts[] };
