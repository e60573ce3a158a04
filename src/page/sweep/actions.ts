/** What a person can do in the view Sweep: each action sends a command to the worker and takes the answer into the state. */

import { effect, untracked } from '@preact/signals-core';
import type { LabEvent, Reply } from '../../worker/api/lab.ts';
import type { RunsFormat } from '../../worker/api/library.ts';
import type { Failure } from '../../worker/api/outcome.ts';
import type { SweepCommand } from '../../worker/api/sweep.ts';
import type { Lab } from '../lab.ts';
import { JSON_TYPE, saveBlob, saveText } from '../parts/download/save.ts';
import { LibraryError } from '../runs/library.ts';
import { keepDraft } from './draft.ts';
import { Plans } from './plans.ts';
import { ShownRuns } from './shownRuns.ts';
import type { SweepState } from './state.ts';
import { designFileOf } from './take/commands.ts';

export class SweepActions {
  /** What designs come to, and what they cost. */
  readonly plans: Plans;
  /** Runs of the sweep that is looked at, and their curves. */
  readonly shown: ShownRuns;
  readonly #state: SweepState;
  readonly #lab: Lab;
  #said = '';

  constructor(state: SweepState, lab: Lab) {
    this.#state = state;
    this.#lab = lab;
    this.plans = new Plans(state, lab.client);
    this.shown = new ShownRuns(state, lab.client);
  }

  /** Keeps the plan to the design, and the shown sweep to the queue; to be called once. */
  begin(): void {
    const { router } = this.#lab;
    keepDraft(this.#state);
    this.#lab.listen((event) => this.#hear(event));
    this.plans.begin();
    effect(() => {
      const { view, query } = router.place.value;
      const asked = view === 'sweep' ? query.get('sweep') : null;
      if (asked !== null) untracked(() => this.choose(asked));
    });
    this.shown.begin();
    void this.#loadQueue();
  }

  /** Puts the design into the queue, and looks at it there. */
  async enqueue(): Promise<void> {
    const { text, plan, isPutting } = this.#state;
    if (isPutting.peek()) return;
    isPutting.value = true;
    const known = plan.peek();
    const name = known.status === 'known' ? known.facts.name : '';
    const id = await this.#send('plan', { command: 'enqueueSweep', design: text.peek(), name });
    isPutting.value = false;
    if (id === undefined) return;
    this.choose(id);
    this.#lab.app.say(`${name} is in the queue.`);
  }

  /** Looks at a sweep of the queue; the address says which. */
  choose(id: string | null): void {
    if (this.#state.chosen.peek() === id) return;
    this.shown.show(id);
    const { view, query: before } = this.#lab.router.place.peek();
    // What is told while another view is shown must not change that one's address.
    if (view !== 'sweep') return;
    const query = new URLSearchParams(before);
    if (id === null) query.delete('sweep');
    else query.set('sweep', id);
    this.#lab.router.replace(query);
  }

  async runQueue(run: boolean): Promise<void> {
    await this.#send('queue', { command: 'runQueue', run });
  }

  /** Pauses all, or lets all go on; false where there is nothing to do either with. */
  flipQueue(): boolean {
    const { sweeps = [], state } = this.#state.queue.peek() ?? {};
    const isOpen = sweeps.some((sweep) => sweep.state === 'waiting' || sweep.state === 'working');
    if (!isOpen && !sweeps.some((sweep) => sweep.state === 'paused')) return false;
    void this.runQueue(!isOpen || state === 'blocked');
    return true;
  }

  async pause(sweep: string, paused: boolean): Promise<void> {
    await this.#send('queue', { command: 'pauseSweep', sweep, paused });
  }

  async move(sweep: string, to: number): Promise<void> {
    await this.#send('queue', { command: 'moveSweep', sweep, to });
  }

  async remove(sweep: string): Promise<void> {
    if ((await this.#send('queue', { command: 'removeSweep', sweep })) === undefined) return;
    if (this.#state.chosen.peek() === sweep) this.choose(null);
  }

  async stopRun(sweep: string, run: string, stopped: boolean): Promise<void> {
    await this.#send('sweep', { command: 'stopSweepRun', sweep, run, stopped });
  }

  /** Puts the design of a sweep back among the fields, to be changed and queued as another one. */
  async takeDesign(sweep: string): Promise<void> {
    const text = await this.#send('sweep', { command: 'sweepDesign', sweep });
    if (text === undefined) return;
    this.#state.setText(text);
    this.#state.tidy();
  }

  /** Saves the manifest of the design, or of a sweep, as a file. */
  async saveManifest(
    of: Extract<SweepCommand, { command: 'sweepManifest' }>['of'],
    name: string,
    panel: 'plan' | 'sweep',
  ): Promise<Reply['sweepManifest'] | undefined> {
    const manifest = await this.#send(panel, { command: 'sweepManifest', of });
    if (manifest) saveText(manifest.text, `${name}.jsonl`, 'application/jsonl');
    return manifest;
  }

  /** Saves the design as it is written. */
  saveDesign(name: string): void {
    saveText(this.#state.text.peek(), designFileOf(name), JSON_TYPE);
  }

  async saveRuns(ids: readonly string[], format: RunsFormat, name: string): Promise<void> {
    await this.#attempt('sweep', async () =>
      saveBlob(await this.#lab.library.exportRuns(ids, format), `${name}.${format}`),
    );
  }

  async bring(files: readonly File[]): Promise<void> {
    if (files.length === 0) return;
    await this.#attempt('bring', async () => {
      this.#state.brought.value = await this.#lab.library.importFiles(files);
    });
  }

  async #loadQueue(): Promise<void> {
    const outcome = await this.#lab.client.send({ command: 'queue' });
    if (!outcome.ok) return this.#state.fail('queue', outcome.failure);
    this.#state.queue.value = outcome.value;
    const { chosen } = this.#state;
    const { sweeps, current } = outcome.value;
    // What is under way is what most people come for.
    if (!sweeps.some(({ id }) => id === chosen.peek()))
      this.choose(current?.sweep ?? sweeps.at(-1)?.id ?? null);
  }

  #hear(event: LabEvent): void {
    const state = this.#state;
    if (event.event === 'queue') {
      state.queue.value = event.queue;
      this.#sayEnds();
    } else if (event.event === 'planning') {
      if (state.plan.peek().status === 'asking' || state.cost.peek().status === 'asking')
        state.planning.value = event;
    } else if (event.event === 'metrics' && event.from === 'queue') {
      this.shown.take(event.runs);
    }
  }

  /** Tells who does not see it that a sweep has come to its end. */
  #sayEnds(): void {
    const done = (this.#state.queue.peek()?.sweeps ?? []).filter((sweep) => sweep.state === 'done');
    const words = done.map(({ id }) => id).join(' ');
    const newest = done.find(({ id }) => !this.#said.includes(id));
    if (newest && this.#said !== '') this.#lab.app.say(`${newest.name} is finished.`);
    this.#said = words === '' ? 'none' : words;
  }

  /** The answer, or undefined once the failure stands in the panel. */
  async #send<C extends SweepCommand>(
    panel: 'plan' | 'queue' | 'sweep',
    command: C,
  ): Promise<Reply[C['command']] | undefined> {
    this.#state.fail(panel, null);
    const outcome = await this.#lab.client.send(command);
    if (outcome.ok) return outcome.value;
    if (outcome.failure.kind !== 'cancelled') this.#state.fail(panel, outcome.failure);
    return undefined;
  }

  async #attempt(panel: 'sweep' | 'bring', action: () => Promise<unknown>): Promise<void> {
    this.#state.fail(panel, null);
    try {
      await action();
    } catch (error) {
      this.#state.fail(panel, failureIn(error));
    }
  }
}

/** The library rejects with an error that carries the worker's failure. */
function failureIn(error: unknown): Failure {
  if (error instanceof LibraryError) return error.failure;
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'internal', message, advice: '' };
}
