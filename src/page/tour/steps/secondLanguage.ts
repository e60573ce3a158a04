/** Step 3: text in another language beside it. */

import { html, nothing, type TemplateResult } from 'lit';
import { count } from '../../parts/format.ts';
import { symbol } from '../../parts/symbol.ts';
import { languageWords } from '../../runs/languages.ts';
import { LOOKS } from '../looks.ts';
import { leadOf, MONOLINGUAL, type Recipe, SINGLE_STAGE } from '../measured/recipes.ts';
import { type Scene, sceneWith, type TourState } from '../scene.ts';
import { computeWords, percentWords } from '../words.ts';
import {
  answer,
  BITS_AXIS,
  bits,
  figure,
  recipePoint,
  SEEDS_CAPTION,
  type Step,
  targetSlider,
} from './step.ts';

export const secondLanguage: Step = {
  id: 'second-language',
  title: 'A second language',
  tell: () => html`
    <p>
      Some languages have plenty of text. One of them shall be the <strong>source</strong>. Languages have much in common: sentences have
      somebody who does something, stories have a beginning and an end, names stay names. What a model learns from one may help it with the other.
    </p>
    <p>
      So mix both, from the first moment to the last: in <strong>one stage</strong>, “multi-lingual single-stage” in the paper. ${symbol('r')} is the share of target tokens in the mix: ${symbol('r')} = 1 is the target alone,
      ${symbol('r')} = 0.25 means that one token in four is of the target.
    </p>
    <p>
      There is a price. ${symbol('C')} is what it was, so every source token that is read is a target token that is not. And in the end the model speaks
      two languages, though we asked for one.
    </p>
  `,
  show,
};

function show(chosen: Scene, state: TourState): TemplateResult {
  const scene = sceneWith(chosen, SINGLE_STAGE);
  if (!scene) return html`<p class="soft">No mix of both languages in one stage was measured.</p>`;
  const { pair, place } = scene;
  const [target, source] = [languageWords(pair.target), languageWords(pair.source)];
  const mixed = byRatio(place.recipes);
  const alone = place.best[MONOLINGUAL];
  return html`
      ${targetSlider(scene, state, 'second-language')}
      ${answer(mixWords(scene), state, 'second-language')}
      ${scene.budget.compute === chosen.budget.compute ? nothing : html`<p class="soft">Mixes were run at ${symbol('C')} = ${computeWords(scene.budget.compute)} alone, so this step is told there.</p>`}
      ${figure({
        heading: `${target} and ${source}, mixed evenly from beginning to end`,
        fileName: 'tour-second-language',
        model: {
          x: {
            label: `share of ${target}`,
            symbol: 'r',
            ticks: [...mixed.map(({ first }) => first.r), 1],
            format: (value) => percentWords(value),
          },
          y: BITS_AXIS,
          series: [
            {
              name: 'mixed in one stage',
              look: LOOKS[SINGLE_STAGE],
              points: mixed.map((recipe) => ({ x: recipe.first.r, ...recipePoint(recipe) })),
            },
            {
              name: `${target} alone, at its best`,
              look: LOOKS[MONOLINGUAL],
              points: alone ? [{ x: 1, ...recipePoint(alone.recipe) }] : [],
            },
          ],
        },
        caption: SEEDS_CAPTION,
      })}
    `;
}

/** Of several with the same ratio the best. */
function byRatio(recipes: readonly Recipe[]): Recipe[] {
  const best = new Map<number, Recipe>();
  for (const recipe of recipes) {
    if (recipe.kind !== SINGLE_STAGE) continue;
    const { r } = recipe.first;
    const before = best.get(r);
    if (!before || recipe.mean < before.mean) best.set(r, recipe);
  }
  return [...best.values()].sort((a, b) => a.first.r - b.first.r);
}

function mixWords({ pair, place }: Scene): unknown {
  const { [MONOLINGUAL]: alone, [SINGLE_STAGE]: mixed } = place.best;
  const target = languageWords(pair.target);
  if (!alone || !mixed) return nothing;
  const lead = leadOf(alone, mixed);
  const said = html`At ${count(place.targetTokens)} tokens the best mix has ${percentWords(mixed.recipe.first.r)} ${target} and comes to
    ${bits(mixed.bits)} bits per byte; ${target} alone comes to ${bits(alone.bits)}.`;
  if (lead.sign === 0) return html`${said} <strong>A tie:</strong> other seeds could turn it round.`;
  return lead.sign > 0
    ? html`${said} <strong>The second language helps.</strong>`
    : html`${said} <strong>Here the second language costs more than it gives.</strong>`;
}
