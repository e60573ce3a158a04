/** What every view is given: the doors to the workers, and what all views share. */

import type { ReadonlySignal } from '@preact/signals-core';
import type { Client } from '../worker/api/door.ts';
import type { Command, LabEvent, Reply } from '../worker/api/lab.ts';
import type { LawCommand, LawEvent, LawReply } from '../worker/api/law.ts';
import type { PlayCommand, PlayEvent, PlayReply } from '../worker/api/play.ts';
import type { AppState } from './appState.ts';
import type { DeviceState } from './deviceState.ts';
import type { Fits } from './fit/fits.ts';
import type { ModelShelf } from './models/modelShelf.ts';
import type { Writers } from './play/writers.ts';
import type { Library } from './runs/library.ts';
import type { Keys } from './shell/keys.ts';
import type { Router } from './shell/router.ts';

export type LabClient = Client<Command, Reply>;
export type LawClient = Client<LawCommand, LawReply>;
export type PlayClient = Client<PlayCommand, PlayReply>;

export type Lab = {
  readonly client: LabClient;
  /** Of a worker of its own, which starts with the first command. */
  readonly law: LawClient;
  /** Runs models that left the engine; of a worker of its own, which starts with the first command. */
  readonly play: PlayClient;
  readonly app: AppState;
  /** What the adapter has shown that it can do, on this visit and earlier ones: Train measures it, Map goes by it. */
  readonly device: DeviceState;
  readonly router: Router;
  /** Keyboard shortcuts: a view registers its own, and they work while it is shown. */
  readonly keys: Keys;
  /** All runs that are here: shipped, own, imported. */
  readonly library: Library;
  /** The fit that Fit makes and Map reads. */
  readonly fits: Fits;
  /** The models at hand: Play reads them, Train starts from them. */
  readonly models: ModelShelf;
  /** What the fleet's runs write, which is told while they train, whether Play was shown yet or not. */
  readonly writers: ReadonlySignal<Writers>;
  /** Looks for the adapter and for what an earlier visit left, and puts both into `app`: at the start, and again when a person asks. */
  open(): Promise<void>;
  /** Hears what the lab's worker tells; the function that comes back stops it. */
  listen(listener: (event: LabEvent) => void): () => void;
  /** Hears what the law's worker tells: how far its long commands are, and what they have found so far. */
  listenLaw(listener: (event: LawEvent) => void): () => void;
  /** Hears what the worker of play tells: what a model writes, while it does. */
  listenPlay(listener: (event: PlayEvent) => void): () => void;
};

/**
 * What `VIEW/view.ts` exports: makes the view's element, once; the shell shows it and hides it by `hidden`. The view's name stands above it as the
 * page's h1 already: a view's own headings begin with h2.
 */
export type CreateView = (lab: Lab) => HTMLElement;
