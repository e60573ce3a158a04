/** How fast it goes, and how fast it could: tokens and operations a second, the share of what the device was measured to do, memory. */

import { html, nothing } from 'lit';
import { bytes, withPrefix } from '../../parts/format.ts';
import { shared } from '../../parts/shared.styles.ts';
import { type Train, TrainElement } from '../trainElement.ts';
import { styles } from './panel.styles.ts';

export class SpeedPanel extends TrainElement {
  static override styles = [shared, styles];

  protected override draw({ state: { fleet, device, app }, actions }: Train): unknown {
    const progress = fleet.progress.value;
    const { peak, flopsPerSecond } = device.facts.value;
    const memory = fleet.memory.value;
    const shown = progress?.flopsPerSecond ?? flopsPerSecond;
    const share = peak && shown ? shown / peak.flopsPerSecond : null;
    const isReady = app.adapter.value?.ok === true;
    if (!isReady && !progress) return nothing;
    const fact = (label: string, text: string, title = '') =>
      html`<div title=${title || nothing}><dt>${label}</dt><dd>${text}</dd></div>`;
    return html`
      <section aria-labelledby="speed">
        <h3 id="speed">Speed</h3>
        <dl class="number">
          ${fact('Tokens', progress ? withPrefix(progress.tokensPerSecond, '/s') : '–', 'All runs that train, together')}
          ${fact('Arithmetic', shown ? withPrefix(shown, 'FLOP/s') : '–', progress ? 'All runs that train, together' : 'Of earlier trainings')}
          ${fact('Memory', memory ? `${bytes(memory.bytes)}, ${memory.runs} ${memory.runs === 1 ? 'run' : 'runs'}` : '–', 'GPU memory of the runs that train side by side')}
          ${fact('Measured peak', peak ? withPrefix(peak.flopsPerSecond, 'FLOP/s') : 'not measured', 'Of our own matrix product, alone on this device')}
          ${share === null ? nothing : fact('Share of the peak', `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`)}
        </dl>
        ${
          peak === null
            ? html`
                <button
                  type="button"
                  class="quiet"
                  ?disabled=${!isReady || fleet.busy.value || device.measuring.value}
                  @click=${() => actions.measurePeak()}
                >
                  ${device.measuring.value ? 'Measuring…' : 'Measure what this device can do'}
                </button>
              `
            : nothing
        }
      </section>
    `;
  }
}
