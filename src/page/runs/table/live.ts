/** What a run that is under way tells beside its summary. */

/** Of a run that has not ended: its summary says what was asked for, and this how far it is. */
export type LiveRun = {
  /** `waiting`, `training`, `paused`, or how it ended. */
  readonly status: string;
  readonly step: number;
  /** Steps of the whole run. */
  readonly steps: number;
  /** Latest losses, in bits per byte; null where there is none yet. */
  readonly trainingBits: number | null;
  readonly targetBits?: number | null;
  readonly sourceBits?: number | null;
};

const ENDED: Readonly<Record<string, string>> = { done: 'finished' };

/** A status for people: `done` → "finished". */
export function statusWords(status: string | number | null): string {
  const known = status === null ? '–' : String(status);
  return ENDED[known] ?? known;
}

/** As {@link statusWords}, with how much is done while a run is going: "training, 42 %". */
export function progressWords({ status, step, steps }: LiveRun): string {
  const isGoing = status === 'training' || status === 'paused';
  const share = steps > 0 ? Math.floor((100 * step) / steps) : 0;
  return isGoing ? `${statusWords(status)}, ${share} %` : statusWords(status);
}
