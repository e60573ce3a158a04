/** `<fit-summary>`: the law that is fitted, its formula, how well it fits, and what that does not mean. */

import { html, nothing } from 'lit';
import { logError, rSquaredWords } from '../../../law/report/numbers.ts';
import type { FitFacts } from '../../../worker/api/fits.ts';
import { shared } from '../../parts/shared.styles.ts';
import { setSymbols } from '../../parts/symbol.ts';
import { fitStyles } from '../fit.styles.ts';
import { FitElement } from '../fitElement.ts';
import { failureNote, goingLine } from '../going.ts';
import { Formulas } from '../math.ts';
import { notHereWords } from '../notHere.ts';
import type { FitStudy } from '../study.ts';
import { counted, noiseSentence, share, statusSentences, statusWord, took } from '../words.ts';
import { styles } from './panel.styles.ts';

/** Property: `study`. */
export class FitSummary extends FitElement {
  static override styles = [shared, fitStyles, styles];

  readonly #formulas = new Formulas();

  protected override draw(study: FitStudy): unknown {
    return html`
      <section class="sheet" aria-labelledby="heading">
        <div class="head">
          <h2 id="heading">The fit</h2>
          ${this.#choice(study)}
        </div>
        ${this.#asked(study)} ${this.#state(study)}
      </section>
    `;
  }

  #choice({ fits, laws }: FitStudy): unknown {
    const chosen = fits.law.value;
    const own = fits.ownLaws.value;
    const option = (name: string, title: string) =>
      html`<option value=${name} .selected=${name === chosen}>${name}: ${title}</option>`;
    return html`
      <label class="law">
        <span class="soft">Law</span>
        <select
          @change=${(event: Event) => {
            fits.chosenLaw.value = (event.target as HTMLSelectElement).value;
          }}
        >
          ${laws.value.length === 0 ? option(chosen, '…') : nothing}
          <optgroup label="The lab’s and from papers">${laws.value.map(({ name, title }) => option(name, title))}</optgroup>
          ${own.length > 0 ? html`<optgroup label="Your own">${own.map(({ name }) => option(name, 'your own'))}</optgroup>` : nothing}
        </select>
      </label>
    `;
  }

  /** What an address asked for and there is not, or what of it could not be read. */
  #asked({ fits, addressProblems }: FitStudy): unknown {
    const missing = fits.prepared.value
      ? notHereWords(fits.selection.value, fits.wanted.value, fits.sources.value)
      : [];
    const words = [...addressProblems.value, ...missing];
    return words.length > 0
      ? html`<div role="status"><ul class="plain note">${words.map((one) => html`<li>${one}</li>`)}</ul></div>`
      : nothing;
  }

  #state(study: FitStudy): unknown {
    const state = study.fits.current.value;
    switch (state.status) {
      case 'none':
        return html`
          <p>${state.reason}</p>
          <p class="soft">
            Runs come from Train and Sweep, from files of records, or from a table (CSV) of runs that were made elsewhere. With
            them here, a law is fitted at once.
          </p>
        `;
      case 'fitting':
        return html`<p>
          <span class="unseen" role="status">Fitting ${state.law}.</span>
          ${goingLine({ doing: `Fitting ${state.law}`, share: state.share })}
        </p>`;
      case 'failed':
        return html`
          ${failureNote(state.failure)}
          <p class="soft">${state.law} could not be fitted to these runs; choose another law, or other runs.</p>
        `;
      case 'ready':
        return this.#ready(study, state.facts, state.isThorough);
    }
  }

  #ready(study: FitStudy, facts: FitFacts, isThorough: boolean): unknown {
    const { law, file } = facts;
    const { fits, ground } = study;
    const status = statusWord(facts);
    const noise = ground.value;
    const sentences = statusSentences(facts);
    return html`
      <div class="formula wide" tabindex="0" role="group" aria-label="Formula of ${law.name}">${this.#formulas.of('law', law.mathml)}</div>
      ${law.note === '' ? nothing : html`<p class="soft">${setSymbols(law.note)}</p>`}
      ${fits.why.value === '' ? nothing : html`<p class="soft">${fits.why.value}</p>`}
      ${
        fits.chosenLaw.value === null
          ? nothing
          : html`<p>
              <button
                type="button"
                class="small"
                @click=${() => {
                  fits.chosenLaw.value = null;
                }}
              >
                Let the runs choose the law
              </button>
            </p>`
      }
      <dl class="facts">
        <div><dt>Status</dt><dd><span class="mark ${status.tone}">${status.words}</span></dd></div>
        <div><dt>Runs</dt><dd>${file.rows.toLocaleString('en')}</dd></div>
        <div><dt>Recipes</dt><dd>${file.recipes.toLocaleString('en')}</dd></div>
        <div><dt>R²</dt><dd>${rSquaredWords(file.rSquared)}</dd></div>
        <div><dt>Error of ln loss</dt><dd>${logError(file.rmseLog)}</dd></div>
        <div>
          <dt>AICc</dt>
          <dd>${file.aicc === null ? 'none: too few runs' : file.aicc.toFixed(1).replace('-', '−')}</dd>
        </div>
      </dl>
      <details class="meaning">
        <summary>What these numbers mean</summary>
        <ul class="plain soft">
          <li>A recipe is what a run was trained by; seeds of one recipe are several runs of it.</li>
          <li>R² is the share of the differences between the runs that the law explains: 1 is all of them, 0 none.</li>
          <li>The error is how far the law typically is from a run: ${share(file.rmseLog)} of its loss.</li>
          <li>AICc holds laws against each other on the same runs: the lower the better, and every parameter costs.</li>
        </ul>
      </details>
      ${noise?.fit === facts.fit ? html`<p class="soft">${noiseSentence(noise.noise, file.rmseLog)}</p>` : nothing}
      ${sentences.length > 0 ? html`<ul class="plain note">${sentences.map((words) => html`<li>${setSymbols(words)}</li>`)}</ul>` : nothing}
      <p class="soft how">
        <span role="status">${this.#how(facts, isThorough)} ${fits.lately.value}</span>
        ${goingLine(fits.behind.value)}
      </p>
      ${law.source === '' ? nothing : html`<p class="soft">Source: ${law.source}.</p>`}
    `;
  }

  #how({ warm, milliseconds, file }: FitFacts, isThorough: boolean): string {
    const time = took(milliseconds);
    if (isThorough) return `All starts were looked at for ${counted(file.rows, 'run')}.`;
    return warm
      ? `Went on from the last fit in ${time}; all starts are looked at when the runs have settled.`
      : `A first look, in ${time}; all starts are looked at next.`;
  }
}
