/** The charts: how all of them are looked at, which runs they show, and the charts themselves. */

import { html, nothing } from 'lit';
import { shared } from '../../parts/shared.styles.ts';
import { swatch } from '../swatch.ts';
import { type Train, TrainElement } from '../trainElement.ts';
import { type RangeName, SMOOTHINGS, X_AXES, type XAxis } from './chartState.ts';
import { styles } from './panel.styles.ts';
import { AXIS_FACTS } from './quantities.ts';

const RANGE_WORDS: Record<RangeName, string> = {
  all: 'All of it',
  half: 'The last half',
  quarter: 'The last quarter',
  tenth: 'The last tenth',
};

export class ChartsPanel extends TrainElement {
  static override styles = [shared, styles];

  protected override draw(train: Train): unknown {
    const { fleet } = train.state;
    if (fleet.rows.value.length === 0) {
      return html`
        <section aria-labelledby="charts">
          <h2 id="charts">Curves</h2>
          <p class="awaited soft">
            Here the losses of all runs are drawn while they train: on the target text that was kept back, on the source
            text, and on what they read.
          </p>
        </section>
      `;
    }
    return html`
      <section aria-labelledby="charts">
        <h2 id="charts">Curves</h2>
        ${this.tools(train)} ${this.legend(train)}
        <train-chart .train=${train} .quantity=${'target'}></train-chart>
        <div class="small">
          ${(['training', 'source', 'rate'] as const).map(
            (quantity) => html`<train-chart .train=${train} .quantity=${quantity}></train-chart>`,
          )}
        </div>
      </section>
    `;
  }

  private tools({ state: { charts } }: Train): unknown {
    const axis = charts.xAxis.value;
    const range = charts.range.value;
    const zoom = charts.zoom.value;
    const smoothing = charts.smoothing.value;
    const share = SMOOTHINGS[smoothing] ?? 0;
    const words = share === 0 ? 'none' : `${Number((100 * share).toPrecision(2))} % of a run`;
    const chosen = (event: Event) => (event.currentTarget as HTMLSelectElement).value;
    return html`
      <div class="tools">
        <label class="tool">
          <span>Over</span>
          <select @change=${(event: Event) => charts.setAxis(chosen(event) as XAxis)}>
            ${X_AXES.map((one) => html`<option value=${one} .selected=${one === axis}>${AXIS_FACTS[one].title}</option>`)}
          </select>
        </label>
        <label class="tool">
          <span>Show</span>
          <select @change=${(event: Event) => charts.setRange(chosen(event) as RangeName)}>
            ${(Object.keys(RANGE_WORDS) as RangeName[]).map(
              (one) =>
                html`<option value=${one} .selected=${!zoom && one === range}>${RANGE_WORDS[one]}</option>`,
            )}
            ${zoom ? html`<option value="" selected disabled>As dragged</option>` : nothing}
          </select>
        </label>
        <label class="tool wide">
          <span>Smoothing</span>
          <input
            type="range"
            min="0"
            max=${SMOOTHINGS.length - 1}
            step="1"
            .value=${String(smoothing)}
            aria-valuetext=${words}
            @input=${(event: Event) => {
              charts.smoothing.value = Number((event.currentTarget as HTMLInputElement).value);
            }}
          />
          <span class="soft number">${words}</span>
        </label>
        <span class="tool">
          ${this.box('Log x', charts.logX.value, (on) => {
            charts.logX.value = on;
          })}
          ${this.box('Log y', charts.logY.value, (on) => {
            charts.logY.value = on;
          })}
        </span>
        ${
          zoom
            ? html`<button type="button" class="quiet" @click=${() => charts.setRange('all')}>Whole run</button>`
            : nothing
        }
      </div>
    `;
  }

  private box(words: string, on: boolean, set: (on: boolean) => void): unknown {
    return html`
      <label class="tick">
        <input
          type="checkbox"
          .checked=${on}
          @change=${(event: Event) => set((event.currentTarget as HTMLInputElement).checked)}
        />
        <span>${words}</span>
      </label>
    `;
  }

  /** Names of the runs; a press leaves a run out of the charts, another puts it back. */
  private legend({ state: { fleet, charts } }: Train): unknown {
    const hidden = charts.hidden.value;
    return html`
      <ul class="legend" aria-label="Runs in the charts">
        ${fleet.rows.value.map(
          ({ run, slot }) => html`
            <li>
              <button type="button" aria-pressed=${!hidden.has(run)} @click=${() => charts.flipRun(run)}>
                ${swatch(slot)} <span>${run}</span>
              </button>
            </li>
          `,
        )}
      </ul>
    `;
  }
}
