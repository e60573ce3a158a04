/** Tables below the figures of the runs: residuals by kind of recipe, and the runs that pull hardest. */

import { html, nothing } from 'lit';
import { shortNumber } from '../../../figures/ticks.ts';
import { short } from '../../../law/report/numbers.ts';
import { printedName } from '../../../law/report/symbols.ts';
import { tick } from '../../parts/format.ts';
import { setSymbols, symbol } from '../../parts/symbol.ts';
import { kindWords } from '../../runs/kinds.ts';
import type { FitStudy } from '../study.ts';
import { share, signed } from '../words.ts';
import { leaveOutButton } from './leaveOut.ts';
import { errorsByKind, type RunAtHand, strongest } from './runsAtHand.ts';

const STRONGEST = 8;

/** Mean residual and error of each kind of recipe; nothing where there is one kind. */
export function byKind(runs: readonly RunAtHand[]): unknown {
  const rows = errorsByKind(runs);
  if (rows.length < 2) return nothing;
  return html`
    <div class="wide" tabindex="0" role="group" aria-label="Residuals by kind of recipe">
      <table>
        <thead>
          <tr><th class="words">Kind of recipe</th><th>Runs</th><th>Mean residual</th><th>Error of ln loss</th></tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ kind, runs: count, mean, rmse }) => html`
              <tr>
                <th scope="row" class="words">${kindWords(kind)}</th>
                <td>${count}</td>
                <td>${signed(mean)}</td>
                <td>${share(rmse)}</td>
              </tr>
            `,
          )}
        </tbody>
      </table>
    </div>
  `;
}

/** Runs by how far predictions move without them; each is left out, or put back, by a button. */
export function pulling(study: FitStudy, runs: readonly RunAtHand[]): unknown {
  const byHand = study.fits.selection.value.leftOut;
  const shown = strongest(runs, STRONGEST, byHand);
  if (shown.length === 0) return nothing;
  return html`
    <section class="sheet" aria-labelledby="pulling">
      <h2 id="pulling">Which runs pull</h2>
      <p class="soft">
        How far all predictions move when one run is left out, to first order, and the parameter that moves most. A run that pulls hard is
        not wrong; it is one on which the law hangs.
      </p>
      <div class="wide" tabindex="0" role="group" aria-label="Runs that pull hardest">
        <table>
          <thead>
            <tr>
              <th class="words">Run</th>${['N', 'D_T', 'k', 'r'].map((name) => html`<th>${symbol(name)}</th>`)}<th>Residual</th><th>Predictions move by</th>
              <th class="words">Most moved</th><th><span class="unseen">Leave out, put back</span></th>
            </tr>
          </thead>
          <tbody>
            ${shown.map((run) => {
              const isOut = byHand.includes(run.key);
              const { N, D_T, k, r } = run.at;
              return html`
                <tr class=${isOut ? 'out' : ''}>
                  <th scope="row" class="words place">${run.place}</th>
                  <td>${tick(N ?? 0)}</td>
                  <td>${tick(D_T ?? 0)}</td>
                  <td>${short(k ?? 0)}</td>
                  <td>${short(r ?? 0)}</td>
                  <td>${signed(run.residual)}</td>
                  <td>${Number.isFinite(run.pull) ? share(run.pull) : 'is out'}</td>
                  <td class="words">
                    ${run.pulled === '' ? '–' : setSymbols(`${printedName(run.pulled)}, by ${shortNumber(Math.abs(run.pulledBy), 2)} standard errors`)}
                  </td>
                  <td>${leaveOutButton(study, run)}</td>
                </tr>
              `;
            })}
          </tbody>
        </table>
      </div>
    </section>
  `;
}
