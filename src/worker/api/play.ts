/**
 * What the worker of play may be asked: to run models that left the engine, by ONNX Runtime. It holds no store, and a device only where ONNX
 * Runtime is asked to run by WebGPU: a model comes in its files, and is known by its id from then on. Types only.
 */

import type { Parity } from '../../formats/parity.ts';
import type { Alternative, ReadToken } from '../../play/readTokens.ts';
import type { Scored, ScoredToken } from '../../play/score.ts';
import type { WrittenToken } from '../../play/write.ts';
import type { ModelFiles, ModelProbe } from './models.ts';

export type { Alternative, ReadToken, Scored, ScoredToken, WrittenToken };

/** By what a model is run. WASM is everywhere; WebGPU only where the browser has an adapter. */
export type PlayProvider = 'wasm' | 'webgpu';

export type PlayModel = {
  readonly model: string;
  /** Who runs it, with its version: `onnxruntime-web 1.30.0, WASM`. */
  readonly runtime: string;
  /** Tokens that it sees at once. */
  readonly context: number;
  readonly vocabulary: number;
  /** Models that had to be closed for it, by id: those longest unused. */
  readonly closed: readonly string[];
};

/** How a text is written on. The same seed gives the same text as `m3lab generate`, up to the end of the document, where this ends. */
export type Writing = {
  /** May be empty: the model then begins a document. */
  readonly prompt: string;
  /** At most. */
  readonly tokens: number;
  readonly seed: number;
  /** 0 takes the likeliest token always. */
  readonly temperature: number;
  /** 0 for all. */
  readonly topK: number;
  /** 1 for all. */
  readonly topP: number;
};

export type Written = {
  /** Without the prompt, and without the line break of an end. A character that is broken off at the end is U+FFFD. */
  readonly text: string;
  readonly tokens: readonly WrittenToken[];
  /** Whether the model ended its document, or had written as much as was asked for. */
  readonly ended: 'document' | 'tokens';
  /** Tokens of the prompt, the end of a document before it counted. */
  readonly promptTokens: number;
  /** As many of them as the model saw: of a prompt that is longer than its context, the last. */
  readonly promptSeen: number;
  /** Characters of the prompt that the model's tokenizer lacks or changes, each once; the model did not see them as they are. */
  readonly lost: readonly string[];
  readonly milliseconds: number;
};

export type PlayCommand =
  /** Makes ready a model; one that is open already under the same id is replaced. */
  | { readonly command: 'openModel'; readonly files: ModelFiles }
  | { readonly command: 'closeModel'; readonly model: string }
  /** Holds what ONNX Runtime computes against what our engine did with the very weights that are open here; `not-now` where those are others. */
  | {
      readonly command: 'checkModel';
      readonly model: string;
      readonly probe: ModelProbe;
      /** WASM where nothing is said. */
      readonly provider?: PlayProvider;
    }
  /** Tells of each token under way by `written` events that carry `task`, a number of the caller's. */
  | {
      readonly command: 'write';
      readonly task: number;
      readonly model: string;
      readonly writing: Writing;
    }
  | { readonly command: 'scoreText'; readonly model: string; readonly text: string }
  /** A zip of the model's folder, as Hugging Face's libraries read it, or with ONNX files, as transformers.js and ONNX Runtime do. */
  | {
      readonly command: 'exportModel';
      readonly model: string;
      readonly format: 'hf' | 'onnx';
      /** For the model card, where it is of these weights; a check that did not pass is not said to have. */
      readonly parity: Parity | null;
    };

export type PlayReply = {
  openModel: PlayModel;
  closeModel: null;
  checkModel: Parity;
  write: Written;
  scoreText: Scored;
  exportModel: ExportedZip;
};

export type ExportedZip = { readonly name: string; readonly blob: Blob };

/** Tokens since the last such event. */
export type PlayEvent = {
  readonly event: 'written';
  readonly task: number;
  readonly tokens: readonly WrittenToken[];
};
