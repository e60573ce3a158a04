/** `<lab-help>`: what the views are, the keyboard, and where everything stays; a dialog, loaded when somebody asks. */

import { html } from 'lit';
import type { Lab } from '../../lab.ts';
import { define } from '../../parts/define.ts';
import '../../parts/dialog/panel.ts';
import { fieldStyles } from '../../parts/field/field.styles.ts';
import { shared } from '../../parts/shared.styles.ts';
import type { Keys } from '../keys.ts';
import { VIEWS } from '../router.ts';
import { ShellElement } from '../shellElement.ts';
import { VIEW_FACTS } from '../views.ts';
import { keyRows } from './keyRows.ts';
import { styles } from './panel.styles.ts';

/** More are named by the first and the last. */
const MOST_KEYS = 3;

/** Property: `lab`. Method: `show()`. */
export class HelpPanel extends ShellElement {
  static override styles = [shared, fieldStyles, styles];

  async show(): Promise<void> {
    await this.updateComplete;
    await this.renderRoot.querySelector('lab-dialog')?.show();
  }

  protected override draw({ keys }: Lab): unknown {
    return html`
      <lab-dialog heading="Help">
        <div class="body">
          <section>
            <h3>The views</h3>
            <dl>
              ${VIEWS.map((name) => html`<dt>${VIEW_FACTS[name].title}</dt><dd>${VIEW_FACTS[name].lead}</dd>`)}
            </dl>
          </section>
          ${this.keyboard(keys)}
          <section>
            <h3>Where everything stays</h3>
            <p>
              Texts, models and results stay on this machine. Nothing is uploaded, nothing is counted, and nothing is fetched from elsewhere but a corpus that you
              ask for. Under Storage you see what is kept, remove it, and take all of it along in one file.
            </p>
            <p>
              The same engine is a command: <code>npx m3lab --help</code>. It takes what the lab exports, on a server or under Slurm, and gives files that
              the lab reads.
            </p>
          </section>
        </div>
      </lab-dialog>
    `;
  }

  private keyboard(keys: Keys): unknown {
    const on = keys.on.value;
    return html`
      <section>
        <h3>Keyboard</h3>
        <label class="tick">
          <input type="checkbox" .checked=${on} @change=${(event: Event) => {
            keys.on.value = (event.currentTarget as HTMLInputElement).checked;
          }} />
          <span>Single keys are shortcuts, outside of fields</span>
        </label>
        <table class=${on ? '' : 'off'}>
          <thead class="unseen"><tr><th scope="col">Key</th><th scope="col">What it does</th><th scope="col">Where</th></tr></thead>
          <tbody>
            ${keyRows(keys.all.value).map(
              ({ names, words, where }) => html`
                <tr>
                  <th scope="row">${keysOf(names)}</th>
                  <td>${words}</td>
                  <td class="where">${where}</td>
                </tr>
              `,
            )}
          </tbody>
        </table>
        <p class="soft">Views that you have not opened yet may have more. Everything else is reached by Tab, arrows, Space and Enter.</p>
      </section>
    `;
  }
}

/** A row of keys by its ends. */
function keysOf(names: readonly string[]): unknown {
  const [first, last] = [names[0], names.at(-1)];
  if (names.length > MOST_KEYS) return html`<kbd>${first}</kbd> to <kbd>${last}</kbd>`;
  return names.map((name) => html`<kbd>${name}</kbd> `);
}

define('lab-help', HelpPanel);
