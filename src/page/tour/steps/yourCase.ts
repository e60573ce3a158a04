/** Step 6: a case of one's own, and what all this does not say. */

import { html, type TemplateResult } from 'lit';
import { symbol } from '../../parts/symbol.ts';
import type { TourState } from '../scene.ts';
import { ownCase } from './ownCase.ts';
import type { Step } from './step.ts';

type Effort = { readonly words: string; readonly operations: number };

/** Orders of magnitude, with a third of a processor's peak used: enough to find one's place on the map, where both can be set exactly. */
const EFFORTS: readonly Effort[] = [
  { words: 'As little as the runs of this tour', operations: 1e11 },
  { words: 'A minute on a laptop', operations: 1e13 },
  { words: 'A night on a laptop', operations: 1e16 },
  { words: 'A day on a gaming PC', operations: 1e18 },
  { words: 'A day on one GPU of a data centre', operations: 2e19 },
  { words: 'A week on 64 of them', operations: 1e22 },
];
const TEXTS: readonly { readonly words: string; readonly tokens: number }[] = [
  { words: 'A few pages', tokens: 1e4 },
  { words: 'A book', tokens: 1e6 },
  { words: 'A shelf of books', tokens: 3e7 },
  { words: 'A library', tokens: 1e9 },
  { words: 'A large part of the web', tokens: 1e11 },
];

/** `#/map?C=1e16&D_T=1e6`: where the map opens. */
export function mapHref(compute: number, targetTokens: number): string {
  const query = new URLSearchParams({ C: shortNumber(compute), D_T: shortNumber(targetTokens) });
  return `#/map?${query}`;
}

function shortNumber(value: number): string {
  return value.toExponential().replace('e+', 'e');
}

function go(event: SubmitEvent, { own }: TourState): void {
  event.preventDefault();
  const { compute, targetTokens } = own.value;
  location.hash = mapHref(compute, targetTokens);
}

function choose(event: Event, { own, moved }: TourState): void {
  moved.value = 'your-case';
  const chosen = new FormData(event.currentTarget as HTMLFormElement);
  own.value = { compute: Number(chosen.get('compute')), targetTokens: Number(chosen.get('tokens')) };
}

export const yourCase: Step = {
  id: 'your-case',
  title: 'Your own case',
  tell: (state) => html`
    <p>
      You have a language, some text ${symbol('D_T')} and some compute ${symbol('C')}. Measuring every recipe would cost many times what you have. So
      the lab fits a formula, a <strong>scaling law</strong>, to small runs such as these, and asks it: how large a model, how many epochs, how
      much of a second language, in one stage or in two?
    </p>
    <form class="case" @submit=${(event: SubmitEvent) => go(event, state)} @change=${(event: Event) => choose(event, state)}>
      <label><span>My text ${symbol('D_T')}</span>
        <select name="tokens">${TEXTS.map(
          ({ words, tokens }) =>
            html`<option value=${tokens} .selected=${tokens === state.own.value.targetTokens}>${words}</option>`,
        )}</select></label>
      <label><span>My compute ${symbol('C')}</span>
        <select name="compute">${EFFORTS.map(
          ({ words, operations }) =>
            html`<option value=${operations} .selected=${operations === state.own.value.compute}>${words}</option>`,
        )}</select></label>
      <button type="submit" class="primary">Find it on the map</button>
    </form>
    <p class="soft">
      The map says how sure it is, and how far your case lies beyond anything that was measured. Exact numbers can be given there.
    </p>
  `,
  show: ownCase,
  after: limits,
};

function limits(): TemplateResult {
  return html`
    <div>
      <h3>What these pictures do not say</h3>
      <ul>
        <li>
          The models are tiny, some ten thousand parameters where well-known models have billions. Where the threshold lies here says nothing
          about where it lies there.
        </li>
        <li>
          The built-in languages tell stories of a small made-up world. Their grammar is real, their vocabulary is not large. Real texts are
          messier; the measured runs say which texts they read.
        </li>
        <li>
          Every number has seen few seeds. Where other seeds could turn a result round it is called a tie. What the runs settle of the papers’ claims, and what
          they leave open, stands claim by claim in the lab’s docs/reproduction.md.
        </li>
        <li>Only the recipes that were run can win. A recipe that nobody tried may be better than all of them.</li>
      </ul>
    </div>
    <div>
      <h3>Where this comes from</h3>
      <ul>
        <li>
          The phase shift, and the idea of the law behind the map:
          <a href="https://arxiv.org/abs/2410.12325" rel="noreferrer">arXiv 2410.12325</a>.
        </li>
        <li>
          Going on from a model of another language, as a special case of two stages:
          <a href="https://arxiv.org/abs/2407.02118" rel="noreferrer">arXiv 2407.02118</a>.
        </li>
      </ul>
    </div>
  `;
}
