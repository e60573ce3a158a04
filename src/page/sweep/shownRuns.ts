/** The runs of the sweep that is looked at, and their curves: kept to what the queue tells of it. */

import { batch, computed, effect } from '@preact/signals-core';
import type { RunMetrics } from '../../worker/api/fleet.ts';
import type { LabClient } from '../lab.ts';
import type { SweepState } from './state.ts';

/** Curves of so many runs are asked for at once: each is a file to be read. */
const CURVES = 16;
/** Losses are told ten times a second, and dozens of charts share their axes: each news would draw all of them. */
const DRAW_MS = 400;

export class ShownRuns {
  readonly #state: SweepState;
  readonly #client: LabClient;
  /** Ids of runs whose curves are here or on their way, as they were saved last. */
  readonly #asked = new Set<string>();
  #drawing: ReturnType<typeof setTimeout> | undefined;
  #isListing = false;
  #isListDue = false;

  constructor(state: SweepState, client: LabClient) {
    this.#state = state;
    this.#client = client;
  }

  /** Lists the runs of whichever sweep is shown from now on; to be called once. */
  begin(): void {
    // Another sweep, or the same with other runs finished, stopped or added: the queue tells of progress far more often.
    const listing = computed(() => {
      const sweep = this.#state.sweep.value;
      return `${this.#state.chosen.value} ${sweep?.runs} ${sweep?.finished} ${sweep?.stopped} ${sweep?.refused.length}`;
    });
    effect(() => {
      void listing.value;
      void this.#list();
    });
  }

  show(sweep: string | null): void {
    const { chosen, runs, curves, curvesVersion } = this.#state;
    batch(() => {
      chosen.value = sweep;
      runs.value = [];
      curves.clear();
      curvesVersion.value++;
    });
    this.#asked.clear();
  }

  /** Takes what is told of runs in training, as far as they are shown. */
  take(told: readonly RunMetrics[]): void {
    const { runs, curves, curvesVersion } = this.#state;
    const isOf = new Set(runs.peek().map(({ id }) => id));
    const news = told.filter(({ run }) => isOf.has(run)).map((run) => curves.takeTold(run));
    if (!news.includes(true)) return;
    this.#drawing ??= setTimeout(() => {
      this.#drawing = undefined;
      curvesVersion.value++;
    }, DRAW_MS);
  }

  /** Asks for curves that are not here yet; of a run that trains, as far as they were saved. */
  async loadCurves(runs: readonly string[]): Promise<void> {
    const sweep = this.#state.chosen.peek();
    const wanted = runs.filter((run) => !this.#asked.has(run));
    if (sweep === null || wanted.length === 0) return;
    for (const run of wanted) this.#asked.add(run);
    for (let from = 0; from < wanted.length; from += CURVES) {
      const outcome = await this.#client.send({
        command: 'sweepCurves',
        sweep,
        runs: wanted.slice(from, from + CURVES),
      });
      if (this.#state.chosen.peek() !== sweep) return;
      if (!outcome.ok) return this.#state.fail('sweep', outcome.failure);
      for (const curve of outcome.value) this.#state.curves.takeSaved(curve);
      this.#state.curvesVersion.value++;
    }
  }

  /** One listing at a time, and one more for all that has changed meanwhile: runs of a fleet may finish at once. */
  async #list(): Promise<void> {
    this.#isListDue = true;
    if (this.#isListing) return;
    this.#isListing = true;
    try {
      while (this.#isListDue) {
        this.#isListDue = false;
        await this.#load(this.#state.chosen.peek());
      }
    } finally {
      this.#isListing = false;
    }
  }

  async #load(sweep: string | null): Promise<void> {
    if (sweep === null || !this.#state.queue.peek()?.sweeps.some(({ id }) => id === sweep)) return;
    const outcome = await this.#client.send({ command: 'sweepRuns', sweep });
    if (this.#state.chosen.peek() !== sweep) return;
    if (!outcome.ok) return this.#state.fail('sweep', outcome.failure);
    const before = new Map(this.#state.runs.peek().map(({ id, status }) => [id, status] as const));
    this.#state.fail('sweep', null);
    // A run that has ended since has its last points, and its floor, in its record.
    for (const { id, status } of outcome.value) if (before.get(id) !== status) this.#asked.delete(id);
    this.#state.runs.value = outcome.value;
  }
}
