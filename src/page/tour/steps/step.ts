/** What a step of the tour is made of. */

import { html, nothing, type TemplateResult } from 'lit';
import { decimals, whole } from '../../parts/format.ts';
import { symbol } from '../../parts/symbol.ts';
import { isBuiltIn, languageWords } from '../../runs/languages.ts';
import type { ChartModel } from '../chart/model.ts';
import { chartTable, chartWords } from '../chart/model.ts';
import { LOOKS } from '../looks.ts';
import type { Contender, Kind, Recipe } from '../measured/recipes.ts';
import type { Scene, TourState } from '../scene.ts';
import { computeWords, textWords } from '../words.ts';

export type Step = {
  /** In the address of its heading, and short words for the dots. */
  readonly id: string;
  readonly title: string;
  readonly tell: (state: TourState) => TemplateResult;
  /** What was measured, beside the words; without measured runs the words stand alone. */
  readonly show: (scene: Scene, state: TourState) => TemplateResult;
  /** What stands below both. */
  readonly after?: () => TemplateResult;
};

const BITS_DIGITS = 2;
export const bits = (value: number) => decimals(value, BITS_DIGITS);
export const BITS_AXIS = { label: 'bits per byte', format: bits } as const;

export type FigureSaid = {
  readonly heading: string;
  readonly fileName: string;
  readonly model: ChartModel;
  readonly caption: unknown;
  readonly pick?: (x: number) => void;
};

/** A chart with its heading, its words, its table and its files. */
export function figure({ heading, fileName, model, caption, pick }: FigureSaid): TemplateResult {
  return html`
    <lab-figure
      .heading=${heading} .fileName=${fileName} .caption=${caption} .summary=${chartWords(model)}
      .table=${() => chartTable(model)}
    >
      <tour-chart .model=${model} .pick=${pick}></tour-chart>
    </lab-figure>
  `;
}

/** The slider over the D_T that were measured: it stands on them alone. */
export function targetSlider({ budget, place }: Scene, state: TourState, step: string): TemplateResult {
  const at = budget.places.indexOf(place);
  const id = `target-${step}`;
  const slide = (event: Event) => {
    const chosen = budget.places[Number((event.target as HTMLInputElement).value)];
    if (chosen) state.chooseTarget(chosen.targetTokens, step);
  };
  return html`
    <div class="slider">
      <label for=${id}>Target text ${symbol('D_T')}</label>
      <output for=${id} class="number">${textWords(place.targetTokens)}</output>
      <input
        id=${id} type="range" min="0" max=${budget.places.length - 1} step="1" .value=${String(at)}
        aria-valuetext=${textWords(place.targetTokens)} @input=${slide}
      />
      <span class="ends soft" aria-hidden="true"><span>little text</span><span>plenty</span></span>
    </div>
  `;
}

/** The sentence that answers to the slider. */
export function answer(words: unknown, state: TourState, step: string): TemplateResult {
  return html`<p class="result" aria-live=${state.moved.value === step ? 'polite' : 'off'}>${words}</p>`;
}

/** Which languages the tour tells of, where runs of several pairs are here. */
export function pairChoice({ pair }: Scene, state: TourState, step: string): unknown {
  const pairs = state.pairs.value;
  if (pairs.length < 2) return nothing;
  return html`
    <fieldset class="choice">
      <legend>Languages</legend>
      ${pairs.map(
        (one) => html`
          <label><input
            type="radio" name="pair-${step}" .checked=${one === pair}
            @change=${() => state.choosePair(one, step)}
          /> ${languageWords(one.target)} with ${languageWords(one.source)}, ${isBuiltIn(one.target) ? 'told by the lab' : 'real texts'}</label>
        `,
      )}
    </fieldset>
  `;
}

/** Which C the runs were given, where there are several. */
export function budgetChoice({ pair, budget }: Scene, state: TourState, step: string): unknown {
  if (pair.budgets.length < 2) return nothing;
  const { compute: lowest } = pair.budgets[0] ?? budget;
  return html`
    <fieldset class="choice">
      <legend>Compute ${symbol('C')}</legend>
      ${pair.budgets.map(
        ({ compute }) => html`
          <label><input
            type="radio" name="compute-${step}" .checked=${compute === budget.compute}
            @change=${() => state.chooseBudget(compute, step)}
          /> ${compute === lowest ? computeWords(compute) : `${Math.round(compute / lowest)} times as much`}</label>
        `,
      )}
    </fieldset>
  `;
}

/** The best recipe of a kind at each D_T, with its seeds. */
export function contenderSeries(kind: Kind, name: string, { budget }: Scene): ChartModel['series'][number] {
  return {
    name,
    look: LOOKS[kind],
    points: budget.places.flatMap(({ targetTokens, best }) => {
      const contender = best[kind];
      return contender ? [{ x: targetTokens, ...pointOf(contender) }] : [];
    }),
  };
}

export function pointOf({ bits: y, low, high, recipe }: Pick<Contender, 'bits' | 'low' | 'high' | 'recipe'>) {
  return { y, low, high, dots: recipe.bits };
}

/** A recipe by the mean of all its seeds. */
export function recipePoint(recipe: Recipe) {
  return {
    y: recipe.mean,
    low: Math.min(...recipe.bits),
    high: Math.max(...recipe.bits),
    dots: recipe.bits,
  };
}

/** How sure a loss is: "3 seeds, 2.49 to 2.60", "one seed". */
export function seedWords({ bits: all }: Recipe): string {
  if (all.length < 2) return 'one seed';
  return `${whole(all.length)} seeds, ${bits(Math.min(...all))} to ${bits(Math.max(...all))}`;
}

/** Said under every figure. */
export const SEEDS_CAPTION =
  'Every mark is measured: a model that was really trained, or the mean of several that differ in nothing but their seed, the beginning of all chance. The first seed chose the recipe, so the others judge it; the bar goes from the lowest of all seeds to the highest. Lines only lead the eye.';
