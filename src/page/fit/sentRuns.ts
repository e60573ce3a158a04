/** The runs that the law's worker has, so that only what is new is sent. */

import { type Signal, signal } from '@preact/signals-core';
import { lawRunsOf } from '../../formats/lawRuns.ts';
import type { Sample } from '../../worker/api/fits.ts';
import { AUTOMATIC, type Composition, compose, continued } from './selection.ts';
import type { LawDoor } from './tasks.ts';

export class SentRuns {
  /** By row as the worker counts them. */
  readonly composition: Signal<Composition> = signal(compose([], AUTOMATIC));
  readonly #door: LawDoor;
  #sent: { readonly dataset: number; readonly composition: Composition } | null = null;
  #datasets = 0;

  constructor(door: LawDoor) {
    this.#door = door;
  }

  /** What was sent last, with what is left out of it; null where nothing was. */
  sample(): Sample | null {
    return this.#sent && { dataset: this.#sent.dataset, without: this.#sent.composition.without };
  }

  /** Sends what the worker does not have yet. Gives whether fits to what was there before cannot go on. */
  async send(wanted: Composition): Promise<boolean> {
    const { law } = this.#door;
    const old = this.#sent;
    const { order, added } = old ? continued(wanted, old.composition) : { order: wanted, added: null };
    const { about } = order;
    this.composition.value = order;
    if (old && added !== null) {
      this.#sent = { dataset: old.dataset, composition: order };
      const runs = lawRunsOf(old.dataset, order.rows.slice(order.rows.length - added));
      await law.send({ command: 'append', runs, about });
      return false;
    }
    const dataset = ++this.#datasets;
    this.#sent = { dataset, composition: order };
    await law.send({ command: 'dataset', runs: lawRunsOf(dataset, order.rows), about });
    if (old) void law.send({ command: 'forget', dataset: old.dataset });
    return true;
  }
}
