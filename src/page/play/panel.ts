/** `<play-view>`: what the models write, side by side. */

import type { ReadonlySignal } from '@preact/signals-core';
import { html, nothing } from 'lit';
import { decimals, whole } from '../parts/format.ts';
import { readable } from '../parts/readable.ts';
import { shared } from '../parts/shared.styles.ts';
import { SignalElement } from '../parts/signalElement.ts';
import { kindWords } from '../runs/kinds.ts';
import { styles } from './panel.styles.ts';
import type { Writer, Writers } from './writers.ts';

/** Beside each other there is room for so many. */
const MOST_SIDES = 4;

/** Property: `writers`. */
export class PlayView extends SignalElement {
  static override styles = [shared, styles];
  static override properties = {
    writers: { attribute: false },
    chosen: { state: true },
    place: { state: true },
  };

  declare writers: ReadonlySignal<Writers> | undefined;
  /** Runs that are shown; null: the first few that have written. */
  declare private chosen: readonly string[] | null;
  /** Share of the training at which the text is shown, 0 … 1. */
  declare private place: number;

  constructor() {
    super();
    this.chosen = null;
    this.place = 1;
  }

  protected override render(): unknown {
    const writers = this.writers?.value;
    if (!writers) return nothing;
    const sides = this.sides(writers);
    return html`
      ${writers.all.length === 0 ? this.nobody() : this.runs(writers, sides)}
      ${sides.length > 0 ? this.texts(writers, sides) : nothing} ${this.ahead()}
    `;
  }

  private sides({ all }: Writers): Writer[] {
    const chosen = this.chosen ?? all.filter(({ written }) => written.length > 0).map(({ run }) => run);
    return all.filter(({ run }) => chosen.includes(run)).slice(0, MOST_SIDES);
  }

  private nobody(): unknown {
    return html`
      <section class="sheet">
        <h2>Nobody is here to write yet</h2>
        <p>
          A model can write once it has been trained. <a href="#/train?preset=race&start=1">Train four recipes</a>: while they learn, each goes on
          writing from the same words now and then, and here the texts stand side by side.
        </p>
      </section>
    `;
  }

  private runs({ all }: Writers, sides: readonly Writer[]): unknown {
    const shown = new Set(sides.map(({ run }) => run));
    const flip = (run: string) => {
      this.chosen = shown.has(run) ? [...shown].filter((one) => one !== run) : [...shown, run];
    };
    return html`
      <section class="sheet" aria-labelledby="writers-heading">
        <h2 id="writers-heading">Runs whose weights are kept</h2>
        <p class="soft">Up to ${MOST_SIDES} are shown beside each other.</p>
        <ul>
          ${all.map(
            (writer) => html`
              <li>
                <label class="tick">
                  <input
                    type="checkbox"
                    .checked=${shown.has(writer.run)}
                    ?disabled=${!shown.has(writer.run) && shown.size >= MOST_SIDES}
                    @change=${() => flip(writer.run)}
                  />
                  <span>${writer.name}<br /><span class="soft">${factsOf(writer)}</span></span>
                </label>
              </li>
            `,
          )}
        </ul>
      </section>
    `;
  }

  private texts({ prompt }: Writers, sides: readonly Writer[]): unknown {
    const most = Math.max(...sides.map(({ written }) => written.length));
    return html`
      <section class="sheet" aria-labelledby="texts-heading">
        <h2 id="texts-heading">What they write</h2>
        ${
          prompt
            ? html`<p class="soft">All go on from the same words, <q>${prompt}</q>, with the same seed at temperature 0.8, so that what differs is what they have learned.</p>`
            : nothing
        }
        ${
          most > 1
            ? html`
                <label class="step">
                  How far the training had come
                  <input
                    type="range"
                    min="0"
                    max="100"
                    .value=${String(Math.round(100 * this.place))}
                    aria-valuetext="${Math.round(100 * this.place)} % of what was written so far"
                    @input=${(event: Event) => {
                      this.place = Number((event.target as HTMLInputElement).value) / 100;
                    }}
                  />
                </label>
              `
            : nothing
        }
        <div class="sides">${sides.map((writer) => this.side(writer))}</div>
      </section>
    `;
  }

  private side(writer: Writer): unknown {
    const { written } = writer;
    const here = written[Math.round(this.place * (written.length - 1))];
    return html`
      <article>
        <h3>${writer.name}</h3>
        ${
          here
            ? html`<p class="soft">after ${whole(here.step)} steps</p><blockquote dir="auto">${readable(here.text)}</blockquote>`
            : html`<p class="soft">${writer.damage ?? 'It has written nothing since this page was opened; let it go on in Train, and it will.'}</p>`
        }
      </article>
    `;
  }

  /** What is not here yet, said as it is. */
  private ahead(): unknown {
    return html`
      <section class="sheet" aria-labelledby="ahead-heading">
        <h2 id="ahead-heading">With a prompt of your own</h2>
        <p>
          Writing on request is not in the page yet. The command line does it today, from a run’s folder:
        </p>
        <p><code>npx m3lab generate CHECKPOINT --prompt "Once upon a time"</code></p>
      </section>
    `;
  }
}

function factsOf({ kind, step, targetBitsPerByte, damage }: Writer): string {
  if (damage !== null) return `its weights cannot be read: ${damage}`;
  return [
    kind === null ? '' : kindWords(kind),
    `${whole(step)} steps`,
    targetBitsPerByte === null ? '' : `${decimals(targetBitsPerByte, 3)} bits per byte`,
  ]
    .filter((words) => words !== '')
    .join(', ');
}
