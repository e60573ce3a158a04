/** How far a model that has left the lab is from the engine that trained it, as an independent runtime computes it. */

/** Largest differences with which a model counts as checked: of any logit, and of the mean loss in nats a token. */
export const PARITY_LIMITS = { logits: 1e-3, loss: 1e-4 } as const;

/** What our engine says of some windows of text, for another runtime to be held against. */
export type ParityProbe = {
  /** `count` windows of `context` + 1 tokens, one after the other; the last token of each is only predicted. */
  readonly windows: Uint16Array;
  readonly count: number;
  /** The model's context, or less where that many logits are too many. */
  readonly context: number;
  /** [count, context, vocabulary]. */
  readonly logits: Float32Array;
  /** What the windows are of, to follow "on": "4 windows of held-out text of world:id". Where nobody says, they are of some text. */
  readonly text?: string;
  /** SHA-256 of the weights' file (64 hexadecimal digits), where there is one: a verdict is of these weights alone. */
  readonly weights?: string;
};

/** The outcome of a comparison; a difference that is not finite does not pass. */
export type Parity = {
  /** Who was asked: `onnxruntime-web 1.30.0`. */
  readonly runtime: string;
  /** How it computed: `wasm`, `webgpu`. */
  readonly provider: string;
  /** As the probe has it; null where it does not say. */
  readonly text: string | null;
  readonly weights: string | null;
  readonly windows: number;
  /** Tokens that were predicted. */
  readonly tokens: number;
  /** Largest difference of a logit. */
  readonly logits: number;
  /** Difference of the mean losses, nats a token. */
  readonly loss: number;
  /** As `logits`, token by token through the cache of keys and values, on the first window. */
  readonly cacheLogits: number;
  /** Mean loss as our engine has it, nats a token. */
  readonly engineLoss: number;
  readonly passed: boolean;
};
