/** `<lab-storage>`: what is kept in this browser and how much room it takes; removing it, taking it along, bringing it back. A dialog. */

import { html, nothing, svg } from 'lit';
import type { StorageFacts } from '../../worker/api/storage.ts';
import type { Lab } from '../lab.ts';
import { define } from '../parts/define.ts';
import '../parts/dialog/panel.ts';
import { shared } from '../parts/shared.styles.ts';
import { SignalElement } from '../parts/signalElement.ts';
import { backupTemplate, progressTemplate, removedTemplate } from './backup.ts';
import { StorageDesk } from './desk.ts';
import { itemsTemplate } from './items.ts';
import { styles } from './panel.styles.ts';
import { fleetingWords, promiseWords, usageWords } from './words.ts';

/** What is used is seen however little it is, in hundredths of the scale. */
const LEAST_SHARE = 0.5;

/** Property: `lab`. Method: `show()`, which looks anew at what is kept. */
export class StoragePanel extends SignalElement {
  static override styles = [shared, styles];
  static override properties = { lab: { attribute: false } };

  declare lab: Lab | undefined;
  private desk: StorageDesk | undefined;

  async show(): Promise<void> {
    if (this.lab) this.desk ??= new StorageDesk(this.lab);
    this.requestUpdate();
    await this.updateComplete;
    await this.renderRoot.querySelector('lab-dialog')?.show();
    await this.desk?.begin();
  }

  protected override render(): unknown {
    const { desk } = this;
    if (!desk) return nothing;
    const facts = desk.facts.value;
    const failure = desk.failure.value;
    return html`
      <lab-dialog heading="Storage">
        <div class="body">
          <div class="alert failure" role="alert">${failure ? html`<p class="box bad">${[failure.message, failure.advice].filter(Boolean).join(' ')}</p>` : nothing}</div>
          <p class="unseen" role="status">${desk.done.value ?? ''}</p>
          ${facts ? this.kept(desk, facts) : failure ? nothing : html`<p class="soft">Looking at what is kept …</p>`}
          ${progressTemplate(desk)}
          ${desk.done.value === null ? nothing : html`<p aria-hidden="true">${desk.done.value}</p>`}
          ${removedTemplate(desk)} ${backupTemplate(desk)}
        </div>
      </lab-dialog>
    `;
  }

  private kept(desk: StorageDesk, facts: StorageFacts): unknown {
    const fleeting = fleetingWords(facts);
    const promised = desk.promised.value;
    return html`
      <section aria-labelledby="room">
        <h3 id="room">Room in this browser</h3>
        ${fleeting === null ? nothing : html`<div class="box warn"><p>${fleeting}</p></div>`}
        <p>${usageWords(facts)}</p>
        ${scale(facts)}
        <div class="row">
          <p class="soft" role="status">${promiseWords(promised)}</p>
          ${
            promised === 'granted'
              ? nothing
              : html`
                <button
                  type="button"
                  class="small"
                  ?disabled=${promised === 'asking'}
                  @click=${() => void desk.askToKeep()}
                >
                  Ask the browser to keep it
                </button>
              `
          }
        </div>
      </section>
      <section aria-labelledby="kept">
        <h3 id="kept" tabindex="-1">What is kept</h3>
        ${itemsTemplate(desk, facts.items, () => this.renderRoot.querySelector<HTMLElement>('#kept')?.focus())}
      </section>
    `;
  }
}

/** The words above say the same. */
function scale({ quotaBytes, usageBytes }: StorageFacts): unknown {
  if (quotaBytes === null || usageBytes === null || quotaBytes <= 0) return nothing;
  const share = Math.min(100, Math.max(LEAST_SHARE, (100 * usageBytes) / quotaBytes));
  return html`
    <svg class="scale" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
      ${svg`<rect width=${share} height="1"></rect>`}
    </svg>
  `;
}

define('lab-storage', StoragePanel);
