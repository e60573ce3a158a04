/** Step 4: first mostly source, then mostly target; and a race to watch. */

import { html, type TemplateResult } from 'lit';
import { brief, count } from '../../parts/format.ts';
import { symbol } from '../../parts/symbol.ts';
import { languageWords } from '../../runs/languages.ts';
import { kindTitle, LOOKS } from '../looks.ts';
import { type Contender, KINDS, type Kind, TWO_STAGE } from '../measured/recipes.ts';
import type { Scene, TourState } from '../scene.ts';
import { percentWords, timesWords } from '../words.ts';
import { answer, BITS_AXIS, bits, figure, type Step, seedWords, targetSlider } from './step.ts';
import { strip } from './strip.ts';

export const twoStages: Step = {
  id: 'two-stages',
  title: 'Two stages',
  tell: () => html`
    <p>
      The order can be chosen as well. In a <strong>first stage</strong> the model reads mostly source, and learns what languages have in common. In a
      <strong>final stage</strong> it reads mostly target, so that its last impressions are of the language that counts. That is
      “multi-lingual two-stage” in the paper; one language alone is “monolingual single-stage”.
    </p>
    <p>
      Three numbers say how: ${symbol('r_1')} is the share of target tokens in the first stage, ${symbol('r_f')} in the final one, and
      ${symbol('s')} how much of the run the final stage is. ${symbol('r')} is still the share over the whole run.
    </p>
    <p>
      You need not believe it. Four recipes can race on your own computer, in this page, with ${languageWords('world:sw')} as the target and
      English as the source: a minute on most graphics processors, some minutes without one.
    </p>
    <p><a class="button primary" href="#/train?preset=race&amp;start=1">Train four recipes here</a></p>
  `,
  show,
};

function show(scene: Scene, state: TourState): TemplateResult {
  const { place } = scene;
  const shown = KINDS.flatMap((kind) => {
    const contender = place.best[kind];
    return contender ? [{ kind, contender }] : [];
  });
  const longest = Math.max(...shown.map(({ contender }) => contender.recipe.first.D));
  return html`
      ${targetSlider(scene, state, 'two-stages')}
      <table class="recipes">
        <caption class="unseen">The best recipe of each kind at this amount of text</caption>
        <thead class="unseen"><tr><th scope="col">Kind</th><th scope="col">Order of reading</th><th scope="col">Loss</th></tr></thead>
        <tbody>
          ${shown.map(
            ({ kind, contender }) => html`
              <tr>
                <th scope="row"><span class="mark-of ${LOOKS[kind].tone}"></span>${kindTitle(kind)}</th>
                <td>${strip(contender.recipe.first, longest)}<span class="soft">${recipeWords(contender)}</span></td>
                <td class="number"><strong>${bits(contender.bits)}</strong> <span class="soft">${seedWords(contender.recipe)}</span></td>
              </tr>
            `,
          )}
        </tbody>
      </table>
      <p class="soft key"><span class="target"></span>${languageWords(scene.pair.target)} <span class="source"></span>${languageWords(scene.pair.source)}</p>
      ${answer(orderWords(shown), state, 'two-stages')}
      ${figure({
        heading: 'How they learn',
        fileName: 'tour-two-stages',
        model: {
          x: { label: 'tokens read, of both languages', symbol: 'D', format: count },
          y: BITS_AXIS,
          series: shown.map(({ kind, contender }) => ({
            name: kindTitle(kind),
            look: LOOKS[kind],
            isCurve: true,
            points: state.curveOf(contender.recipe.first.id).map(([x, y]) => ({ x, y })),
          })),
        },
        caption: html`Loss on ${languageWords(scene.pair.target)} that the model has not seen, while it trains; one run of each. Two stages
          may look hopeless until the final one begins.`,
      })}
    `;
}

function recipeWords({ recipe: { first } }: Contender): unknown {
  const read = html`reads the target ${timesWords(first.k)}`;
  if (first.kind !== TWO_STAGE)
    return first.r < 1 ? html`${symbol('r')} = ${percentWords(first.r)}, ${read}` : read;
  return html`${symbol('r_1')} = ${percentWords(first.r_1)}, ${symbol('r_f')} = ${percentWords(first.r_f)}, ${symbol('s')} =
    ${percentWords(first.s)}, ${read}`;
}

function orderWords(shown: readonly { readonly kind: Kind; readonly contender: Contender }[]): unknown {
  const two = shown.find(({ kind }) => kind === TWO_STAGE)?.contender.recipe.first;
  if (!two) return html`Here no recipe of two stages was measured. Slide to less text.`;
  const read = brief(Number((two.S / (two.D - two.S)).toPrecision(2)));
  return html`The best two-stage recipe reads <strong>${read} source tokens for every target token</strong>, and keeps the last
    ${percentWords(two.s)} of the run ${two.r_f >= 1 ? 'for the target alone' : 'mostly for the target'}.`;
}
