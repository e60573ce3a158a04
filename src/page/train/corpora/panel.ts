/** The two texts: where each comes from, what reading it takes, and what was found in it. */

import { html, nothing } from 'lit';
import type { Side } from '../../../worker/api/texts.ts';
import { shared } from '../../parts/shared.styles.ts';
import { type Train, TrainElement } from '../trainElement.ts';
import { found, reading } from './found.ts';
import { styles } from './panel.styles.ts';
import { isOther, PLACES, type Place } from './picker.ts';
import { placeFields } from './places.ts';
import { refused } from './refused.ts';
import { PLACE_WORDS, SIDE_WORDS } from './words.ts';

export class CorporaPanel extends TrainElement {
  static override styles = [shared, styles];
  static override properties = { ...TrainElement.properties, over: { state: true } };

  /** The card that a dragged file is over. */
  declare over: Side | undefined;

  protected override draw(train: Train): unknown {
    const { state, actions } = train;
    return html`
      <section aria-labelledby="texts">
        <div class="head">
          <h2 id="texts">Texts</h2>
          <button
            type="button"
            ?disabled=${state.fleet.busy.value || state.texts.isReading.value}
            @click=${() => actions.texts.readPair()}
          >
            Use the built-in pair
          </button>
        </div>
        <div class="cards">${this.card(train, 'target')} ${this.card(train, 'source')}</div>
        <p class="soft">About one document in twenty is kept back to measure on; no run trains on it.</p>
      </section>
    `;
  }

  private card(train: Train, side: Side): unknown {
    const { state, actions } = train;
    const corpus = state.texts.corpora[side].value;
    const disabled = state.fleet.busy.value || corpus.status === 'reading';
    const problem = state.form.problemAt(side);
    const takeFiles = (files: FileList | null | undefined) => {
      const file = files?.[0];
      if (file && !disabled) void actions.texts.readFile(side, file);
    };
    return html`
      <div
        class="card ${side} ${this.over === side ? 'over' : ''}"
        role="group"
        aria-labelledby="${side}-title"
        aria-describedby="${side}-hint"
        @dragover=${(event: DragEvent) => {
          event.preventDefault();
          this.over = side;
        }}
        @dragleave=${() => {
          this.over = undefined;
        }}
        @drop=${(event: DragEvent) => {
          event.preventDefault();
          this.over = undefined;
          takeFiles(event.dataTransfer?.files);
        }}
      >
        <h3 id="${side}-title">${SIDE_WORDS[side].title}</h3>
        <p class="soft" id="${side}-hint">${SIDE_WORDS[side].hint}</p>
        ${this.place(train, side, disabled)} ${placeFields({ train, side, disabled, takeFiles })}
        <div class="found" aria-live="polite" aria-busy=${corpus.status === 'reading'}>
          ${this.otherChosen(train, side)} ${this.found(train, side)} ${problem ? html`<p class="problem">${problem}</p>` : nothing}
        </div>
      </div>
    `;
  }

  private place({ state }: Train, side: Side, disabled: boolean): unknown {
    const chosen = state.texts.pickers[side].value.place;
    return html`
      <div class="field">
        <label for="${side}-place">Take it from</label>
        <select
          id="${side}-place"
          ?disabled=${disabled}
          @change=${({ currentTarget }: Event) =>
            state.texts.setPicker(side, { place: (currentTarget as HTMLSelectElement).value as Place })}
        >
          ${PLACES.map(
            (place) =>
              html`<option value=${place} .selected=${place === chosen}>${PLACE_WORDS[place]}</option>`,
          )}
        </select>
      </div>
    `;
  }

  /** What is chosen counts only once it is read. */
  private otherChosen({ state: { texts } }: Train, side: Side): unknown {
    const here = texts.facts(side)?.spec;
    return here === undefined || !isOther(here, texts.pickers[side].value, texts.catalogue.value)
      ? nothing
      : html`<p class="soft">What is chosen above is not read yet. Until it is, this text is trained on:</p>`;
  }

  private found(train: Train, side: Side): unknown {
    const corpus = train.state.texts.corpora[side].value;
    switch (corpus.status) {
      case 'empty':
        return html`<p class="soft">No text yet.</p>`;
      case 'reading':
        return reading(train, side, corpus);
      case 'refused':
        return refused(train, side, corpus.failure, (column) =>
          train.actions.texts.takeColumn(side, corpus.origin, column),
        );
      case 'ready':
        return found(train, corpus.facts);
    }
  }
}
