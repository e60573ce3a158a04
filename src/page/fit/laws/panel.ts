/** `<fit-laws>`: all laws on the same runs, the best first, with how well each foresees what it has not seen. */

import { html, nothing } from 'lit';
import { drawHeldOut } from '../../../figures/heldOutErrors.ts';
import { drawRanking } from '../../../figures/lawRanking.ts';
import { KIND_SLICES } from '../../../law/comparison/kinds.ts';
import { logError, rSquaredWords } from '../../../law/report/numbers.ts';
import type { Draw } from '../../parts/plot/panel.ts';
import { shared } from '../../parts/shared.styles.ts';
import { fitStyles } from '../fit.styles.ts';
import { FitElement } from '../fitElement.ts';
import { failureNote, goingLine } from '../going.ts';
import type { Comparison, FitStudy } from '../study.ts';
import { counted, KIND_SLICE_WORDS, listed, SLICE_WORDS, statusWord } from '../words.ts';
import { type Line, lawsTable, linesOf } from './lines.ts';
import { styles } from './panel.styles.ts';

/** Property: `study`. */
export class FitLaws extends FitElement {
  static override styles = [shared, fitStyles, styles];

  #drawn: { readonly of: Comparison; readonly ranking: Draw; readonly heldOut: Draw } | null = null;

  protected override draw(study: FitStudy): unknown {
    if (study.fit === null) return nothing;
    const { value, going, failure } = study.comparison.value;
    const laws = study.laws.value.length + study.fits.ownLaws.value.length;
    const isOld = value.laws.length > 0 && !study.isCompared();
    return html`
      <section class="sheet" aria-labelledby="heading">
        <div class="head">
          <h2 id="heading">Laws compared</h2>
          ${
            going
              ? goingLine(going, () => study.stop(study.comparison))
              : html`<button type="button" class=${value.laws.length === 0 ? 'primary' : ''} @click=${() => study.compare()}>
                  ${isOld ? 'Fit all laws again' : 'Fit all laws'}
                </button>`
          }
        </div>
        ${failureNote(failure)}
        ${
          value.laws.length === 0 && !going
            ? html`<p class="soft">
                ${laws > 0 ? counted(laws, 'law') : 'All laws'} on the same runs, with the same care: the lab’s M³ form, those of papers, and
                your own. It takes from some seconds to a few minutes; the page stays free meanwhile.
              </p>`
            : nothing
        }
        ${isOld ? html`<p class="note">These were fitted before the runs changed.</p>` : nothing}
        ${value.laws.length > 0 ? this.#compared(study, value) : nothing}
      </section>
    `;
  }

  #compared(study: FitStudy, comparison: Comparison): unknown {
    const lines = linesOf(comparison);
    const { result, kinds } = comparison;
    const { ranking, heldOut } = this.#figures(comparison, lines);
    const best = lines[0]?.law.fit.law.name ?? '';
    return html`
      <div class="wide" tabindex="0" role="group" aria-label="Laws, the best first">
        <table>
          <caption>
            AICc over that of the best: up to 4 is no evidence for either law. Foreseen: a tenth of the recipes at a time, and the fifth with the most compute.
          </caption>
          <thead>
            <tr>
              <th class="words">Law</th><th>Parameters</th><th>AICc</th><th>R², seen</th><th>Error, seen</th>
              <th>R², foreseen</th><th>Error, foreseen</th><th>Error, most compute</th><th class="words">Status</th><th><span class="unseen">Show</span></th>
            </tr>
          </thead>
          <tbody>${lines.map((line) => this.#line(study, line))}</tbody>
        </table>
      </div>
      ${this.#remarks(comparison, best)}
      <div class="figures">
        <lab-figure
          label="Laws by AICc"
          fileName="laws"
          .table=${() => lawsTable(lines)}
          .summary=${`Laws in the order of the evidence: ${lines.map(({ law, difference }) => `${law.fit.law.name} ${difference === null ? 'not ranked' : `+${difference.toFixed(1)}`}`).join(', ')}.`}
          .caption=${'AICc of each law over that of the best.'}
        >
          <lab-plot .draw=${ranking}></lab-plot>
        </lab-figure>
        <lab-figure
          label="Errors on runs that were held out"
          fileName="held-out"
          .table=${() => lawsTable(lines)}
          .summary=${'Errors on runs that were held out, by law.'}
          .caption=${'The fifth of the runs with the most compute, foreseen by a fit to the others.'}
        >
          <lab-plot .draw=${heldOut}></lab-plot>
        </lab-figure>
      </div>
      ${
        result && kinds.length === 0
          ? html`<p><button type="button" class="small" ?disabled=${study.comparison.value.going !== null} @click=${() => study.compareByKind()}>
              Compare by kind of recipe
            </button></p>`
          : nothing
      }
      ${kinds.length > 0 ? this.#kinds(comparison, lines) : nothing}
    `;
  }

  #line(study: FitStudy, { law: { fit, crossValidation, heldOut }, difference, suffices }: Line): unknown {
    const { name } = fit.law;
    const isChosen = study.fits.law.value === name;
    const status = statusWord(fit);
    const fitted = fit.law.parameters.length - fit.file.frozen.length - fit.file.unknown.length;
    const top = heldOut.find(({ slice }) => slice === 'top-compute')?.score;
    return html`
      <tr aria-current=${isChosen ? 'true' : nothing}>
        <th scope="row" class="words">${name}${suffices ? html` <span class="mark good">suffices</span>` : nothing}</th>
        <td>${fitted}</td>
        <td>${difference === null ? '–' : `+${difference.toFixed(1)}`}</td>
        <td>${rSquaredWords(fit.file.rSquared)}</td>
        <td>${logError(fit.file.rmseLog)}</td>
        <td>${rSquaredWords(crossValidation?.rSquared)}</td>
        <td>${logError(crossValidation?.rmseLog)}</td>
        <td>${logError(top?.rmseLog)}</td>
        <td class="words"><span class="mark ${status.tone}">${status.words}</span></td>
        <td>
          ${
            isChosen
              ? html`<span class="soft">shown</span>`
              : html`<button type="button" class="small" aria-label="Show ${name}" @click=${() => {
                  study.fits.chosenLaw.value = name;
                }}>Show</button>`
          }
        </td>
      </tr>
    `;
  }

  #remarks({ result }: Comparison, best: string): unknown {
    if (!result) return nothing;
    const simpler = result.ranked.filter(({ suffices }) => suffices).map(({ law }) => law);
    const words = [
      ...(simpler.length > 0
        ? [
            `${listed(simpler)} ${simpler.length > 1 ? 'are' : 'is'} contained in ${best} and within 4 of it: the simpler law suffices.`,
          ]
        : []),
      ...result.same.map((group) => `${listed([...group])} are one law on these runs.`),
      ...result.apart.map(({ law, reason }) => `${law} is not ranked: it ${reason}.`),
      ...result.failed.map(({ law, reason }) => `${law} could not be fitted: ${reason}`),
    ];
    return words.length > 0
      ? html`<ul class="plain soft">${words.map((one) => html`<li>${one}</li>`)}</ul>`
      : nothing;
  }

  #kinds({ kinds }: Comparison, lines: readonly Line[]): unknown {
    const place = (law: string) => lines.findIndex((line) => line.law.fit.law.name === law);
    const shown = KIND_SLICES.filter((kind) => kinds.some(({ cells }) => cells[kind].seen.score !== null));
    const cell = (figure: (typeof kinds)[number]['cells'][(typeof shown)[number]]['joint'] | null) =>
      figure?.score
        ? `${rSquaredWords(figure.score.rSquared)} (${logError(figure.score.rmseLog)})`
        : html`<span title=${figure?.reason ?? ''}>–</span>`;
    return html`
      <div class="wide" tabindex="0" role="group" aria-label="Laws by kind of recipe">
        <table>
          <caption>
            By kind of recipe: R² and, in brackets, the error of ln loss on the fifth with the most compute, foreseen by a fit to the other
            runs of all kinds; below it by a fit to runs of this kind alone.
          </caption>
          <thead>
            <tr><th class="words">Law</th><th class="words">Fitted to</th>${shown.map((kind) => html`<th>${KIND_SLICE_WORDS[kind]}</th>`)}</tr>
          </thead>
          <tbody>
            ${[...kinds]
              .sort((a, b) => place(a.law) - place(b.law))
              .map(
                ({ law, cells }) => html`
                <tr>
                  <th scope="row" class="words" rowspan="2">${law}</th>
                  <td class="words">all kinds</td>
                  ${shown.map((kind) => html`<td>${cell(cells[kind].joint)}</td>`)}
                </tr>
                <tr>
                  <td class="words">this kind</td>
                  ${shown.map((kind) => html`<td>${cell(cells[kind].own)}</td>`)}
                </tr>
              `,
              )}
          </tbody>
        </table>
      </div>
    `;
  }

  #figures(of: Comparison, lines: readonly Line[]): { readonly ranking: Draw; readonly heldOut: Draw } {
    if (this.#drawn?.of === of) return this.#drawn;
    const laws = lines.flatMap(({ law, difference }) =>
      difference === null ? [] : [{ name: law.fit.law.name, difference }],
    );
    const errors = lines.flatMap(({ law }) =>
      law.heldOut.flatMap(({ slice, score }) =>
        score ? [{ law: law.fit.law.name, slice: SLICE_WORDS[slice] ?? slice, rmseLog: score.rmseLog }] : [],
      ),
    );
    this.#drawn = {
      of,
      ranking: (document, width) => drawRanking({ document, width, isTitled: false }, { laws }),
      heldOut: (document, width) =>
        drawHeldOut(
          { document, width, isTitled: false },
          {
            slices: [SLICE_WORDS['top-compute'] ?? ''],
            laws: lines.map(({ law }) => law.fit.law.name),
            errors,
          },
        ),
    };
    return this.#drawn;
  }
}
