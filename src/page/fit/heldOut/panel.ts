/** `<fit-held-out>`: how well the law foresees runs that it has not seen, slice by slice. */

import { html, nothing } from 'lit';
import type { HeldOut } from '../../../law/comparison/heldOut.ts';
import { logError, rSquaredWords } from '../../../law/report/numbers.ts';
import { shared } from '../../parts/shared.styles.ts';
import type { FigureTable } from '../../parts/table/figureTable.ts';
import { fitStyles } from '../fit.styles.ts';
import { FitElement } from '../fitElement.ts';
import { failureNote, goingLine } from '../going.ts';
import type { FitStudy } from '../study.ts';
import { heldOutReason, SLICE_WORDS } from '../words.ts';

/** Property: `study`. */
export class FitHeldOut extends FitElement {
  static override styles = [shared, fitStyles];

  protected override draw(study: FitStudy): unknown {
    const { fit } = study;
    if (!fit) return nothing;
    const { value, going, failure } = study.heldOut.value;
    return html`
      <section class="sheet" aria-labelledby="heading">
        <div class="head">
          <h2 id="heading">Held out</h2>
          ${
            going
              ? goingLine(going, () => study.stop(study.heldOut))
              : html`<button type="button" class="small" @click=${() => study.holdOut()}>
                  ${value.length > 0 ? 'Hold out again' : 'Hold runs out'}
                </button>`
          }
        </div>
        ${failureNote(failure)}
        ${
          value.length === 0
            ? html`<p class="soft">
                How well does ${fit.law.name} foresee runs that its fit has not seen: larger, scarcer, longer, or of a sort that it does not
                know? Each slice is a fit of its own.
              </p>`
            : this.#slices(value, fit.law.name)
        }
      </section>
    `;
  }

  #slices(slices: readonly HeldOut[], law: string): unknown {
    return html`
      <lab-figure
        label="${law} on runs that were held out"
        fileName="${law}-held-out"
        .drawn=${false}
        .table=${() => tableOf(slices)}
        .caption=${'R² is about the mean of the runs held out, so it is below 0 where the law foresees worse than that mean, which it could not know.'}
      >
        <div class="wide" tabindex="0" role="group" aria-label="Slices held out">
          <table>
            <thead>
              <tr><th class="words">Held out</th><th>Runs</th><th>R²</th><th>Error of ln loss</th><th class="words"><span class="unseen">Why there is no figure</span></th></tr>
            </thead>
            <tbody>
              ${slices.map(
                (one) => html`
                  <tr>
                    <th scope="row" class="words">${SLICE_WORDS[one.slice] ?? one.slice}</th>
                    <td>${one.score?.rows ?? '–'}</td>
                    <td>${rSquaredWords(one.score?.rSquared)}</td>
                    <td>${logError(one.score?.rmseLog)}</td>
                    <td class="words soft">${heldOutReason(one) || nothing}</td>
                  </tr>
                `,
              )}
            </tbody>
          </table>
        </div>
      </lab-figure>
    `;
  }
}

function tableOf(slices: readonly HeldOut[]): FigureTable {
  return {
    columns: [
      { name: 'slice' },
      { name: 'runs' },
      { name: 'R²' },
      { name: 'error', unit: 'RMSE of ln loss' },
      { name: 'reason' },
    ],
    rows: slices.map((one) => [
      one.slice,
      one.score?.rows ?? one.held,
      one.score?.rSquared ?? null,
      one.score?.rmseLog ?? null,
      heldOutReason(one) || null,
    ]),
  };
}
