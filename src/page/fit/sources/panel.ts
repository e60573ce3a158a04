/** `<fit-sources>`: which runs are fitted, where they come from, and what stays out and why. */

import { html, nothing } from 'lit';
import { shared } from '../../parts/shared.styles.ts';
import { NOT_SAID, pairWords } from '../../runs/pairWords.ts';
import { asChosen, mineLeft, taken } from '../byItself.ts';
import { fitStyles } from '../fit.styles.ts';
import { FitElement } from '../fitElement.ts';
import { AUTOMATIC, type FitSource, isAutomatic, MOST_DROPPED } from '../selection.ts';
import type { FitStudy } from '../study.ts';
import { counted } from '../words.ts';
import { styles } from './panel.styles.ts';
import { byItselfWords, countWords } from './words.ts';

const KINDS: Readonly<Record<FitSource['kind'], string>> = {
  shipped: 'ships with the lab',
  own: 'trained here',
  imported: 'brought along',
  table: 'table',
};

/** Property: `study`. Events: `import`, a person wants to bring runs along. */
export class FitSources extends FitElement {
  static override styles = [shared, fitStyles, styles];

  protected override draw(study: FitStudy): unknown {
    const { fits } = study;
    const sources = fits.sources.value;
    const composition = fits.composition.value;
    const isUnchosen = isAutomatic(fits.selection.value);
    return html`
      <section class="sheet" aria-labelledby="heading">
        <div class="head">
          <h2 id="heading">Runs</h2>
          <button type="button" class="small" @click=${() => this.dispatchEvent(new Event('import'))}>Bring runs along…</button>
        </div>
        <p>
          ${countWords(composition)}
          <span class="soft">${byItselfWords(fits.selection.value, sources, composition)}</span>
        </p>
        ${this.#mine(study, sources)}
        ${sources.length > 0 ? this.#collections(study, sources) : nothing} ${this.#removed(study)}
        ${this.#pair(study)} ${this.#tokenizer(study)}
        <div class="row fields">
          <label>
            <span>Leave out the largest losses</span>
            <input
              type="number"
              min="0"
              max=${MOST_DROPPED}
              step="1"
              .value=${String(fits.selection.value.dropTop)}
              @change=${(event: Event) => this.#drop(study, event)}
            />
          </label>
          <label class="tick">
            <input
              type="checkbox"
              .checked=${fits.selection.value.seeds === 'recipe'}
              @change=${(event: Event) =>
                fits.choose({ seeds: (event.target as HTMLInputElement).checked ? 'recipe' : 'each' })}
            />
            <span>Each recipe counts once, whatever the number of its seeds</span>
          </label>
        </div>
        ${this.#leftOut(study)} ${this.#lost(study)}
        ${
          isUnchosen
            ? nothing
            : html`<p>
                <button type="button" class="quiet" @click=${() => {
                  fits.selection.value = AUTOMATIC;
                }}>Back to the automatic choice</button>
              </p>`
        }
      </section>
    `;
  }

  /** A person's own runs are not mixed with those that ship unless they say so. */
  #mine({ fits }: FitStudy, sources: readonly FitSource[]): unknown {
    const mine = fits.selection.value.sources === null ? mineLeft(sources) : null;
    if (mine === null) return nothing;
    return html`
      <p class="mine">
        <span class="soft">${mine.words}</span>
        <button
          type="button"
          class="small"
          @click=${() => fits.choose({ sources: mine.keys, pair: null, tokenizer: null })}
        >
          Fit mine instead
        </button>
      </p>
    `;
  }

  #collections({ fits }: FitStudy, sources: readonly FitSource[]): unknown {
    const chosen = fits.selection.value.sources;
    const keys = new Set(taken(sources, chosen).map(({ key }) => key));
    const isOn = (key: string) => keys.has(key);
    const flip = (key: string) => {
      const on = sources.map((source) => source.key).filter((one) => isOn(one) !== (one === key));
      fits.choose({ sources: asChosen(on, sources) });
    };
    return html`
      <fieldset>
        <legend>From</legend>
        <ul class="plain">
          ${sources.map(
            ({ key, title, kind, runs }) => html`
              <li class="source">
                <label class="tick">
                  <input type="checkbox" .checked=${isOn(key)} @change=${() => flip(key)} />
                  <span class="title">${title}</span>
                </label>
                <span class="soft number">${counted(runs.rows.length, 'run')}, ${KINDS[kind]}</span>
                ${
                  kind === 'table'
                    ? html`<button
                        type="button"
                        class="quiet"
                        aria-label="Remove the table ${title}"
                        @click=${() => fits.tables.remove(key.slice('table:'.length))}
                      >
                        Remove
                      </button>`
                    : nothing
                }
              </li>
            `,
          )}
        </ul>
      </fieldset>
    `;
  }

  #removed({ fits: { tables } }: FitStudy): unknown {
    const removed = tables.removed.value;
    if (removed.length === 0) return nothing;
    return html`
      <ul class="plain" role="status">
        ${removed.map(
          (table) => html`
            <li>
              <button type="button" class="quiet" @click=${() => tables.putBack(table)}>Put back the table ${table.name}</button>
              <span class="soft">brought along ${new Date(table.at).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' })}</span>
            </li>
          `,
        )}
      </ul>
    `;
  }

  #pair({ fits }: FitStudy): unknown {
    const { pairs, pair } = fits.composition.value;
    if (pairs.length === 0) return nothing;
    const all = pairs.length > 1;
    const names = pairs.map(({ name }) => name);
    return html`
      <label class="field">
        <span class="soft">Languages</span>
        <select
          @change=${(event: Event) => fits.choose({ pair: (event.target as HTMLSelectElement).value, tokenizer: null })}
        >
          ${pairs.map(({ name, runs }) => html`<option value=${name} .selected=${name === pair}>${pairWords(name, names)} (${runs})</option>`)}
          ${all ? html`<option value="" .selected=${pair === ''}>all pairs as one</option>` : nothing}
        </select>
      </label>
      ${
        all && pair === ''
          ? html`<p class="note">Runs of ${pairs.length} pairs are fitted as if one text were as hard as the other. Which pair tells another is asked under “Held out”.</p>`
          : nothing
      }
    `;
  }

  #tokenizer({ fits }: FitStudy): unknown {
    const { tokenizers, tokenizer } = fits.composition.value;
    if (tokenizers.length < 2) return nothing;
    return html`
      <label class="field">
        <span class="soft">Tokenizer (nats a token of one say nothing beside those of another)</span>
        <select
          @change=${(event: Event) => fits.choose({ tokenizer: (event.target as HTMLSelectElement).value })}
        >
          ${tokenizers.map(
            ({ name, runs }) =>
              html`<option value=${name} .selected=${name === tokenizer}>${name === NOT_SAID ? 'not said' : name} (${runs})</option>`,
          )}
        </select>
      </label>
    `;
  }

  #drop({ fits }: FitStudy, event: Event): void {
    const field = event.target as HTMLInputElement;
    const wanted = Math.floor(Number(field.value));
    const dropTop = Number.isFinite(wanted) ? Math.min(MOST_DROPPED, Math.max(0, wanted)) : 0;
    field.value = String(dropTop);
    fits.choose({ dropTop });
  }

  #leftOut({ fits }: FitStudy): unknown {
    const { leftOut } = fits.composition.value;
    const byHand = fits.selection.value.leftOut;
    if (leftOut.length === 0) return nothing;
    return html`
      <details>
        <summary>What is left out, and why</summary>
        <ul class="plain reasons">
          ${leftOut.map(
            ({ reason, rows, first }) => html`
              <li>
                <span class="number">${counted(rows, 'run')}</span>: ${reason.replace(/ \(--[^)]*\)/, '')}
                <span class="soft first">${rows > 1 ? `the first: ${first}` : first}</span>
              </li>
            `,
          )}
        </ul>
        ${
          byHand.length > 0
            ? html`
                <p class="soft">What is left out by hand stays out in this browser until it is put back.</p>
                <button type="button" class="small" @click=${() => fits.choose({ leftOut: [] })}>Put back all that were left out by hand</button>
              `
            : nothing
        }
      </details>
    `;
  }

  #lost({ fits }: FitStudy): unknown {
    const { tables } = fits;
    const notes = tables.list.value.flatMap((table) => table.notes);
    if (notes.length === 0 && tables.lost.value.length === 0) return nothing;
    return html`
      <ul class="plain">
        ${tables.lost.value.map((words) => html`<li class="note bad" role="alert">${words}</li>`)}
        ${notes.map((words) => html`<li class="soft">${words.charAt(0).toUpperCase()}${words.slice(1)}.</li>`)}
      </ul>
    `;
  }
}
