/** `<fit-parameters>`: every parameter with its interval and what it means. */

import { html, nothing } from 'lit';
import { drawParameters } from '../../../figures/parameterForest.ts';
import type { CertaintyFacts, FitFacts } from '../../../worker/api/fits.ts';
import type { Draw } from '../../parts/plot/panel.ts';
import { shared } from '../../parts/shared.styles.ts';
import { setSymbols } from '../../parts/symbol.ts';
import type { FigureTable } from '../../parts/table/figureTable.ts';
import { fitStyles } from '../fit.styles.ts';
import { FitElement } from '../fitElement.ts';
import { Formulas } from '../math.ts';
import type { FitStudy } from '../study.ts';
import { certaintySentence, listed, parameterWords } from '../words.ts';
import { styles } from './panel.styles.ts';

/** Enough for ends of 95 % that do not move by more than a few percent of their width. */
const MANY_RESAMPLES = 1000;

/** Property: `study`. Events: `profile`, with the parameter's name as detail. */
export class FitParameters extends FitElement {
  static override styles = [shared, fitStyles, styles];

  readonly #formulas = new Formulas();
  #drawn: { readonly facts: FitFacts; readonly draw: Draw } | null = null;

  protected override draw(study: FitStudy): unknown {
    const state = study.fits.current.value;
    if (state.status !== 'ready') return nothing;
    const { facts, certainty } = state;
    const { law } = facts;
    const { asked, resamples } = certainty ?? { asked: Number.POSITIVE_INFINITY, resamples: 0 };
    // While something goes on behind the fit, asking again would only do it twice.
    const mayAsk = resamples >= asked && asked < MANY_RESAMPLES && study.fits.behind.value === null;
    return html`
      <section class="sheet" aria-labelledby="heading">
        <h2 id="heading">Parameters</h2>
        <lab-figure
          label="Parameters of ${law.name}"
          fileName="${law.name}-parameters"
          .table=${() => tableOf(facts)}
          .summary=${summaryOf(facts, certainty)}
          .caption=${certaintySentence(certainty)}
        >
          <div class="both">
            <div class="wide" tabindex="0" role="group" aria-label="Table of parameters">
              ${this.#table(facts, certainty)}
            </div>
            ${
              certainty === null
                ? html`<p class="soft waiting">The figure of the intervals comes with the first resamples.</p>`
                : html`<lab-plot .draw=${this.#figure(facts, certainty)}></lab-plot>`
            }
          </div>
          ${
            mayAsk
              ? html`<button slot="tools" class="quiet" type="button" @click=${() => study.fits.search(MANY_RESAMPLES)}>
                  ${MANY_RESAMPLES.toLocaleString('en')} resamples
                </button>`
              : nothing
          }
        </lab-figure>
      </section>
    `;
  }

  #table(facts: FitFacts, certainty: CertaintyFacts | null): unknown {
    return html`
      <table>
        <thead>
          <tr><th class="words">Parameter</th><th>Value</th><th>95 % interval</th><th class="words">What it is</th></tr>
        </thead>
        <tbody>
          ${facts.law.parameters.map((parameter) => {
            const { value, interval, mark } = parameterWords(parameter, facts, certainty);
            const { name, unit, meaning, mathml } = parameter;
            return html`
              <tr>
                <th scope="row" class="words">
                  <button
                    type="button"
                    class="quiet"
                    ?disabled=${facts.file.frozen.includes(name)}
                    @click=${() => this.dispatchEvent(new CustomEvent('profile', { detail: name }))}
                  ><span aria-hidden="true">${this.#formulas.of(name, mathml)}</span><span class="unseen">Profile of ${name}</span></button>
                  ${name === parameter.tex ? nothing : html`<span class="name soft">${name}</span>`}
                </th>
                <td class="number">${value}</td>
                <td class="number">${interval}${mark === '' ? nothing : html` <span class="mark ${mark.includes('no run') || mark.includes('bound') ? 'warn' : ''}">${mark}</span>`}</td>
                <td class="words">${meaning}${unit === '1' ? nothing : html`<span class="soft"> (${setSymbols(unit)})</span>`}</td>
              </tr>
            `;
          })}
        </tbody>
      </table>
    `;
  }

  /** The same function as long as nothing has changed, so that the figure is not drawn again. */
  #figure(facts: FitFacts, certainty: CertaintyFacts | null): Draw {
    if (this.#drawn?.facts.file === facts.file) return this.#drawn.draw;
    const { law, file } = facts;
    const parameters = law.parameters.map((parameter) => ({
      name: parameter.name,
      value: file.unknown.includes(parameter.name)
        ? Number.NaN
        : (file.parameters[parameter.name]?.value ?? Number.NaN),
      interval: file.parameters[parameter.name]?.interval ?? null,
      note: parameterWords(parameter, facts, certainty).mark,
    }));
    const draw: Draw = (document, width) =>
      drawParameters({ document, width, isTitled: false }, { law: law.name, parameters });
    this.#drawn = { facts, draw };
    return draw;
  }
}

function tableOf({ law, file }: FitFacts): FigureTable {
  return {
    columns: [
      { name: 'parameter' },
      { name: 'value' },
      { name: 'low' },
      { name: 'high' },
      { name: 'unit' },
      { name: 'meaning' },
    ],
    rows: law.parameters.map(({ name, unit, meaning }) => {
      const found = file.parameters[name];
      return [
        name,
        found?.value ?? null,
        found?.interval?.[0] ?? null,
        found?.interval?.[1] ?? null,
        unit,
        meaning,
      ];
    }),
  };
}

function summaryOf(facts: FitFacts, certainty: CertaintyFacts | null): string {
  const words = facts.law.parameters.map((parameter) => {
    const { value, interval, mark } = parameterWords(parameter, facts, certainty);
    return `${parameter.name} ${value}${interval === '–' || interval === '…' ? '' : `, 95 % from ${interval}`}${mark === '' ? '' : `, ${mark}`}`;
  });
  return `Parameters of ${facts.law.name}: ${listed(words)}.`;
}
