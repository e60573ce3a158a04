/** Step 5: which recipe wins, and where that changes. */

import { html, nothing, type TemplateResult } from 'lit';
import { count, decimals } from '../../parts/format.ts';
import { symbol } from '../../parts/symbol.ts';
import { kindWords } from '../../runs/kinds.ts';
import { languageWords } from '../../runs/languages.ts';
import type { ChartSeries } from '../chart/model.ts';
import { kindTitle, LOOKS, OTHER_LOOKS, TIE_LOOK } from '../looks.ts';
import type { Place } from '../measured/measured.ts';
import { KINDS, type Lead, TWO_STAGE } from '../measured/recipes.ts';
import type { Scene, TourState } from '../scene.ts';
import { listWords } from '../words.ts';
import {
  answer,
  BITS_AXIS,
  bits,
  budgetChoice,
  contenderSeries,
  figure,
  pairChoice,
  pointOf,
  SEEDS_CAPTION,
  type Step,
  targetSlider,
} from './step.ts';
import { movedWords, thresholdWords } from './thresholdWords.ts';

export const threshold: Step = {
  id: 'threshold',
  title: 'The threshold',
  tell: ({ isMissing, scene: { value: scene } }) => html`
    <p>
      ${isMissing ? nothing : 'Now drag. '}With plenty of text there should be nothing better than a monolingual model: every step goes into the language that counts.
      With little text two stages should win, since pages that have been read dozens of times have nothing left to teach.
    </p>
    <p>
      In between lies an amount of text at which the best recipe changes: the <strong>threshold</strong> ${symbol('D_T')}<sup>c</sup>. The paper that
      describes it calls the change a <strong>phase shift</strong>, for ice does not turn into water bit by bit either, but at one temperature.
    </p>
    <p>
      The threshold moves with ${symbol('C')}, the paper finds: who can compute more has read a small text to its end sooner, and needs more of it
      before the target alone is enough.
    </p>
    ${scene ? theseRuns(scene) : nothing}
  `,
  show,
};

/** What was found, beside what is claimed. */
function theseRuns({ pair, budget }: Scene): TemplateResult {
  return html`
    <p><strong>These runs.</strong> ${thresholdWords(budget)}</p>
    <p>${movedWords(pair)}</p>
  `;
}

function show(scene: Scene, state: TourState): TemplateResult {
  const { budget, place } = scene;
  const kinds = KINDS.map((kind) => contenderSeries(kind, kindTitle(kind), scene));
  return html`
      ${pairChoice(scene, state, 'threshold')} ${budgetChoice(scene, state, 'threshold')} ${targetSlider(scene, state, 'threshold')}
      <ul class="winners" aria-label="Which recipe is ahead at each amount of text">
        ${budget.places.map((one) => winner(one, one === place, state))}
      </ul>
      ${answer(winWords(place), state, 'threshold')}
      ${figure({
        heading: 'The best recipe of each kind',
        fileName: 'tour-threshold',
        pick: (x) => state.chooseTarget(x, 'threshold'),
        model: {
          x: { label: 'target tokens', symbol: 'D_T', isLog: true, format: count },
          y: BITS_AXIS,
          series: [...kinds, ...otherSeries(scene)].filter(({ points }) => points.length > 0),
          choices: budget.places.map(({ targetTokens }) => targetTokens),
          chosen: place.targetTokens,
        },
        caption: html`${SEEDS_CAPTION} Where there is one seed alone, what the luckiest of so many recipes gains by chance is taken off before anything
          is called a lead.`,
      })}
    `;
}

function winner({ targetTokens, winners }: Place, isChosen: boolean, state: TourState): unknown {
  const [first] = winners;
  if (!first) return nothing;
  const isTie = winners.length > 1;
  const words = isTie ? `tie: ${winners.map(kindWords).join(', ')}` : kindWords(first);
  const tone = isTie ? 'soft' : LOOKS[first].tone;
  return html`
    <li><button
      type="button" class=${tone} aria-pressed=${isChosen} @click=${() => state.chooseTarget(targetTokens, 'threshold')}
    ><span class="number">${count(targetTokens)}</span> <span>${words}</span></button></li>
  `;
}

function otherSeries({ budget }: Scene): ChartSeries[] {
  const sources = budget.places.flatMap(({ otherSources }) => otherSources.map(({ source }) => source));
  return [...new Set(sources)].map((source, index) => ({
    name: `Two stages with ${languageWords(source)} as source`,
    look: OTHER_LOOKS[index % OTHER_LOOKS.length] ?? TIE_LOOK,
    points: budget.places.flatMap(({ targetTokens, otherSources }) =>
      otherSources
        .filter((one) => one.source === source)
        .map(({ contender }) => ({ x: targetTokens, ...pointOf(contender) })),
    ),
  }));
}

function winWords({ targetTokens, winners, best, lead, otherSources }: Place): unknown {
  const at = html`At ${count(targetTokens)} tokens`;
  const [first] = winners;
  if (!first) return nothing;
  const tied = winners.length > 1;
  const said = tied
    ? html`${at} <strong>it is a tie</strong> between ${listWords(winners.map(kindWords))}: other seeds could turn it round.`
    : html`${at} <strong>${kindWords(first)} ${first === TWO_STAGE ? 'are' : 'is'} ahead</strong> with ${bits(best[first]?.bits ?? Number.NaN)} bits per byte.`;
  const by =
    lead === null
      ? nothing
      : html` Two stages against monolingual: ${leadWords(lead)} bits ${sideWords(lead)}.`;
  const controls = otherSources.map(
    ({ source, lead: other }) =>
      html` With ${languageWords(source)} as the source instead: ${leadWords(other)} ${sideWords(other)}.`,
  );
  return html`${said}${by}${controls}`;
}

function leadWords({ value, error }: Lead): string {
  return `${Math.abs(value).toFixed(2)} ± ${decimals(error, 2)}`;
}

function sideWords({ value }: Lead): string {
  return value >= 0 ? 'better' : 'worse';
}
