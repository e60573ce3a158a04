/** `<map-answer>`: the recipe for a person's case, what it is worth, what the others cost, and how far to trust it. */

import { html, nothing } from 'lit';
import { type RecommendationFile, recommendationJson } from '../../../formats/recommendation.ts';
import { percent } from '../../../law/report/numbers.ts';
import type { Advised } from '../../../worker/api/advice.ts';
import { define } from '../../parts/define.ts';
import { saveJson } from '../../parts/download/save.ts';
import { shared } from '../../parts/shared.styles.ts';
import { setSymbols, symbol } from '../../parts/symbol.ts';
import { kindWords } from '../../runs/kinds.ts';
import { hrefOf } from '../../shell/router.ts';
import { mapStyles } from '../map.styles.ts';
import { MapElement } from '../mapElement.ts';
import { printed, short } from '../numbers.ts';
import { placeWords } from '../phase/readout.ts';
import { scaledHere } from '../scaledHere.ts';
import { sentence } from '../sentence.ts';
import type { MapState, ReadyFit } from '../state.ts';
import {
  farSentence,
  guessSentence,
  nearWords,
  recipeRows,
  rivalSentence,
  timeWords,
} from './adviceWords.ts';
import { firstStageOf } from './firstStage.ts';
import { styles } from './panel.styles.ts';

type Told = Extract<Advised, { told: true }>;

/** Properties: `state`; `whole`, which asks the law for all that the command line writes. */
export class MapAnswer extends MapElement {
  static override styles = [shared, mapStyles, styles];
  static override properties = {
    ...MapElement.properties,
    whole: { attribute: false },
    saving: { state: true },
  };

  declare whole: ((signal: AbortSignal) => Promise<Advised | null>) | undefined;
  declare private saving: AbortController | null;

  constructor() {
    super();
    this.saving = null;
  }

  protected override draw(state: MapState): unknown {
    const advised = state.advised.value;
    const { compute, targetTokens } = state.case.value;
    const fit = state.fit.value;
    if (!fit) return nothing;
    if (compute === null || targetTokens === null)
      return html`<p class="soft">Say how much text and how much compute there is, and the law answers here.</p>`;
    return html`
      ${this.busy(state)} ${this.failed(state, 'advice')}
      ${advised === null ? nothing : advised.told ? this.answer(state, fit, advised) : this.refusal(advised)}
    `;
  }

  private busy(state: MapState): unknown {
    const busy = state.advising.value;
    return html`
      <div class="busy" role="status">
        ${busy ? html`${busy.doing}<progress aria-label=${busy.doing} max="1" .value=${busy.share}></progress>` : nothing}
      </div>
    `;
  }

  private refusal({ problem }: Extract<Advised, { told: false }>): unknown {
    return html`<p class="note">No recipe follows: ${setSymbols(printed(problem))}.</p>`;
  }

  private answer(state: MapState, fit: ReadyFit, told: Told): unknown {
    const { file, words } = told;
    const { best, runnersUp } = file;
    const far = farSentence(told.beyond);
    const guess = guessSentence(told.beyond);
    const near = nearWords(file);
    const tied = runnersUp
      .filter(({ excess }) => excess <= file.noise * best.loss)
      .map(({ kind }) => kindWords(kind));
    const isBits = state.fits.composition.value.tokenizer === 'bytes';
    const { compute, targetTokens } = state.case.value;
    const isOld = file.compute !== compute || file.targetTokens !== targetTokens;
    return html`
      ${isOld ? html`<p class="soft">The answer to your case is being worked out; this one is of ${setSymbols(placeWords(file))}.</p>` : nothing}
      <div class="verdict ${isOld ? 'old' : ''}" aria-busy=${isOld}>
        <p class="soft">Lowest predicted loss${state.isTurned.value ? ', with the parameters as you turned them' : ''}</p>
        <p class="kind">${kindWords(best.kind)}</p>
        ${tied.length > 0 ? html`<p>Nearly a tie: a run of it and one of ${tied.join(' or ')} would look alike, for the fit is off by more.</p>` : nothing}
        <p class="loss">
          ${best.loss.toFixed(3)} nats per token${
            best.interval
              ? html` (95 %: ${best.interval[0].toFixed(3)} … ${best.interval[1].toFixed(3)})`
              : nothing
          }${isBits ? html`, ${(best.loss / Math.LN2).toFixed(3)} bits per byte` : nothing}, before the noise of a run
        </p>
        ${guess === null ? nothing : html`<p class="guess">${guess}</p>`}
      </div>
      <dl>
        ${recipeRows(file).map(
          ({ symbol: name, what, value, ends }) => html`
            <div>
              <dt>${symbol(name)}</dt>
              <dd>${what}</dd>
              <dd class="value">${value}${ends ? html`<span class="soft">95 %: ${ends}</span>` : nothing}</dd>
            </div>
          `,
        )}
      </dl>
      ${this.firstStage(fit, file)}
      ${
        runnersUp.length > 0
          ? html`
              <h3>What the others would cost</h3>
              <ul>
                ${runnersUp.map((one) => html`<li>${rivalSentence(one, file)}.</li>`)} ${sentences(words.lead)}
              </ul>
            `
          : nothing
      }
      ${
        words.threshold
          ? html`
              <h3>The threshold at this compute</h3>
              <ul>
                ${sentences([words.threshold, words.firstOrder, near])}
              </ul>
            `
          : nothing
      }
      <h3>How far to trust it</h3>
      <ul>
        ${sentences([far ?? 'This recipe lies among the runs that were fitted', words.scarcity])}
        ${told.resamples === 0 && !state.isTurned.value ? html`<li>${fit.resamples === 0 ? 'Intervals follow once the fit has been resampled.' : 'Intervals are on their way.'}</li>` : nothing}
        ${sentences([...words.gaps, ...words.edges, ...file.notes])}
      </ul>
      <div class="row">
        ${this.trainHere(state, fit, file)}
        ${
          this.saving
            ? html`<button type="button" @click=${() => this.saving?.abort()}>Stop</button>`
            : html`<button type="button" @click=${() => this.save()}>recommendation.json</button>`
        }
      </div>
      ${this.failed(state, 'file')}
    `;
  }

  /** First-stage ratio and stage length, where the runs of the fit follow one rule: no law reads them. */
  private firstStage({ file: { firstStage } }: ReadyFit, { best }: RecommendationFile): unknown {
    if (best.kind !== 'multi-lingual two-stage') return nothing;
    const stage = firstStageOf(best, firstStage);
    // Of several rules the notes of the law speak.
    if (!stage && firstStage.rules.length > 1) return nothing;
    return html`
      <p class="soft">
        ${
          stage
            ? html`The first stage reads ${symbol('r_1')} = ${short(stage.r_1)} of the target, the last one lasts ${symbol('s')} = ${percent(stage.s)} of the
              tokens: the rule of the runs that were fitted, ${symbol('r_1')} = ${short(stage.c)}·${symbol('r')}.`
            : html`The runs of the fit follow no single rule for the first stage, so that ${symbol('r')} and ${symbol('r_f')} do not fix its length.`
        }
      </p>
    `;
  }

  private trainHere(state: MapState, { file }: ReadyFit, advice: RecommendationFile): unknown {
    const { N, k, r, r_f } = advice.best;
    const adapter = state.app.adapter.value;
    const stage = firstStageOf(advice.best, file.firstStage);
    const recipe = { D_T: advice.targetTokens, C: 6 * N * advice.best.D, N, k, r, r_f, r_1: stage?.r_1 ?? 0 };
    const isSoftware = adapter?.ok ? adapter.value.software : false;
    const { flopsPerSecond } = state.device.facts.value;
    const here = scaledHere(recipe, { isSoftware, flopsPerSecond });
    const { query, scaledBy, others } = here;
    const words = scaledBy > 1.05 ? `Train it here, ${short(scaledBy)} times smaller` : 'Train it here';
    return html`
      <a class="link" href=${hrefOf('train', query)}>${words}</a>
      <span class="soft">
        ${scaledBy > 1.05 ? html`With the same ${symbol('k')}, ${symbol('r')} and ${symbol('D_T')}/${symbol('D')}. ` : nothing}${timeWords(here)}
        ${others === 1 ? 'Beside it runs another kind.' : 'Beside it run the other two kinds.'} ${adapter && !adapter.ok ? 'This browser gives no WebGPU to train with; the link keeps the settings.' : nothing}
      </span>
    `;
  }

  private async save(): Promise<void> {
    if (!this.whole) return;
    const saving = new AbortController();
    this.saving = saving;
    const advised = await this.whole(saving.signal);
    this.saving = null;
    if (advised?.told) saveJson(recommendationJson(advised.file), 'recommendation.json');
  }
}

/** Each with a capital and a full stop; what is null is left out. */
function sentences(all: readonly (string | null)[]): unknown {
  return all.map((words) =>
    words === null || words === '' ? nothing : html`<li>${setSymbols(sentence(words))}</li>`,
  );
}

define('map-answer', MapAnswer);
