/** What the runs begin with: new weights, or those of a model that is here. */

import { html, nothing } from 'lit';
import { modelTitle, tokenizerWords } from '../../models/modelWords.ts';
import { count, whole } from '../../parts/format.ts';
import type { Train } from '../trainElement.ts';

/** Nothing as long as there is no model to choose. */
export function startField({ state: { form, models, fleet } }: Train): unknown {
  const all = models.all.value ?? [];
  const chosen = models.startId.value;
  if (all.length === 0 && chosen === null) return nothing;
  const problem = fleet.busy.value ? undefined : form.problemAt('start');
  const before = fleet.configs.value.find(({ start }) => start !== undefined)?.start?.name;
  const choose = ({ currentTarget }: Event) => {
    models.startId.value = (currentTarget as HTMLSelectElement).value || null;
    form.refusal.value = null;
  };
  return html`
    <fieldset>
      <legend>Weights to start from</legend>
      <div class="field">
        <label for="start" class="unseen">Weights to start from</label>
        <select
          id="start"
          ?disabled=${fleet.busy.value}
          aria-invalid=${problem ? 'true' : 'false'}
          aria-describedby="start-hint start-problem"
          @change=${choose}
        >
          <option value="" .selected=${chosen === null}>New weights</option>
          ${form.start.value === 'gone' ? html`<option value=${chosen ?? ''} .selected=${true}>A model that is gone</option>` : nothing}
          ${all.map((model) => html`<option value=${model.id} .selected=${model.id === chosen}>${modelTitle(model)}</option>`)}
        </select>
        <p class="soft" id="start-hint">${hint(form.start.value, before)}</p>
        <p class="problem" id="start-problem" aria-live="polite">${problem ?? nothing}</p>
      </div>
    </fieldset>
  `;
}

/** `before`: what the fleet that is here started from. */
function hint(start: Train['state']['form']['start']['value'], before: string | undefined): unknown {
  if (start === null && before !== undefined)
    return `The fleet that is here started from ${before}; new weights would make another one of it.`;
  if (start === null || start === 'gone')
    return 'New weights are drawn from each run’s seed. A model that is here goes on learning instead.';
  const { context, parameters } = start;
  return html`
    All runs begin with its ${count(parameters)} weights. Its shape and its tokenizer (${tokenizerWords(start)}; context ${whole(context)}) come with it; the optimiser
    begins anew.
  `;
}

/** Where the shape stands: why it cannot be changed. */
export function takenNote({ state: { form } }: Train): unknown {
  const start = form.start.value;
  if (start === null || start === 'gone') return nothing;
  return html`<p class="soft">As in ${start.name}, which the runs start from; the tokenizer too. With new weights they can be chosen.</p>`;
}
