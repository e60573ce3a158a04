/** What the tuner has measured on one adapter, as it is kept from one visit to the next. Plain data. */

/** How one variant of a kernel did at one shape. */
export type Candidate = {
  readonly variant: string;
  /** Of one dispatch of the measured size; null for a variant that was not timed. */
  readonly milliseconds: number | null;
  /** Why it may not be chosen; null where nothing speaks against it. */
  readonly failure: string | null;
};

export type TunedClass = {
  /** The variant to use. */
  readonly variant: string;
  readonly candidates: readonly Candidate[];
};

/** Kernel and shape → what was measured. */
export type TuningTable = Readonly<Record<string, TunedClass>>;
