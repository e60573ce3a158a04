/** What each run writes on from the same words: the newest, and beside it an earlier one that a person chooses. */

import { html, nothing } from 'lit';
import { whole } from '../../parts/format.ts';
import { readable } from '../../parts/readable.ts';
import { shared } from '../../parts/shared.styles.ts';
import type { RunRow } from '../fleetState.ts';
import { swatch } from '../swatch.ts';
import { type Train, TrainElement } from '../trainElement.ts';
import { styles } from './panel.styles.ts';
import { earlierWords, stepsOf, type Writing, writingAt } from './writings.ts';

export class SamplesPanel extends TrainElement {
  static override styles = [shared, styles];
  static override properties = { ...TrainElement.properties, place: { state: true } };

  /** Index into the steps at which something was written: where the earlier column stands. */
  declare private place: number;

  constructor() {
    super();
    this.place = 0;
  }

  protected override draw({ state: { fleet, texts } }: Train): unknown {
    const writings = fleet.writings.value;
    const rows = fleet.rows.value.filter(({ run }) => writings.runs.has(run));
    if (rows.length === 0) return nothing;
    const steps = stepsOf(writings);
    const place = Math.min(this.place, steps.length - 1);
    const step = steps[place] ?? 0;
    const earlier = earlierWords(writings, step, place);
    const language = texts.facts('target')?.language ?? nothing;
    return html`
      <section aria-labelledby="samples">
        <h2 id="samples">What they write</h2>
        <p class="soft">
          Each run goes on from the same words of held-out target text, with the same luck of the draw (temperature 0.8).
          Only as much is written as a moment allows. Early texts are noise: where a run writes bytes that are no letters, a dot stands.
        </p>
        ${
          steps.length > 1
            ? html`
                <label class="slider">
                  <span class="number">Earlier: ${earlier}</span>
                  <input
                    type="range"
                    min="0"
                    max=${steps.length - 1}
                    step="1"
                    .value=${String(place)}
                    aria-valuetext=${earlier}
                    @input=${(event: Event) => {
                      this.place = Number((event.currentTarget as HTMLInputElement).value);
                    }}
                  />
                </label>
              `
            : nothing
        }
        <ul>
          ${rows.map((row) => this.run(row, writings.prompt, writings.runs.get(row.run) ?? [], step, language))}
        </ul>
        ${fleet.busy.value ? nothing : html`<p class="soft"><a href="#/play">Let them write on from your own words, check them and take them away in Play.</a></p>`}
      </section>
    `;
  }

  private run(
    { run, slot }: RunRow,
    prompt: string,
    writings: readonly Writing[],
    step: number,
    language: string | typeof nothing,
  ): unknown {
    const newest = writings.at(-1);
    const earlier = writingAt(writings, step);
    const text = (writing: Writing) => html`
      <figure>
        <figcaption class="soft">step <span class="number">${whole(writing.step)}</span></figcaption>
        <blockquote lang=${language} dir="auto"><b>${prompt}</b>${readable(writing.text)}</blockquote>
      </figure>
    `;
    return html`
      <li data-run=${run}>
        <h3>${swatch(slot)} ${run}</h3>
        <div class="texts">
          ${earlier && earlier !== newest ? text(earlier) : nothing} ${newest ? text(newest) : nothing}
        </div>
      </li>
    `;
  }
}
