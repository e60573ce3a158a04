/** Where settings begin, and how they are handed on: presets, and a link that holds what differs from one. */

import { html, nothing } from 'lit';
import { PRESETS, type PresetName, presetOf } from '../../../formats/share/presets.ts';
import { shareQuery } from '../../../formats/shareLink.ts';
import { shared } from '../../parts/shared.styles.ts';
import { differsFromPreset, linkOf } from '../address.ts';
import { beginsWords } from '../startWords.ts';
import type { TrainState } from '../state.ts';
import { type Train, TrainElement } from '../trainElement.ts';
import { styles } from './panel.styles.ts';

/** `isShown`: the browser would not take the link, so it stands on the page. */
type Copied = { readonly words: string; readonly link: string; readonly isShown: boolean };

export class StartPanel extends TrainElement {
  static override styles = [shared, styles];
  static override properties = { ...TrainElement.properties, copied: { state: true } };

  /** What became of the last copy; it is said as long as the settings are those of the link. */
  declare private copied: Copied | null;

  constructor() {
    super();
    this.copied = null;
  }

  protected override draw(train: Train): unknown {
    const { form, fleet, texts } = train.state;
    const { preset } = form;
    const chosen = presetOf(preset.value);
    // The texts are chosen elsewhere.
    const settings = { ...form.values.value, texts: chosen.settings.texts };
    const copied = this.copied?.link === linkOf(train.state).link ? this.copied : null;
    const isChanged = [...shareQuery(settings, preset.value).keys()].length > 1;
    const choose = (event: Event) => {
      void train.actions.choosePreset((event.currentTarget as HTMLSelectElement).value as PresetName);
    };
    return html`
      <section aria-label="Settings to begin with">
        <div class="line">
          <label for="preset">Begin with</label>
          <select id="preset" ?disabled=${fleet.busy.value || texts.isReading.value} @change=${choose}>
            ${PRESETS.map(
              ({ name, title }) =>
                html`<option value=${name} .selected=${name === preset.value}>${title}</option>`,
            )}
          </select>
          ${
            isChanged
              ? html`<button
                  type="button"
                  class="quiet"
                  ?disabled=${fleet.busy.value || texts.isReading.value}
                  @click=${() => train.actions.choosePreset(preset.value)}
                >
                  As in the preset again
                </button>`
              : nothing
          }
          ${
            form.replaced.value
              ? html`<button
                  type="button"
                  class="quiet"
                  ?disabled=${fleet.busy.value}
                  @click=${() => form.putSettingsBack()}
                >
                  Put my settings back
                </button>`
              : nothing
          }
          <button type="button" class="share" @click=${() => this.copy(train)}>Copy a link to these settings</button>
        </div>
        <p class="soft">${presetWords(train.state, chosen.words, isChanged)}</p>
        <p class="soft" role="status">${copied?.words ?? nothing}</p>
        ${
          copied?.isShown
            ? html`<input type="text" readonly aria-label="Link to these settings" .value=${copied.link} />`
            : nothing
        }
      </section>
    `;
  }

  private async copy(train: Train): Promise<void> {
    const { link, left } = linkOf(train.state);
    const note =
      left === ''
        ? 'The link is copied: whoever opens it has the same settings.'
        : `The link is copied. ${left}`;
    try {
      await navigator.clipboard.writeText(link);
      this.copied = { words: note, link, isShown: false };
    } catch {
      this.copied = {
        words: `This browser does not let the page copy: take the link from here. ${left}`,
        link,
        isShown: true,
      };
    }
  }
}

function presetWords(state: TrainState, words: string, areSettings: boolean): string {
  const start = beginsWords(state.form.start.value);
  if (start !== null) return `${start} Of the preset itself: “${words}”`;
  return differsFromPreset(state) ? changedWords(words, areSettings) : words;
}

/** What is said of a preset holds no longer where a person has changed its settings, or the texts alone. */
function changedWords(words: string, areSettings: boolean): string {
  const what = areSettings ? 'These settings' : 'The texts';
  return `${what} are no longer those of the preset. Of the preset itself: “${words}”`;
}
