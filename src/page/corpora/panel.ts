/** The two texts: where each comes from, what reading it takes, and what was found in it. */

import { html, nothing } from 'lit';
import type { Side } from '../../worker/api.ts';
import { type Lab, LabElement } from '../labElement.ts';
import { shared } from '../shared.styles.ts';
import { found, reading } from './found.ts';
import { styles } from './panel.styles.ts';
import { PLACES, type Place } from './picker.ts';
import { placeFields } from './places.ts';
import { refused } from './refused.ts';
import { PLACE_WORDS, SIDE_WORDS } from './words.ts';

export class CorporaPanel extends LabElement {
  static override styles = [shared, styles];
  static override properties = { ...LabElement.properties, over: { state: true } };

  /** The card that a dragged file is over. */
  declare over: Side | undefined;

  protected override draw(lab: Lab): unknown {
    const { state, actions } = lab;
    const none =
      state.corpora.target.value.status === 'empty' && state.corpora.source.value.status === 'empty';
    return html`
      <section aria-labelledby="texts">
        <div class="head">
          <h2 id="texts">Texts</h2>
          <button
            type="button"
            class=${none ? 'primary' : nothing}
            ?disabled=${state.busy.value || state.isReading.value}
            @click=${() => actions.readPair()}
          >
            Use the built-in pair
          </button>
        </div>
        <div class="cards">${this.card(lab, 'target')} ${this.card(lab, 'source')}</div>
        <p class="soft">About one document in twenty is kept back to measure on; no run trains on it.</p>
      </section>
    `;
  }

  private card(lab: Lab, side: Side): unknown {
    const { state, actions } = lab;
    const corpus = state.corpora[side].value;
    const disabled = state.busy.value || corpus.status === 'reading';
    const problem = state.problemAt(side);
    const takeFiles = (files: FileList | null | undefined) => {
      const file = files?.[0];
      if (file && !disabled) void actions.readFile(side, file);
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
        ${this.place(lab, side, disabled)} ${placeFields({ lab, side, disabled, takeFiles })}
        <div class="found" aria-live="polite" aria-busy=${corpus.status === 'reading'}>
          ${this.found(lab, side)} ${problem ? html`<p class="problem">${problem}</p>` : nothing}
        </div>
      </div>
    `;
  }

  private place({ state }: Lab, side: Side, disabled: boolean): unknown {
    const chosen = state.pickers[side].value.place;
    return html`
      <div class="field">
        <label for="${side}-place">Take it from</label>
        <select
          id="${side}-place"
          ?disabled=${disabled}
          @change=${({ currentTarget }: Event) =>
            state.setPicker(side, { place: (currentTarget as HTMLSelectElement).value as Place })}
        >
          ${PLACES.map(
            (place) =>
              html`<option value=${place} .selected=${place === chosen}>${PLACE_WORDS[place]}</option>`,
          )}
        </select>
      </div>
    `;
  }

  private found(lab: Lab, side: Side): unknown {
    const corpus = lab.state.corpora[side].value;
    switch (corpus.status) {
      case 'empty':
        return html`<p class="soft">No text yet.</p>`;
      case 'reading':
        return reading(lab, side, corpus);
      case 'refused':
        return refused(lab, side, corpus.failure, (column) =>
          lab.actions.takeColumn(side, corpus.origin, column),
        );
      case 'ready':
        return found(lab, corpus.facts);
    }
  }
}
