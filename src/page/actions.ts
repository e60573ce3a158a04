/** What a person can do: each action sends a command to the worker and takes the answer into the state. */

import { batch } from '@preact/signals-core';
import type { Command, CorpusOrigin, Failure, Reply, Side } from '../worker/api.ts';
import type { LabClient } from '../worker/client.ts';
import { refusalOf } from './checking.ts';
import { takeCorpus, takeOpened } from './events.ts';
import { valuesOf } from './form/restore.ts';
import type { LabState } from './state.ts';

export class LabActions {
  readonly #state: LabState;
  readonly #client: LabClient;

  constructor(state: LabState, client: LabClient) {
    this.#state = state;
    this.#client = client;
  }

  /** Looks for the adapter, and for what an earlier visit left in storage. `tuning`: whether kernels are measured. */
  async open(tuning: 'auto' | 'off'): Promise<void> {
    const opened = await this.#send({ command: 'open', tuning });
    if (opened) takeOpened(this.#state, opened);
    else this.#state.unopened.value = true;
  }

  async readCorpus(side: Side, origin: CorpusOrigin): Promise<void> {
    const corpus = this.#state.corpora[side];
    const name = origin.kind === 'file' ? origin.file.name : 'built-in text';
    const totalBytes = origin.kind === 'file' ? origin.file.size : 0;
    corpus.value = { status: 'reading', name, bytes: 0, totalBytes };
    const outcome = await this.#client.send({ command: 'readCorpus', side, origin });
    if (outcome.ok) takeCorpus(this.#state, outcome.value);
    else corpus.value = { status: 'refused', name, failure: outcome.failure };
  }

  async readSamples(): Promise<void> {
    await this.readCorpus('target', { kind: 'sample' });
    await this.readCorpus('source', { kind: 'sample' });
  }

  async train(): Promise<void> {
    const { configs } = this.#state.reading.value;
    if (!configs) return;
    const putBack = this.#state.keepRuns();
    batch(() => {
      this.#state.clearRuns();
      this.#state.phase.value = 'preparing';
    });
    if ((await this.#send({ command: 'train', configs })) === undefined) putBack();
    else this.#state.lastConfigs.value = configs;
  }

  /** Goes on with the saved fleet, interrupted or stopped; the form and the texts become that fleet's again. */
  async continueSaved(): Promise<void> {
    const state = this.#state;
    const putBack = state.keepRuns();
    state.phase.value = 'preparing';
    const texts = await this.#send({ command: 'continue' });
    if (texts === undefined) return putBack();
    batch(() => {
      takeCorpus(state, texts.target);
      takeCorpus(state, texts.source);
      state.values.value = valuesOf(state.lastConfigs.value, state.values.value);
    });
  }

  async discardSaved(): Promise<void> {
    if ((await this.#send({ command: 'discard' })) === undefined) return;
    batch(() => {
      this.#state.interrupted.value = null;
      this.#state.clearRuns();
      this.#state.phase.value = 'idle';
    });
  }

  async pause(): Promise<void> {
    await this.#send({ command: 'pause' });
  }

  async resume(): Promise<void> {
    await this.#send({ command: 'resume' });
  }

  async step(steps: number): Promise<void> {
    await this.#send({ command: 'step', steps });
  }

  async stop(): Promise<void> {
    await this.#send({ command: 'stop' });
  }

  /** Best effort, when the page goes out of sight: a phone may end it without a word. */
  checkpoint(): void {
    if (this.#state.phase.value === 'training') void this.#client.send({ command: 'checkpoint' });
  }

  /** Tells the worker whether anybody sees the page. */
  setVisible(visible: boolean): void {
    void this.#client.send({ command: 'visibility', visible });
  }

  /** The answer, or undefined once the failure stands on the page. */
  async #send<C extends Command>(command: C): Promise<Reply[C['command']] | undefined> {
    this.#state.failure.value = null;
    const outcome = await this.#client.send(command);
    if (outcome.ok) return outcome.value;
    this.#fail(outcome.failure);
    return undefined;
  }

  /** At its field where it has one on the page; otherwise in words above. */
  #fail(failure: Failure): void {
    const refusal = refusalOf(failure);
    if (refusal) this.#state.refusal.value = refusal;
    else this.#state.failure.value = failure;
  }
}
