/** What a person can do about the two texts. */

import type { TextSettings } from '../../formats/share/settings.ts';
import type { CorpusOrigin, Side } from '../../worker/api/texts.ts';
import { fileOrigin, originName, withColumn } from './corpora/origin.ts';
import { beginningPicker, pairSpec, pickerOf, specOfPicker } from './corpora/picker.ts';
import { takeCorpus } from './events.ts';
import type { TrainState } from './state.ts';
import type { Stops } from './stops.ts';
import { type CorpusState, type Offer, SIDES } from './textsState.ts';

export class TextActions {
  readonly #state: Pick<TrainState, 'texts' | 'form' | 'app'>;
  readonly #stops: Stops;
  /** What each side had before its reading began, and which reading is the newest. */
  readonly #settled: Record<Side, CorpusState> = { target: { status: 'empty' }, source: { status: 'empty' } };
  readonly #readings: Partial<Record<Side, object>> = {};
  /** Which texts were asked for last. */
  #taking: object = {};

  constructor(state: Pick<TrainState, 'texts' | 'form' | 'app'>, stops: Stops) {
    this.#state = state;
    this.#stops = stops;
  }

  /** Reads a text in the place of the side's last one; what is broken off leaves that one as it was. */
  async readCorpus(side: Side, origin: CorpusOrigin): Promise<void> {
    const { texts, app } = this.#state;
    const corpus = texts.corpora[side];
    if (corpus.value.status !== 'reading') this.#settled[side] = corpus.value;
    const turn = {};
    this.#readings[side] = turn;
    corpus.value = { status: 'reading', name: originName(origin), bytes: 0, totalBytes: 0 };
    const outcome = await this.#stops.send(side, { command: 'readCorpus', side, origin });
    // Somebody may have asked for another text since.
    if (this.#readings[side] !== turn) return;
    if (outcome.ok) {
      // What was to be fetched lies here now.
      texts.offers[side].value = null;
      takeCorpus(texts, outcome.value);
      app.keepOpened({ corpus: outcome.value });
    } else if (outcome.failure.kind !== 'cancelled') {
      corpus.value = { status: 'refused', origin, failure: outcome.failure };
    } else corpus.value = this.#settled[side];
  }

  async readFile(side: Side, file: File): Promise<void> {
    const { texts } = this.#state;
    texts.setPicker(side, { place: 'file' });
    await this.readCorpus(side, fileOrigin(file, texts.pickers[side].value));
  }

  /** Reads a table's text from that column, or where it lies elsewhere, asks first what that will take. */
  async takeColumn(side: Side, origin: CorpusOrigin, column: string): Promise<void> {
    const { texts } = this.#state;
    const chosen = withColumn(origin, column);
    if (chosen.kind === 'file') {
      texts.typeInPicker(side, 'column', column);
      return this.readCorpus(side, chosen);
    }
    texts.setPicker(side, pickerOf(chosen.spec, texts.pickers[side].value, texts.catalogue.value));
    await this.describe(side, chosen.spec);
  }

  async readPair(): Promise<void> {
    for (const side of SIDES) {
      this.#state.texts.setPicker(side, beginningPicker(side));
      await this.readCorpus(side, { kind: 'spec', spec: pairSpec(side) });
    }
  }

  /** Asks what fetching a corpus will take. */
  async describe(side: Side, spec: string): Promise<void> {
    const offer = this.#state.texts.offers[side];
    const mine: Offer = { spec, state: { status: 'asking' } };
    offer.value = mine;
    const outcome = await this.#stops.send(side, { command: 'describeCorpus', side, spec });
    // Somebody may have asked for something else since.
    if (offer.value !== mine) return;
    if (outcome.ok) offer.value = { spec, state: { status: 'known', description: outcome.value } };
    else if (outcome.failure.kind === 'cancelled') offer.value = null;
    else offer.value = { spec, state: { status: 'failed', failure: outcome.failure } };
  }

  cancel(job: Side | 'reference'): void {
    this.#stops.cancel(job);
  }

  /** The n-gram reference for the form as it stands; nothing where that says no D_T or tokenizer. */
  async computeReference(): Promise<void> {
    const { texts, form } = this.#state;
    const wish = form.referenceWish.value;
    if (!wish) return;
    texts.reference.value = { status: 'computing' };
    const outcome = await this.#stops.send('reference', { command: 'reference', ...wish });
    if (form.referenceWish.value !== wish) return;
    if (outcome.ok) texts.reference.value = { status: 'known', found: outcome.value };
    else texts.reference.value = { status: outcome.failure.kind === 'cancelled' ? 'unknown' : 'failed' };
  }

  /**
   * Built-in texts are told at once; a text elsewhere waits until a person says that it may be fetched, and a text of the person's own is
   * not thrown away for another.
   */
  async takeTexts(wanted: TextSettings): Promise<void> {
    const { texts, app } = this.#state;
    const mine = {};
    this.#taking = mine;
    for (const side of SIDES) {
      const spec = wanted[side];
      const here = texts.facts(side)?.spec;
      const isOwn = here?.startsWith('file:') ?? false;
      if (spec === null) {
        if (!isOwn) texts.setPicker(side, { place: 'file' });
        continue;
      }
      if (here === spec) continue;
      texts.setPicker(side, pickerOf(spec, texts.pickers[side].value, texts.catalogue.value));
      if (isOwn) {
        app.notify(
          `Your own ${side} text is still open. These settings are meant for another one: press Read under “Texts” to take that.`,
        );
      } else if (spec.startsWith('world:')) {
        await this.readCorpus(side, { kind: 'spec', spec });
        if (this.#taking !== mine) return;
      } else {
        app.notify(
          `The ${side} text of these settings lies on another server; under “Texts” you see what fetching it takes.`,
        );
      }
    }
  }

  /** Reads what is chosen from the built-in world and is not read yet; false where a text is still missing then. */
  async readMissing(): Promise<boolean> {
    const { texts } = this.#state;
    for (const side of SIDES) {
      if (texts.facts(side)) continue;
      const { spec } = specOfPicker(texts.pickers[side].value, texts.catalogue.value);
      if (!spec?.startsWith('world:')) return false;
      await this.readCorpus(side, { kind: 'spec', spec });
      if (!texts.facts(side)) return false;
    }
    return true;
  }
}
