/** Taking everything along, and bringing it back. */

import { html, nothing } from 'lit';
import type { Leaving } from '../../worker/api/storage.ts';
import type { StorageDesk } from './desk.ts';
import { backupWords, broughtWords, doingWords, reloadWords, tooLargeWords } from './words.ts';

const LEAVINGS: readonly { readonly what: Leaving; readonly words: string }[] = [
  { what: 'texts', words: 'without texts that can be chosen or fetched again' },
  { what: 'checkpoints', words: 'without checkpoints: what is under way cannot go on from this file' },
];

export function backupTemplate(desk: StorageDesk): unknown {
  const isBusy = desk.doing.value !== null;
  const facts = desk.facts.value;
  const tooLarge = facts && tooLargeWords(facts, desk.leaving.value);
  return html`
    <section aria-labelledby="along">
      <h3 id="along">Take everything along</h3>
      <p class="soft">Runs, tables, settings, the queue, checkpoints and texts as one file: for another browser or machine, or to be safe.</p>
      ${LEAVINGS.map(
        ({ what, words }) => html`
          <label class="tick">
            <input
              type="checkbox"
              .checked=${desk.leaving.value.includes(what)}
              ?disabled=${isBusy}
              @change=${(event: Event) => desk.setLeaving(what, (event.currentTarget as HTMLInputElement).checked)}
            />
            <span>${words}</span>
          </label>
        `,
      )}
      <div role="status" class="alert">${tooLarge ? html`<p class="box warn">${tooLarge}</p>` : nothing}</div>
      <div class="row">
        <button type="button" class="primary" ?disabled=${isBusy} @click=${() => void desk.takeAlong()}>
          Take everything along
        </button>
      </div>
    </section>
    <section aria-labelledby="back">
      <h3 id="back">Bring it back</h3>
      <label class="pick">
        <span class="soft">A file that was taken along. What is in it is added to what is here, and replaces nothing.</span>
        <input type="file" accept=".zip,application/zip" ?disabled=${isBusy} @change=${(event: Event) => pick(desk, event)} />
      </label>
      ${pickedTemplate(desk, isBusy)} ${broughtTemplate(desk)}
    </section>
  `;
}

export function progressTemplate(desk: StorageDesk): unknown {
  const doing = desk.doing.value;
  if (doing === null) return nothing;
  return html`
    <div class="box">
      <label class="pick">
        <span>${doingWords(doing)} …</span>
        <progress max="1" .value=${desk.share.value}></progress>
      </label>
      <div class="row"><button type="button" class="small" @click=${() => desk.stop()}>Stop</button></div>
    </div>
  `;
}

function pickedTemplate(desk: StorageDesk, isBusy: boolean): unknown {
  const picked = desk.picked.value;
  if (!picked) return nothing;
  const { file, facts } = picked;
  return html`
    <div class="box" role="group" aria-label=${file.name}>
      <p><strong>${file.name}</strong></p>
      <p>${backupWords(facts)}</p>
      ${
        facts.fleet && facts.fleetHere
          ? html`
            <label class="tick">
              <input
                type="checkbox"
                .checked=${desk.replacesFleet.value}
                ?disabled=${isBusy}
                @change=${(event: Event) => {
                  desk.replacesFleet.value = (event.currentTarget as HTMLInputElement).checked;
                }}
              />
              <span>Put its fleet in the place of the one that is here, whose checkpoints are then gone</span>
            </label>
          `
          : nothing
      }
      <div class="row">
        <button type="button" class="primary" ?disabled=${isBusy} @click=${() => void desk.bringBack()}>Bring it back</button>
        <button type="button" ?disabled=${isBusy} @click=${() => desk.putAside()}>Not this one</button>
      </div>
    </div>
  `;
}

function broughtTemplate(desk: StorageDesk): unknown {
  const brought = desk.brought.value;
  if (!brought) return nothing;
  return html`
    <div class="box" role="status">
      <ul class="lines">${broughtWords(brought).map((words) => html`<li>${words}</li>`)}</ul>
      ${desk.awaitsReload.value ? reloadTemplate(desk) : nothing}
    </div>
  `;
}

/** What was removed is told where nothing was brought back, whose box says the same. */
export function removedTemplate(desk: StorageDesk): unknown {
  if (!desk.awaitsReload.value || desk.brought.value !== null) return nothing;
  return html`<div class="box">${reloadTemplate(desk)}</div>`;
}

function reloadTemplate(desk: StorageDesk): unknown {
  return html`
    <p>${reloadWords(desk.isUnderWay)}</p>
    <div class="row"><button type="button" class="small" @click=${() => desk.loadAnew()}>Load the page anew</button></div>
  `;
}

function pick(desk: StorageDesk, event: Event): void {
  const input = event.currentTarget as HTMLInputElement;
  const [file] = input.files ?? [];
  // So that the same file can be picked again.
  input.value = '';
  if (file) void desk.inspect(file);
}
