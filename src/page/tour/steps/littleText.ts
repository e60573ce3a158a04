/** Step 1: one language and little text. */

import { html, nothing, type TemplateResult } from 'lit';
import { count } from '../../parts/format.ts';
import { symbol } from '../../parts/symbol.ts';
import { languageWords } from '../../runs/languages.ts';
import { leadOf, MONOLINGUAL } from '../measured/recipes.ts';
import type { Scene, TourState } from '../scene.ts';
import {
  answer,
  BITS_AXIS,
  bits,
  contenderSeries,
  figure,
  pairChoice,
  SEEDS_CAPTION,
  type Step,
  targetSlider,
} from './step.ts';

export const littleText: Step = {
  id: 'little-text',
  title: 'One language, little text',
  tell: () => html`
    <p>
      A language model learns by guessing: it sees the beginning of a text, guesses the next letter, is shown the right one, and is corrected a
      little. Billions of guesses make a good model. But most of the world's seven thousand languages have only little text that a computer
      can read.
    </p>
    <p>
      We call the language that we care about the <strong>target</strong>, and write ${symbol('D_T')} for the amount of its text, counted in
      <strong>tokens</strong>. A model that reads the target alone is <strong>monolingual</strong>. Here a token is one byte, mostly one letter. The work that we may spend on training is the
      <strong>compute</strong> ${symbol('C')}, counted in multiplications and additions. Every model in one picture may spend the same.
    </p>
    <p>
      How good is a model? We let it guess text that it has never seen, and count how many yes-or-no questions it would still have to ask for
      each byte. That number is its loss, in <strong>bits per byte</strong>. Lower is better; blind guessing needs 8.
    </p>
  `,
  show,
};

function show(scene: Scene, state: TourState): TemplateResult {
  const { pair, budget, place } = scene;
  const language = languageWords(pair.target);
  return html`
      ${pairChoice(scene, state, 'little-text')} ${targetSlider(scene, state, 'little-text')}
      ${answer(textWorth(scene), state, 'little-text')}
      ${figure({
        heading: `${language} alone: the less text, the worse`,
        fileName: 'tour-one-language',
        pick: (x) => state.chooseTarget(x, 'little-text'),
        model: {
          x: { label: 'target tokens', symbol: 'D_T', isLog: true, format: count },
          y: BITS_AXIS,
          series: [contenderSeries(MONOLINGUAL, `${language} alone`, scene)],
          rules:
            pair.floorBits === null
              ? []
              : [{ y: pair.floorBits, label: `no model can go below ${bits(pair.floorBits)}` }],
          choices: budget.places.map(({ targetTokens }) => targetTokens),
          chosen: place.targetTokens,
        },
        caption: SEEDS_CAPTION,
      })}
    `;
}

/** What the chosen amount of text is worth, beside the largest; beside the smallest where it is the largest. */
function textWorth({ pair, budget, place }: Scene): unknown {
  const other = place === budget.places.at(-1) ? budget.places[0] : budget.places.at(-1);
  const [here, there] = [place.best[MONOLINGUAL], other?.best[MONOLINGUAL]];
  if (!here || !there || !other) return nothing;
  return html`With ${count(place.targetTokens)} tokens the best model that reads ${languageWords(pair.target)} alone comes to
    <strong>${bits(here.bits)}</strong> bits per byte; with ${count(other.targetTokens)} it comes to ${bits(there.bits)}.
    ${leadOf(here, there).sign === 0 ? html`That is no difference: other seeds could turn it round. So much text is not what is lacking, ${symbol('C')} is.` : nothing}`;
}
