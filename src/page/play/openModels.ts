/** Has the worker of play hold the models that it is asked about: their files come from the lab's worker, through the page. */

import type { ModelFacts } from '../../worker/api/models.ts';
import type { Failure, Outcome } from '../../worker/api/outcome.ts';
import type { PlayCommand, PlayModel, PlayReply } from '../../worker/api/play.ts';
import type { LabClient, PlayClient } from '../lab.ts';

/** Asks about a model that is open. */
type ModelCommand = Extract<PlayCommand, { readonly model: string }>;

type Opened = {
  readonly step: number | null;
  readonly opening: Promise<Outcome<PlayModel>>;
  /** Ends the opening. */
  readonly stop: () => void;
  /** Who waits for it to be open. */
  waiting: number;
};

export type Clients = { readonly client: Pick<LabClient, 'send'>; readonly play: Pick<PlayClient, 'send'> };

export class OpenModels {
  readonly #clients: Clients;
  readonly #open = new Map<string, Opened>();
  /** How many questions are under way about each model. */
  readonly #asking = new Map<string, number>();
  /** The models that may stay open; null: all. */
  #wanted: ReadonlySet<string> | null = null;

  constructor(clients: Clients) {
    this.#clients = clients;
  }

  /**
   * Asks what `command` says of a model, which is opened first where it is not. The worker closes models when there are too many: one that it
   * has closed meanwhile is opened again, once. A check is not asked again: its probe was handed over.
   */
  async ask<C extends ModelCommand>(
    model: ModelFacts,
    command: C,
    signal?: AbortSignal,
  ): Promise<Outcome<PlayReply[C['command']]>> {
    const options = signal ? { signal } : {};
    this.#count(model.id, 1);
    try {
      for (let isLast = command.command === 'checkModel'; ; isLast = true) {
        const opened = await this.open(model, signal);
        if (!opened.ok) return opened;
        if (signal?.aborted) return CANCELLED;
        const outcome = await this.#clients.play.send(command, options);
        if (outcome.ok || outcome.failure.kind !== 'not-now') return outcome;
        this.#open.delete(model.id);
        if (isLast) return outcome;
      }
    } finally {
      this.#count(model.id, -1);
      this.#closeUnwanted();
    }
  }

  /** Opens a model, once for all who ask; with the weights of its step. It is stopped when all who wait for it have stopped. */
  async open(model: ModelFacts, signal?: AbortSignal): Promise<Outcome<PlayModel>> {
    if (signal?.aborted) return CANCELLED;
    const opened = this.#opened(model);
    opened.waiting++;
    const outcome = await unlessStopped(opened.opening, signal);
    opened.waiting--;
    if (outcome !== CANCELLED || opened.waiting > 0) return outcome;
    opened.stop();
    this.#drop(model.id, opened);
    return outcome;
  }

  /** Has all other models closed, each as soon as nobody asks about it any more. */
  keepOnly(models: readonly string[]): void {
    this.#wanted = new Set(models);
    this.#closeUnwanted();
  }

  #opened(model: ModelFacts): Opened {
    const before = this.#open.get(model.id);
    if (before?.step === model.step) return before;
    const stopping = new AbortController();
    const opening = this.#read(model, stopping.signal);
    const opened = { step: model.step, opening, stop: () => stopping.abort(), waiting: 0 };
    this.#open.set(model.id, opened);
    void opening.then(({ ok }) => {
      if (!ok) return this.#drop(model.id, opened);
      // It was open just before it was stopped.
      if (!this.#open.has(model.id)) this.#open.set(model.id, opened);
      this.#closeUnwanted();
    });
    return opened;
  }

  async #read({ id }: ModelFacts, signal: AbortSignal): Promise<Outcome<PlayModel>> {
    const files = await this.#clients.client.send({ command: 'readModel', model: id });
    if (!files.ok) return files;
    if (signal.aborted) return CANCELLED;
    const command = { command: 'openModel', files: files.value } as const;
    const outcome = await this.#clients.play.send(command, { signal });
    if (outcome.ok) for (const closed of outcome.value.closed) this.#open.delete(closed);
    return outcome;
  }

  #drop(id: string, opened: Opened): void {
    if (this.#open.get(id) === opened) this.#open.delete(id);
  }

  #count(id: string, by: 1 | -1): void {
    this.#asking.set(id, (this.#asking.get(id) ?? 0) + by);
    if (this.#asking.get(id) === 0) this.#asking.delete(id);
  }

  #closeUnwanted(): void {
    const wanted = this.#wanted;
    if (!wanted) return;
    for (const id of this.#open.keys()) {
      if (wanted.has(id) || this.#asking.has(id)) continue;
      this.#open.delete(id);
      void this.#clients.play.send({ command: 'closeModel', model: id });
    }
  }
}

const CANCELLED: { readonly ok: false; readonly failure: Failure } = {
  ok: false,
  failure: { kind: 'cancelled', message: 'It was stopped.', advice: '' },
};

/** What a promise comes to, unless somebody stops waiting for it before. */
async function unlessStopped<T>(
  promise: Promise<Outcome<T>>,
  signal: AbortSignal | undefined,
): Promise<Outcome<T>> {
  if (!signal) return promise;
  let forget = () => {};
  const stopped = new Promise<typeof CANCELLED>((resolve) => {
    const stop = () => resolve(CANCELLED);
    signal.addEventListener('abort', stop, { once: true });
    forget = () => signal.removeEventListener('abort', stop);
  });
  return Promise.race([promise, stopped]).finally(forget);
}
