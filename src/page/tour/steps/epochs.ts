/** Step 2: the same text again and again, and where that ends. */

import { html, type TemplateResult } from 'lit';
import { brief, count } from '../../parts/format.ts';
import { symbol } from '../../parts/symbol.ts';
import { languageWords } from '../../runs/languages.ts';
import { LOOKS } from '../looks.ts';
import {
  type Contender,
  contenderOf,
  type Lead,
  leadOf,
  MONOLINGUAL,
  type Noise,
  noiseAt,
  noisePerKind,
  type Recipe,
} from '../measured/recipes.ts';
import type { Scene, TourState } from '../scene.ts';
import { timesWords } from '../words.ts';
import {
  answer,
  BITS_AXIS,
  bits,
  figure,
  pointOf,
  SEEDS_CAPTION,
  type Step,
  seedWords,
  targetSlider,
} from './step.ts';

export const epochs: Step = {
  id: 'epochs',
  title: 'Read it again',
  tell: () => html`
    <p>
      A short text can be read more than once. One reading is an <strong>epoch</strong>, and ${symbol('k')} is how many there are. The first
      repetitions help much.
    </p>
    <p>
      But not for ever. A model that reads the same pages dozens of times learns the pages by heart rather than the language. On text
      that it has not seen it then gets no better, or even worse. So there is a best ${symbol('k')}, and compute beyond it is wasted.
    </p>
  `,
  show,
};

function show(scene: Scene, state: TourState): TemplateResult {
  const { pair } = scene;
  const contenders = contendersAt(scene);
  return html`
      ${targetSlider(scene, state, 'epochs')}
      ${answer(epochsWords(contenders, scene), state, 'epochs')}
      ${figure({
        heading: `${languageWords(pair.target)} alone, read again and again`,
        fileName: 'tour-epochs',
        model: {
          x: {
            label: 'epochs',
            symbol: 'k',
            isLog: true,
            ticks: contenders.map(({ recipe }) => recipe.first.k),
            format: (value) => brief(Number(value.toPrecision(2))),
          },
          y: BITS_AXIS,
          series: [
            {
              name: `${languageWords(pair.target)} alone`,
              look: LOOKS[MONOLINGUAL],
              points: contenders.map((contender) => ({ x: contender.recipe.first.k, ...pointOf(contender) })),
            },
          ],
        },
        caption: SEEDS_CAPTION,
      })}
    `;
}

function contendersAt({ budget, place }: Scene): Contender[] {
  const noise = noisePerKind(budget.places.flatMap(({ recipes }) => recipes))[MONOLINGUAL];
  return byEpochs(place.recipes, noiseAt(noise, place.recipes));
}

/** For each number of epochs, from the fewest, the recipe that stands for it; of several (other learning rates, say) one. */
export function byEpochs(recipes: readonly Recipe[], noise: Noise): Contender[] {
  const alone = recipes.filter(({ kind }) => kind === MONOLINGUAL);
  const epochs = [...new Set(alone.map(({ first }) => first.k))].sort((a, b) => a - b);
  return epochs.flatMap((k) => {
    const ofEpochs = alone.filter(({ first }) => first.k === k);
    return contenderOf(ofEpochs, noise) ?? [];
  });
}

/** The best of them, and by how much it is ahead of the most epochs. What the luckiest of all gains by chance is taken off before it counts. */
export function bestOfEpochs(
  contenders: readonly Contender[],
): { readonly best: Contender; readonly most: Contender; readonly lead: Lead } | null {
  const most = contenders.at(-1);
  if (!most) return null;
  const best = contenders.reduce((lowest, one) => (one.bits < lowest.bits ? one : lowest));
  // Where its own seed chose it, it did so among all; where others judge it, it still is the best of those here.
  const tried = best.isLucky ? contenders.reduce((sum, one) => sum + one.tried, 0) : contenders.length;
  return { best, most, lead: leadOf(most, { ...best, tried, isLucky: true }) };
}

function epochsWords(contenders: readonly Contender[], { place }: Scene): unknown {
  const at = html`At ${count(place.targetTokens)} tokens`;
  const told = contenders.length > 1 ? bestOfEpochs(contenders) : null;
  if (!told) return html`${at} one number of epochs alone was measured. Slide to less text.`;
  const { best, most, lead } = told;
  const [{ first: few }, { first: many }] = [best.recipe, most.recipe];
  const said = html`${at} the best of those measured is to read the text <strong>${timesWords(few.k)}</strong>:
    ${bits(best.bits)} bits per byte (${seedWords(best.recipe)}).`;
  if (best === most) return html`${said} More was not tried: ${symbol('C')} ends there.`;
  const work = brief(Number((many.C / few.C).toPrecision(2)));
  const verdict = lead.sign > 0 ? 'worse' : 'a tie, other seeds could turn it round';
  return html`${said} Reading it ${timesWords(many.k)}, ${work} times the work, ends at ${bits(most.bits)}: ${verdict}.`;
}
