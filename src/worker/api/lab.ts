/**
 * The one door between the page and the engine: what may be asked (commands), what comes back (replies), and what
 * is told unasked (events). Types only, so that whoever imports this file loads no engine.
 *
 * Everything that crosses is plain data. Nothing is thrown across: a command answers with an `Outcome`, and
 * whatever goes wrong outside a command arrives as a `failure` event. Each business has a file of its own beside this one.
 */

import type { CatalogueEntry } from '../../../corpora/catalogue.ts';
import type { AdapterFacts, FleetCommand, FleetEvent, FleetReply, SavedFleet } from './fleet.ts';
import type { LibraryCommand, LibraryEvent, LibraryReply } from './library.ts';
import type { ModelCommand, ModelEvent, ModelReply } from './models.ts';
import type { Failure, Outcome } from './outcome.ts';
import type { StorageCommand, StorageEvent, StorageReply } from './storage.ts';
import type { SweepCommand, SweepEvent, SweepReply } from './sweep.ts';
import type { CorpusFacts, Side, TextCommand, TextEvent, TextReply } from './texts.ts';

export type Opened = {
  readonly adapter: Outcome<AdapterFacts>;
  readonly corpora: Readonly<Record<Side, CorpusFacts | null>>;
  readonly saved: SavedFleet | null;
  /** Corpora elsewhere that can be chosen by name. */
  readonly catalogue: readonly CatalogueEntry[];
  /** Endings of files that can be read, each with its dot. */
  readonly endings: readonly string[];
};

export type OpenCommand =
  /**
   * Opens the adapter and storage, and says what is found there. First of all, and again to look for a GPU. With `tuning: 'off'`
   * kernels come from a fixed table from then on, otherwise they are chosen by measurement.
   */
  | { readonly command: 'open'; readonly tuning?: 'auto' | 'off' }
  /** Says whether anybody sees the page: while nobody does, the GPU may be held for longer at a time. */
  | { readonly command: 'visibility'; readonly visible: boolean };

export type OpenReply = { open: Opened; visibility: null };

export type Command =
  | OpenCommand
  | TextCommand
  | FleetCommand
  | LibraryCommand
  | ModelCommand
  | StorageCommand
  | SweepCommand;

/** What each command answers with. */
export type Reply = OpenReply &
  TextReply &
  FleetReply &
  LibraryReply &
  ModelReply &
  StorageReply &
  SweepReply;

export type LabEvent =
  | TextEvent
  | FleetEvent
  | LibraryEvent
  | ModelEvent
  | StorageEvent
  | SweepEvent
  /** Something the person should know and need not act on, e.g. that a lost device was opened again. */
  | { readonly event: 'notice'; readonly message: string }
  | { readonly event: 'failure'; readonly failure: Failure };

export type Listener = (event: LabEvent) => void;
