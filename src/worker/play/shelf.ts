/** The models that are ready to be read and to write. */

import type { ExportedModel } from '../../export/model.ts';
import { onnxModel } from '../../export/onnx/model.ts';
import type { OrtRuntime, OrtSession } from '../../export/ort/session.ts';
import type { PlayModel } from '../../play/playModel.ts';
import { unlessAborted } from '../abort.ts';
import type { ModelFiles } from '../api/models.ts';
import type * as api from '../api/play.ts';
import { type ReadModel, readModelFiles } from './readModel.ts';
import type { Runtimes } from './runtimes.ts';

/** As many as the page lets stand side by side: each holds its weights twice. */
export const MOST_OPEN = 4;

/** The model is not open, or was closed while it was at work. */
export class ClosedModelError extends Error {
  override readonly name = 'ClosedModelError';
  readonly model: string;
  constructor(model: string) {
    super('this model is no longer open here; choose it again');
    this.model = model;
  }
}

/** What was said of a model was said of other weights than those that are open here. */
export class OtherWeightsError extends Error {
  override readonly name = 'OtherWeightsError';
  readonly model: string;
  constructor(model: string) {
    super('this model was trained on in the meantime; check it again');
    this.model = model;
  }
}

export type OpenModel = {
  readonly exported: ExportedModel;
  /** SHA-256 of the file of its weights. */
  readonly weights: string;
  readonly play: PlayModel;
};

type Held = OpenModel & {
  /** How many commands are at work with it. */
  users: number;
  close(): Promise<void>;
};

export class ModelShelf {
  readonly #runtimes: Runtimes;
  /** By id, the one longest unused first. */
  readonly #open = new Map<string, Held>();
  /** Models that are about to be open too. */
  #opening = 0;

  constructor(runtimes: Runtimes) {
    this.#runtimes = runtimes;
  }

  /**
   * Takes the place of one of the same id. Where there would be too many, others are closed first: those that nobody works with, the one
   * longest unused before the others. Rejects with the signal's reason when aborted; nothing is open then that nobody knows of.
   */
  async open(files: ModelFiles, signal: AbortSignal): Promise<api.PlayModel> {
    const { id } = files;
    const read = await readModelFiles(files, signal);
    const runtime = await unlessAborted(this.#runtimes.of('wasm'), signal);
    // Before another takes its memory.
    await this.close(id);
    const closed = this.#surplus();
    this.#opening++;
    try {
      for (const model of closed) await this.close(model);
      const session = await opened(runtime, read.exported, signal);
      // The same one may have been opened by somebody else meanwhile.
      await this.close(id);
      this.#open.set(id, held(id, read, session));
    } finally {
      this.#opening--;
    }
    const { context, vocabulary } = read.exported.config;
    return { model: id, runtime: `${runtime.name}, WASM`, context, vocabulary, closed };
  }

  /** Works with a model, which stays open for as long unless somebody closes it. @throws ClosedModelError */
  async use<Result>(
    model: string,
    work: (open: OpenModel) => Result | Promise<Result>,
  ): Promise<Awaited<Result>> {
    const found = this.#open.get(model);
    if (!found) throw new ClosedModelError(model);
    this.#open.delete(model);
    this.#open.set(model, found);
    found.users++;
    try {
      return await work(found);
    } finally {
      found.users--;
    }
  }

  /** Frees its memory; what it is at work on ends. */
  async close(model: string): Promise<void> {
    const found = this.#open.get(model);
    this.#open.delete(model);
    await found?.close();
  }

  /** Who has to go before one more is opened. */
  #surplus(): string[] {
    const count = this.#open.size + this.#opening + 1 - MOST_OPEN;
    const idle = [...this.#open].filter(([, { users }]) => users === 0);
    const busy = [...this.#open].filter(([, { users }]) => users > 0);
    return [...idle, ...busy].slice(0, Math.max(0, count)).map(([model]) => model);
  }
}

async function opened(
  runtime: OrtRuntime,
  exported: ExportedModel,
  signal: AbortSignal,
): Promise<OrtSession> {
  signal.throwIfAborted();
  const session = await runtime.create(onnxModel(exported, { cache: true }));
  if (signal.aborted) await session.release().catch(() => {});
  signal.throwIfAborted();
  return session;
}

function held(id: string, { exported, weights }: ReadModel, session: OrtSession): Held {
  const { config, tokenizer } = exported;
  let isOpen = true;
  return {
    exported,
    weights,
    users: 0,
    play: {
      config,
      tokenizer,
      session: {
        run(feeds) {
          if (!isOpen) return Promise.reject(new ClosedModelError(id));
          return session.run(feeds);
        },
      },
    },
    close() {
      isOpen = false;
      // What cannot be freed must not stand in the way of the next model.
      return session.release().catch(() => {});
    },
  };
}
