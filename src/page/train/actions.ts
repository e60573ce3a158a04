/** What a person can do: each action sends a command to the worker and takes the answer into the state. */

import { batch } from '@preact/signals-core';
import { type PresetName, presetOf } from '../../formats/share/presets.ts';
import type { FleetSettings, TextSettings } from '../../formats/share/settings.ts';
import type { Command, Reply } from '../../worker/api/lab.ts';
import type { LabClient } from '../lab.ts';
import { refusalOf } from './checking.ts';
import { emptyCurve } from './curves.ts';
import { takeCorpus } from './events.ts';
import { valuesOf } from './form/restore.ts';
import { startOf } from './form/startFrom.ts';
import { waitingRows } from './rows.ts';
import type { TrainState } from './state.ts';
import { type Job, Stops } from './stops.ts';
import { TextActions } from './textActions.ts';

export class TrainActions {
  readonly texts: TextActions;
  readonly #state: TrainState;
  readonly #client: LabClient;
  readonly #stops: Stops;

  constructor(state: TrainState, client: LabClient) {
    this.#state = state;
    this.#client = client;
    this.#stops = new Stops(client);
    this.texts = new TextActions(state, this.#stops);
  }

  /** Settings of a preset, and its texts. */
  async choosePreset(name: PresetName): Promise<void> {
    const { texts, ...values } = presetOf(name).settings;
    this.#state.form.takePreset(name, values);
    await this.texts.takeTexts(texts);
  }

  /** Settings that a link says. */
  async takeSettings(preset: PresetName, values: FleetSettings, texts: TextSettings): Promise<void> {
    this.#state.form.take(preset, values, true);
    await this.texts.takeTexts(texts);
  }

  /** Trains the form as it stands; built-in texts that are chosen and not read yet are read first. */
  async train(): Promise<void> {
    const { form, fleet } = this.#state;
    if (!(await this.texts.readMissing())) return;
    const { configs } = form.reading.value;
    if (!configs || fleet.busy.value) return;
    const slots = form.values.value.recipes.map(({ slot }) => slot);
    const start = startOf(form.start.value);
    const putBack = fleet.keep();
    batch(() => {
      fleet.clear();
      fleet.configs.value = configs;
      fleet.rows.value = waitingRows(configs, slots);
      for (const { name } of configs) fleet.curves.set(name, emptyCurve());
      fleet.phase.value = 'preparing';
    });
    if ((await this.#send({ command: 'train', configs, slots, ...start }, 'preparation')) === undefined)
      putBack();
  }

  /** Goes on with the saved fleet, interrupted or stopped; the form and the texts become that fleet's again. */
  async continueSaved(): Promise<void> {
    const { form, texts, fleet } = this.#state;
    const putBack = fleet.keep();
    fleet.phase.value = 'preparing';
    const read = await this.#send({ command: 'continue' }, 'preparation');
    if (read === undefined) return putBack();
    batch(() => {
      takeCorpus(texts, read.target);
      takeCorpus(texts, read.source);
      const slots = fleet.configs.value.map(({ name }) => fleet.slotOf(name));
      form.take(form.preset.value, valuesOf(fleet.configs.value, form.values.value, slots), true);
    });
  }

  async discardSaved(): Promise<void> {
    if ((await this.#send({ command: 'discard' })) === undefined) return;
    batch(() => this.#state.fleet.forget());
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

  /** Ends every run, or one; while a fleet is prepared, breaks that off. */
  async stop(run?: string): Promise<void> {
    if (this.#state.fleet.phase.value === 'preparing') return this.#stops.cancel('preparation');
    await this.#send({ command: 'stop', ...(run !== undefined && { run }) });
  }

  /** Best effort, when the page goes out of sight: a phone may end it without a word. */
  checkpoint(): void {
    if (this.#state.fleet.phase.value === 'training') void this.#client.send({ command: 'checkpoint' });
  }

  /** Has the worker measure what the device can do at most. */
  async measurePeak(): Promise<void> {
    const { device } = this.#state;
    device.measuring.value = true;
    const peak = await this.#send({ command: 'peak' });
    device.measuring.value = false;
    if (peak) device.setPeak(peak);
  }

  /** The answer, or undefined once the failure stands on the page. */
  async #send<C extends Command>(command: C, job?: Job): Promise<Reply[C['command']] | undefined> {
    const { app, form } = this.#state;
    app.failure.value = null;
    const outcome = job ? await this.#stops.send(job, command) : await this.#client.send(command);
    if (outcome.ok) return outcome.value;
    if (outcome.failure.kind === 'cancelled') return undefined;
    // At its field where it has one on the page; otherwise in words above.
    const refusal = refusalOf(outcome.failure, form.values.value.recipes);
    if (refusal) form.refusal.value = refusal;
    else app.failure.value = outcome.failure;
    return undefined;
  }
}
