/** `<play-during>`: what the runs of the fleet wrote while they trained, side by side at any time of the training. */

import { html, nothing } from 'lit';
import { define } from '../../parts/define.ts';
import { whole } from '../../parts/format.ts';
import { readable } from '../../parts/readable.ts';
import { shared } from '../../parts/shared.styles.ts';
import { playStyles } from '../play.styles.ts';
import { type Play, PlayElement } from '../playElement.ts';
import type { Writer } from '../writers.ts';
import { styles } from './panel.styles.ts';

export class PlayDuring extends PlayElement {
  static override styles = [shared, playStyles, styles];
  static override properties = { ...PlayElement.properties, place: { state: true } };

  /** Share of the training at which the text is shown, 0 … 1. */
  declare private place: number;

  constructor() {
    super();
    this.place = 1;
  }

  protected override draw({ lab }: Play): unknown {
    const { all, prompt } = lab.writers.value;
    const sides = all.filter(({ written }) => written.length > 0);
    if (sides.length === 0) return nothing;
    const most = Math.max(...sides.map(({ written }) => written.length));
    return html`
      <section class="sheet" aria-labelledby="during">
        <h2 id="during">What they wrote while they trained</h2>
        <p class="soft">All went on from the same words, <q>${prompt}</q>, with the same seed at temperature 0.8.</p>
        ${most > 1 ? this.slider() : nothing}
        <div class="sides">${sides.map((writer) => this.side(writer))}</div>
      </section>
    `;
  }

  private slider(): unknown {
    const percent = Math.round(100 * this.place);
    return html`
      <label class="step">
        How far the training had come
        <input
          type="range"
          min="0"
          max="100"
          .value=${String(percent)}
          aria-valuetext="${percent} % of what was written so far"
          @input=${(event: Event) => {
            this.place = Number((event.currentTarget as HTMLInputElement).value) / 100;
          }}
        />
      </label>
    `;
  }

  private side({ name, written }: Writer): unknown {
    const here = written[Math.round(this.place * (written.length - 1))];
    if (!here) return nothing;
    return html`
      <article>
        <h3>${name}</h3>
        <p class="soft">after ${whole(here.step)} steps</p>
        <blockquote dir="auto">${readable(here.text)}</blockquote>
      </article>
    `;
  }
}

define('play-during', PlayDuring);
