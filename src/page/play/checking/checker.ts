/** Has models checked by ONNX Runtime against the engine, and packs them to take away. */

import { type Signal, signal } from '@preact/signals-core';
import type { Parity } from '../../../formats/parity.ts';
import type { ModelFacts } from '../../../worker/api/models.ts';
import type { Failure, Outcome } from '../../../worker/api/outcome.ts';
import type { ExportedZip, PlayProvider } from '../../../worker/api/play.ts';
import { saveBlob } from '../../parts/download/save.ts';
import type { Clients, OpenModels } from '../openModels.ts';
import { parityWords } from './words.ts';

export type ExportFormat = 'hf' | 'onnx';

export type CheckState =
  /** The engine computes; then ONNX Runtime; then the model is packed. */
  | { readonly status: 'probing' | 'checking'; readonly stop: () => void }
  | { readonly status: 'packing'; readonly format: ExportFormat; readonly stop: () => void }
  | { readonly status: 'failed'; readonly failure: Failure };

/** A model that learns on is another one. */
type Checked = { readonly step: number | null; readonly parity: Parity };

export type CheckerOptions = {
  readonly clients: Clients;
  readonly models: Pick<OpenModels, 'ask'>;
  readonly say: (words: string) => void;
  readonly save?: (zip: ExportedZip) => void;
};

export class Checker {
  /** By the model's id; one that is not there is at rest. */
  readonly states: Signal<ReadonlyMap<string, CheckState>> = signal(new Map());
  /** By what ONNX Runtime computes. */
  readonly provider: Signal<PlayProvider> = signal('wasm');
  /** Of checks of this visit: what the worker of the lab tells is the same, a moment later. */
  readonly #checked: Signal<ReadonlyMap<string, Checked>> = signal(new Map());
  readonly #options: CheckerOptions;

  constructor(options: CheckerOptions) {
    this.#options = options;
  }

  /** How a model did; null where it was not checked. */
  parityOf({ id, step, parity }: ModelFacts): Parity | null {
    const checked = this.#checked.value.get(id);
    return parity ?? (checked?.step === step ? checked.parity : null);
  }

  isBusy(id: string): boolean {
    const state = this.states.value.get(id);
    return state !== undefined && state.status !== 'failed';
  }

  /** Puts what could not be done with a model last away. */
  closeFailure(id: string): void {
    if (!this.isBusy(id)) this.#set(id, null);
  }

  /** Checks models one after the other: each asks for the device. Never rejects. */
  async checkAll(models: readonly ModelFacts[]): Promise<void> {
    for (const model of models) await this.check(model);
  }

  /** Never rejects: what went wrong stands at the model. */
  async check(model: ModelFacts): Promise<void> {
    if (this.isBusy(model.id)) return;
    const { id, name } = model;
    const stopping = new AbortController();
    const stop = () => stopping.abort();
    this.#set(id, { status: 'probing', stop });
    const parity = await this.#parity(model, stopping.signal, () =>
      this.#set(id, { status: 'checking', stop }),
    );
    if (!parity.ok) return this.#fail(model, parity.failure);
    const kept = await this.#options.clients.client.send({
      command: 'keepParity',
      model: id,
      parity: parity.value,
    });
    // What can be kept nowhere is true all the same, unless the model is another one by now.
    if (kept.ok || kept.failure.kind !== 'not-now') {
      const checked = { step: model.step, parity: parity.value };
      this.#checked.value = new Map([...this.#checked.value, [id, checked]]);
    }
    if (!kept.ok) return this.#fail(model, kept.failure);
    this.#set(id, null);
    this.#options.say(`${name}: ${parityWords(parity.value)}`);
  }

  /** Packs a model as a zip and hands it to the person. Never rejects. */
  async take(model: ModelFacts, format: ExportFormat): Promise<void> {
    if (this.isBusy(model.id)) return;
    const { id, name } = model;
    const { models, say, save = ({ name: file, blob }) => saveBlob(blob, file) } = this.#options;
    const stopping = new AbortController();
    this.#set(id, { status: 'packing', format, stop: () => stopping.abort() });
    const command = { command: 'exportModel', model: id, format, parity: this.parityOf(model) } as const;
    const zip = await models.ask(model, command, stopping.signal);
    if (!zip.ok) return this.#fail(model, zip.failure);
    this.#set(id, null);
    save(zip.value);
    say(`${name} is among your downloads.`);
  }

  async #parity(model: ModelFacts, signal: AbortSignal, onProbed: () => void): Promise<Outcome<Parity>> {
    const { clients, models } = this.#options;
    for (let isLast = false; ; isLast = true) {
      const probe = await clients.client.send({ command: 'probeModel', model: model.id }, { signal });
      if (!probe.ok) return probe;
      onProbed();
      const provider = this.provider.peek();
      const command = { command: 'checkModel', model: model.id, probe: probe.value, provider } as const;
      const outcome = await models.ask(model, command, signal);
      // The model that was open was closed, or had learned less: it is opened anew. The probe is gone with the first question.
      if (outcome.ok || outcome.failure.kind !== 'not-now' || isLast) return outcome;
    }
  }

  #fail({ id, name }: ModelFacts, failure: Failure): void {
    const isStopped = failure.kind === 'cancelled';
    this.#set(id, isStopped ? null : { status: 'failed', failure });
    if (!isStopped) this.#options.say(`${name}: ${failure.message}`);
  }

  #set(id: string, state: CheckState | null): void {
    const others = [...this.states.value].filter(([one]) => one !== id);
    this.states.value = new Map(state ? [...others, [id, state]] : others);
  }
}
