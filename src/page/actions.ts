/** What a person can do: each action sends a command to the worker and takes the answer into the state. */

import { batch } from '@preact/signals-core';
import type { Command, CorpusOrigin, Failure, Job, Reply, Side } from '../worker/api.ts';
import type { LabClient } from '../worker/client.ts';
import { refusalOf } from './checking.ts';
import { fileOrigin, originName, withColumn } from './corpora/origin.ts';
import { beginningPicker, pairSpec, pickerOf } from './corpora/picker.ts';
import { takeCorpus, takeOpened } from './events.ts';
import { valuesOf } from './form/restore.ts';
import type { CorpusState, LabState, Offer } from './state.ts';

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

  /** Reads a text in the place of the side's last one; what is broken off leaves that one as it was. */
  async readCorpus(side: Side, origin: CorpusOrigin): Promise<void> {
    const corpus = this.#state.corpora[side];
    const before = corpus.value;
    const mine: CorpusState = { status: 'reading', name: originName(origin), bytes: 0, totalBytes: 0 };
    corpus.value = mine;
    const outcome = await this.#client.send({ command: 'readCorpus', side, origin });
    if (outcome.ok) {
      // What was to be fetched lies here now.
      this.#state.offers[side].value = null;
      takeCorpus(this.#state, outcome.value);
    } else if (outcome.failure.kind !== 'cancelled') {
      corpus.value = { status: 'refused', origin, failure: outcome.failure };
    } else if (corpus.value.status === 'reading') corpus.value = before;
  }

  async readFile(side: Side, file: File): Promise<void> {
    this.#state.setPicker(side, { place: 'file' });
    await this.readCorpus(side, fileOrigin(file, this.#state.pickers[side].value));
  }

  /** Reads a table's text from that column, or where it lies elsewhere, asks first what that will take. */
  async takeColumn(side: Side, origin: CorpusOrigin, column: string): Promise<void> {
    const state = this.#state;
    const chosen = withColumn(origin, column);
    if (chosen.kind === 'file') {
      state.typeInPicker(side, 'column', column);
      return this.readCorpus(side, chosen);
    }
    state.setPicker(side, pickerOf(chosen.spec, state.pickers[side].value, state.catalogue.value));
    await this.describe(side, chosen.spec);
  }

  async readPair(): Promise<void> {
    for (const side of ['target', 'source'] as const) {
      this.#state.setPicker(side, beginningPicker(side));
      await this.readCorpus(side, { kind: 'spec', spec: pairSpec(side) });
    }
  }

  /** Asks what fetching a corpus will take. */
  async describe(side: Side, spec: string): Promise<void> {
    const offer = this.#state.offers[side];
    const mine: Offer = { spec, state: { status: 'asking' } };
    offer.value = mine;
    const outcome = await this.#client.send({ command: 'describeCorpus', side, spec });
    // Somebody may have asked for something else since.
    if (offer.value !== mine) return;
    if (outcome.ok) offer.value = { spec, state: { status: 'known', description: outcome.value } };
    else if (outcome.failure.kind === 'cancelled') offer.value = null;
    else offer.value = { spec, state: { status: 'failed', failure: outcome.failure } };
  }

  cancel(job: Job): void {
    void this.#client.send({ command: 'cancel', job });
  }

  /** The n-gram reference for the form as it stands; nothing where that says no D_T or tokenizer. */
  async computeReference(): Promise<void> {
    const { reference, referenceWish } = this.#state;
    const wish = referenceWish.value;
    if (!wish) return;
    reference.value = { status: 'computing' };
    const outcome = await this.#client.send({ command: 'reference', ...wish });
    if (referenceWish.value !== wish) return;
    if (outcome.ok) reference.value = { status: 'known', found: outcome.value };
    else reference.value = { status: outcome.failure.kind === 'cancelled' ? 'unknown' : 'failed' };
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
    if (outcome.failure.kind === 'cancelled') return undefined;
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
