/** How a command ends: with its answer, or with an error as data. */

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
  /** A file that was brought along is not what it should be. */
  | 'file'
  /** It was broken off, or a later command took its place. */
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
