/** What a sweep tells while it runs. Plain data: it becomes JSON lines. The events of its trainers go through, their runs by id. */

import type { RunRecord } from '../../formats/record.ts';
import type { TrainEvent } from '../../train/events.ts';
import type { Holder } from './claims.ts';
import type { SweepProgress } from './progress.ts';

export type SweepEvent =
  | Exclude<TrainEvent, { event: 'progress' | 'done' }>
  /** A task begins, with those of its runs that are ours to train. */
  | { readonly event: 'task'; readonly task: number; readonly runs: readonly string[] }
  /** A run is finished and its record written. */
  | { readonly event: 'record'; readonly id: string; readonly name: string; readonly record: RunRecord }
  /** A run is left to another process, which is at work on it. */
  | { readonly event: 'left'; readonly id: string; readonly holder: Holder }
  /** A run was taken over by another process, because this one seemed dead. */
  | { readonly event: 'lost'; readonly id: string }
  /** Runs are held by processes of which nobody knows whether they live; it is being watched whether they do. */
  | { readonly event: 'watching'; readonly runs: readonly string[]; readonly holder: Holder }
  /** A run that cannot be. */
  | { readonly event: 'refused'; readonly id: string; readonly field: string; readonly problem: string }
  /** A record or a checkpoint that cannot be used; its run is trained anew. */
  | { readonly event: 'damaged'; readonly id: string; readonly path: string; readonly problem: string }
  /** After every chunk of steps. */
  | ({ readonly event: 'sweep' } & SweepProgress);

export type OnSweepEvent = (event: SweepEvent) => void;
