/** The recipes, up to eight, one below the other so that their strips can be compared; and what all of them share. */

import { html, nothing } from 'lit';
import { MOST_RECIPES } from '../../../formats/share/settings.ts';
import type { ScheduleOptions } from '../../../recipe/schedule.ts';
import { readNumber } from '../../parts/field/readNumber.ts';
import { shared } from '../../parts/shared.styles.ts';
import { type Train, TrainElement } from '../trainElement.ts';
import { glossary } from './glossary.ts';
import { styles } from './panel.styles.ts';
import { recipeCard } from './recipe.ts';
import { sharedSettings } from './shared.ts';

export class RecipesPanel extends TrainElement {
  static override styles = [shared, styles];

  protected override draw(train: Train): unknown {
    const { form, fleet } = train.state;
    const { values, reading, removed } = form;
    const { recipes } = values.value;
    const longest = Math.max(0, ...[...reading.value.derived.values()].map((recipe) => recipe?.tokens ?? 0));
    const schedule = this.schedule(train);
    const disabled = fleet.busy.value;
    return html`
      <section aria-labelledby="recipes">
        <div class="heading">
          <h2 id="recipes">Recipes</h2>
          <p class="legend soft" aria-hidden="true">
            <span class="key target"></span>target <span class="key source"></span>source
            <span class="key epoch"></span>epoch <span class="key rate"></span>learning rate
          </p>
        </div>
        <div class="cards">
          ${recipes.map((recipe) =>
            recipeCard(train, { recipe, longest, schedule, turn: this.turn(train, recipe.name.trim()) }),
          )}
        </div>
        <div class="buttons">
          <button
            type="button"
            ?disabled=${disabled || recipes.length >= MOST_RECIPES}
            @click=${() => form.addRecipe()}
          >
            Add a recipe
          </button>
          ${
            removed.value && recipes.length < MOST_RECIPES
              ? html`<button type="button" class="quiet" ?disabled=${disabled} @click=${() => form.putBack()}>
                  Put “${removed.value.name.trim()}” back
                </button>`
              : nothing
          }
          <span class="soft" role="status">
            ${recipes.length === 0 ? 'Without a recipe there is nothing to train.' : nothing}
            ${recipes.length >= MOST_RECIPES ? `${MOST_RECIPES} are as many as can be told apart; for more, see Sweep.` : nothing}
          </span>
        </div>
        ${glossary()} ${sharedSettings(train)}
      </section>
    `;
  }

  /** When a recipe trains, where not all train side by side. */
  private turn({ state: { form } }: Train, name: string): string | null {
    const fleets = form.fleets.value;
    if (fleets.length < 2) return null;
    const at = fleets.findIndex((names) => names.includes(name));
    if (at < 0) return null;
    const beside = (fleets[at] ?? []).filter((other) => other !== name);
    const turn = at === 0 ? 'trains first' : `trains after ${fleets[at - 1]?.join(', ')}`;
    return beside.length > 0 ? `${turn}, beside ${beside.join(', ')}` : turn;
  }

  /** As far as it is a schedule already; the strips show no line where it is none. */
  private schedule({ state: { form } }: Train): ScheduleOptions {
    const { text, schedule, rewarm } = form.values.value;
    const share = (field: 'warmup' | 'decay' | 'finalLearningRate') => {
      const typed = readNumber(text[field], { whole: false, min: 0, max: 1 });
      return typed.ok ? typed.value : Number.NaN;
    };
    return {
      schedule,
      rewarm,
      learningRate: 1,
      warmup: share('warmup'),
      decay: share('decay'),
      finalLearningRate: share('finalLearningRate'),
    };
  }
}
