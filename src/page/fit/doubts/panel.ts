/** `<fit-doubts>`: what the runs leave open, which run would help most, whether the law's effects are there, and what it does not fit alike. */

import { html, nothing } from 'lit';
import { shortNumber } from '../../../figures/ticks.ts';
import type { GroupDifference } from '../../../law/groupDifferences.ts';
import { recipeKind } from '../../../law/point.ts';
import { short } from '../../../law/report/numbers.ts';
import type { FitFacts } from '../../../worker/api/fits.ts';
import { tick } from '../../parts/format.ts';
import { shared } from '../../parts/shared.styles.ts';
import { symbol } from '../../parts/symbol.ts';
import { kindWords } from '../../runs/kinds.ts';
import { fitStyles } from '../fit.styles.ts';
import { FitElement } from '../fitElement.ts';
import { failureNote, goingLine } from '../going.ts';
import type { FitStudy } from '../study.ts';
import { counted, isUnderDetermined, listed, share } from '../words.ts';

/** Below this share a run would help nobody. */
const NO_HELP = 0.005;
/** Of chance alone, for so many columns of so many tables, and of what is worth a word. */
const RARE = 1e-3;
const LEAST_SHARE = 0.1;

/** Property: `study`. */
export class FitDoubts extends FitElement {
  static override styles = [shared, fitStyles];

  protected override draw(study: FitStudy): unknown {
    const { fit } = study;
    if (!fit) return nothing;
    return html`
      <section class="sheet" aria-labelledby="heading">
        <h2 id="heading">What is left open</h2>
        ${this.#open(fit)} ${this.#next(study)} ${this.#rules(fit)} ${this.#groups(study, fit)}
        ${this.#effects(study, fit)}
      </section>
    `;
  }

  #open(fit: FitFacts): unknown {
    const { unknown } = fit.file;
    const untold = unknown.filter((name) => !fit.idle.includes(name));
    if (!isUnderDetermined(fit))
      return html`<p>The runs tell every parameter that matters where the fit ended.</p>`;
    return html`
      <p class="note">
        The runs do not determine this law.
        ${
          untold.length > 0
            ? `Nothing here depends on ${listed(untold)}; predictions for recipes that do are made up.`
            : 'Some parameters may be exchanged for others without any run feeling it. Predictions near the runs may still be good; further away they are not.'
        }
      </p>
    `;
  }

  #next({ nextRuns }: FitStudy): unknown {
    const { value: runs, failure } = nextRuns.value;
    if (failure)
      return html`
        <h3>Which run would help most</h3>
        ${failureNote(failure)}
        <p class="soft">That could not be found for this fit; it is looked for again with the next one.</p>
      `;
    if (runs === null)
      return html`<p class="soft" role="status">Looking for the run that would help most…</p>`;
    const helpful = runs.filter(({ reduction }) => reduction >= NO_HELP);
    if (helpful.length === 0)
      return html`<p>No single run would help much: none takes as much as 0.5 % of the variance of the law’s predictions.</p>`;
    return html`
      <h3>Which run would help most</h3>
      <div class="wide" tabindex="0" role="group" aria-label="Runs that would help most">
        <table>
          <caption>
            Of each kind of recipe the one that is expected to take most from the variance of the law’s predictions, over runs from half the
            smallest to twice the largest ${symbol('N')} and ${symbol('D_T')} of these.
          </caption>
          <thead>
            <tr>
              <th class="words">Kind</th>${['N', 'D_T', 'k', 'r', 'r_f', 'C'].map((name) => html`<th>${symbol(name)}</th>`)}<th>Variance</th>
            </tr>
          </thead>
          <tbody>
            ${helpful.map(
              ({ point, reduction }) => html`
                <tr>
                  <th scope="row" class="words">${kindWords(recipeKind(point))}</th>
                  <td>${tick(point.N)}</td>
                  <td>${tick(point.D_T)}</td>
                  <td>${short(point.k)}</td>
                  <td>${short(point.r)}</td>
                  <td>${short(point.r_f)}</td>
                  <td>${shortNumber(point.C, 3)}</td>
                  <td>−${share(reduction)}</td>
                </tr>
              `,
            )}
          </tbody>
        </table>
      </div>
    `;
  }

  /** Fitted as one surface, a mixture of first stages calls different recipes by one name. */
  #rules({ file, law }: FitFacts): unknown {
    const { rules } = file.firstStage;
    if (rules.length < 2 || !law.reads.includes('r_f')) return nothing;
    const some = rules.slice(0, 4).map(({ c, rows }) => `c = ${c} (${rows})`);
    return html`
      <p class="note">
        The two-stage runs follow ${rules.length} rules for their first stage, ${symbol('r_1')} = c·r: ${some.join(', ')}${rules.length > some.length ? ' and others' : ''}.
        No law reads ${symbol('r_1')}, so these are different recipes under one name; look at the residuals against ${symbol('r_1')}.
      </p>
    `;
  }

  #groups({ ground }: FitStudy, { law, fit }: FitFacts): unknown {
    const found = ground.value;
    if (found === null || found.fit !== fit) return nothing;
    const words = found.groups.flatMap((difference) => groupWords(law.name, difference));
    return words.length > 0
      ? html`<ul class="plain note">${words.map((one) => html`<li>${one}</li>`)}</ul>`
      : nothing;
  }

  #effects(study: FitStudy, { law }: FitFacts): unknown {
    const { value, going, failure } = study.nulls.value;
    if (law.effects.length === 0) return nothing;
    return html`
      <h3>Whether the runs ask for its effects</h3>
      ${failureNote(failure)}
      ${
        value === null
          ? going
            ? goingLine(going, () => study.stop(study.nulls))
            : html`<p class="row">
                <span class="soft">The same law without an effect (${law.effects.join(', ')}), held against it.</span>
                <button type="button" class="small" @click=${() => study.testEffects()}>Test the effects</button>
              </p>`
          : html`<ul class="plain">${value.map(({ words }) => html`<li>${words}</li>`)}</ul>`
      }
    `;
  }
}

function groupWords(law: string, { column, groups, share: between, p }: GroupDifference): string[] {
  const [best, worst] = [groups[0], groups.at(-1)];
  if (p === null || p > RARE || between < LEAST_SHARE || !best || !worst) return [];
  const place = ({ word, runs, mean }: typeof best) =>
    `${word === '' ? 'where there is none' : word} (${counted(runs, 'run')}) is ${share(Math.abs(Math.expm1(mean)))} ${mean > 0 ? 'worse' : 'better'} than it says`;
  return [
    `${law} does not fit all values of ${column} alike: ${place(best)}, ${place(worst)}. Fit them apart.`,
  ];
}
