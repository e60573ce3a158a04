/** `<fit-keep>`: takes the fit away: the file of the command line, the runs with their residuals, everything as one JSON. */

import { type Signal, signal } from '@preact/signals-core';
import { html, nothing } from 'lit';
import type { Failure } from '../../../worker/api/outcome.ts';
import { CSV_TYPE, JSON_TYPE, saveJson, saveText } from '../../parts/download/save.ts';
import { shared } from '../../parts/shared.styles.ts';
import { csvOf } from '../../parts/table/figureTable.ts';
import type { Behind } from '../deepening.ts';
import { fitStyles } from '../fit.styles.ts';
import { FitElement } from '../fitElement.ts';
import { failureNote, goingLine } from '../going.ts';
import { isOf, runsAtHand, runsTable } from '../points/runsAtHand.ts';
import type { FitStudy } from '../study.ts';
import type { CommandOf } from '../tasks.ts';

/** As `m3lab fit` draws where nothing is said: of one law, and of each of several. */
const RESAMPLES = 1000;
const RESAMPLES_OF_SEVERAL = 200;

/** Property: `study`. */
export class FitKeep extends FitElement {
  static override styles = [shared, fitStyles];

  readonly #going: Signal<Behind | null> = signal(null);
  readonly #failure: Signal<Failure | null> = signal(null);
  #stop: AbortController | null = null;

  protected override draw(study: FitStudy): unknown {
    const { fit } = study;
    if (!fit) return nothing;
    const compared = study.isCompared() ? study.comparison.value.value.laws : [];
    const going = this.#going.value;
    return html`
      <section class="sheet" aria-labelledby="heading">
        <h2 id="heading">Take it away</h2>
        ${failureNote(this.#failure.value)}
        ${
          going
            ? goingLine(going, () => this.#stop?.abort())
            : html`
                <p class="row">
                  <button type="button" @click=${() => this.#export(study, [fit.fit], RESAMPLES, `fit-${fit.law.name}.json`)}>
                    fit.json of ${fit.law.name}
                  </button>
                  ${
                    compared.length > 1
                      ? html`<button
                          type="button"
                          @click=${() =>
                            this.#export(
                              study,
                              compared.map(({ fit: one }) => one.fit),
                              RESAMPLES_OF_SEVERAL,
                              'fit-all.json',
                            )}
                        >
                          fit.json of all ${compared.length} laws
                        </button>`
                      : nothing
                  }
                  <button type="button" ?disabled=${!isOf(study.points.value, fit, study.fits.composition.value)} @click=${() => this.#runs(study)}>Runs and residuals, CSV</button>
                  <button type="button" @click=${() => this.#everything(study)}>Everything as one JSON</button>
                </p>
                <p class="soft">
                  fit.json is the file that <code>m3lab fit --out</code> writes and <code>m3lab recommend</code> reads: what it holds and is not
                  known yet (${RESAMPLES.toLocaleString('en')} resamples, slices held out, effects) is computed first. Each figure has its own
                  SVG, PNG and CSV below it. To send somebody this fit, send the address of the page: it says which law and which runs were
                  chosen. What was left out by hand, tables and laws of your own stay in this browser.
                </p>
              `
        }
      </section>
    `;
  }

  async #export({ fits }: FitStudy, ids: readonly number[], resamples: number, name: string): Promise<void> {
    const controller = new AbortController();
    this.#stop = controller;
    this.#failure.value = null;
    this.#going.value = { doing: 'Completing the fit', share: 0 };
    const outcome = await fits.tasks.run<CommandOf<'exportFit'>>(
      { command: 'exportFit', fits: ids, resamples },
      {
        signal: controller.signal,
        onProgress: (doing, share) => {
          this.#going.value = { doing, share };
        },
      },
    );
    this.#going.value = null;
    if (outcome.ok) saveText(outcome.value.text, name, JSON_TYPE);
    else if (outcome.failure.kind !== 'cancelled') this.#failure.value = outcome.failure;
  }

  #runs(study: FitStudy): void {
    const [points, fit, composition] = [study.points.peek(), study.fit, study.fits.composition.peek()];
    if (!fit || !isOf(points, fit, composition)) return;
    const runs = runsAtHand(composition, points, fit);
    saveText(csvOf(runsTable(runs)), `fit-${fit.law.name}-runs.csv`, CSV_TYPE);
  }

  /** What the view shows, and the runs behind it. */
  #everything(study: FitStudy): void {
    const { fit, fits } = study;
    if (!fit) return;
    const composition = fits.composition.peek();
    const { value: comparison } = study.comparison.peek();
    const told = study.points.peek();
    const points = isOf(told, fit, composition) ? told : null;
    saveJson(
      {
        fit: fit.file,
        selection: fits.selection.peek(),
        leftOut: composition.leftOut,
        runs: composition.rows.map((row, index) => ({
          ...row,
          predicted: points?.predicted[index] ?? null,
          inTheFit: points === null ? null : points.fitted[index] === 1,
        })),
        laws: comparison.laws.map(({ fit: one, crossValidation, heldOut }) => ({
          fit: one.file,
          crossValidation,
          heldOut,
        })),
        ranking: comparison.result,
        kinds: comparison.kinds,
        heldOut: study.heldOut.peek().value,
        effects: study.nulls.peek().value,
        profile: study.profile.peek().value,
        nextRuns: study.nextRuns.peek().value,
        ownLaws: fits.ownLaws.peek(),
      },
      'fit-everything.json',
    );
  }
}
