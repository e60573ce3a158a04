/** What all recipes share: how much they read; and behind "more", tokenizer, model, optimiser and measurement. */

import { html, nothing } from 'lit';
import { MODEL_SIZES } from '../../../formats/share/presets.ts';
import { type Choices, SHARED_RULES, type SharedField } from '../../../formats/share/settings.ts';
import { numberField, symbol, unit } from '../../parts/field/numberField.ts';
import { bytes, count, duration } from '../../parts/format.ts';
import { unfoldedFor } from '../../parts/unfold.ts';
import { SHARED_LABELS, sizeInFields } from '../form/fields.ts';
import { isTaken } from '../form/startFrom.ts';
import type { Train } from '../trainElement.ts';
import { startField, takenNote } from './startField.ts';

/** What stands at a label's end: a symbol or a unit. */
const MARKS: Partial<Record<SharedField, unknown>> = {
  targetTokens: symbol('D', 'T'),
  tokens: symbol('D'),
  batch: unit('windows'),
  warmup: unit('of the steps'),
  decay: unit('of the steps'),
  finalLearningRate: unit('of the peak'),
  clip: unit('norm'),
  every: unit('steps'),
  windows: unit('windows'),
  context: unit('tokens'),
};

export function sharedSettings(train: Train): unknown {
  const { form } = train.state;
  const { tokenizer } = form.shown.value;
  const isWrong = MORE_FIELDS.some((field) => form.problemAt(field) !== undefined);
  return html`
    <div class="shared">
      ${startField(train)}
      <fieldset>
        <legend>Budget of every recipe</legend>
        <div class="fields two">${fields(train, ['targetTokens', 'tokens'])}</div>
        <p class="soft">
          Of the target text only the first ${symbol('D', 'T')} tokens are used, as if there were no more. Epochs follow
          from ${symbol('D')}, unless a recipe states its own.
        </p>
      </fieldset>
      ${estimate(train)}
      <details class="more" ${unfoldedFor(isWrong)}>
        <summary>More: model, optimiser, tokenizer, measurement</summary>
        <div class="groups">
          <fieldset>
            <legend>Model</legend>
            ${takenNote(train)}
            <div class="fields three">
              ${size(train)} ${fields(train, ['layers', 'width', 'heads', 'mlp', 'context'])}
            </div>
            ${flag(train, 'tied', 'One matrix for reading tokens and for predicting them')}
          </fieldset>
          <fieldset>
            <legend>Tokenizer</legend>
            <div class="fields three">
              ${choice(train, 'tokenizer', 'Tokens are', tokenizerChoices(train))}
              ${tokenizer === 'bpe' ? fields(train, ['vocabulary', 'sourceShare']) : nothing}
            </div>
            ${
              tokenizer === 'bpe'
                ? html`
                    <p class="soft">
                      Trained before the fleet on the ${symbol('D', 'T')} target tokens and on the source, which has this
                      share of the weight. ${symbol('D', 'T')}, ${symbol('D')} and the context count such tokens; losses
                      stay in bits per byte.
                    </p>
                  `
                : nothing
            }
          </fieldset>
          <fieldset>
            <legend>Training</legend>
            <div class="fields three">
              ${fields(train, ['learningRate', 'batch', 'seed'])}
              ${choice(train, 'schedule', 'Schedule', { wsd: 'Stable, then decay', cosine: 'Cosine' })}
              ${fields(train, ['warmup', 'decay', 'finalLearningRate', 'beta1', 'beta2', 'weightDecay', 'clip'])}
            </div>
            ${flag(train, 'rewarm', 'Warm the learning rate up again at each later stage')}
          </fieldset>
          <fieldset>
            <legend>Measurement</legend>
            <div class="fields three">${fields(train, ['every', 'windows'])}</div>
          </fieldset>
        </div>
      </details>
    </div>
  `;
}

const MORE_FIELDS: readonly SharedField[] = (Object.keys(SHARED_RULES) as SharedField[]).filter(
  (field) => field !== 'targetTokens' && field !== 'tokens',
);

function fields({ state: { form, fleet } }: Train, names: readonly SharedField[]): unknown {
  return names.map((name) =>
    numberField({
      id: name,
      label: SHARED_LABELS[name],
      mark: MARKS[name] ?? nothing,
      text: form.shown.value.text[name],
      problem: form.problemAt(name),
      disabled: fleet.busy.value || isTaken(name, form.start.value),
      whole: SHARED_RULES[name].whole,
      onInput: (text) => form.setField(name, text),
    }),
  );
}

function choice<K extends 'tokenizer' | 'schedule'>(
  { state: { form, fleet } }: Train,
  name: K,
  label: string,
  words: Record<Choices[K], string>,
): unknown {
  const chosen = form.shown.value[name];
  const isFromStart = name === 'tokenizer' && isTaken('vocabulary', form.start.value);
  return html`
    <div class="field">
      <label for=${name}><span>${label}</span></label>
      <select
        id=${name}
        ?disabled=${fleet.busy.value || isFromStart}
        @change=${({ currentTarget }: Event) =>
          form.choose({ [name]: (currentTarget as HTMLSelectElement).value as Choices[K] })}
      >
        ${Object.entries<string>(words).map(
          ([value, text]) => html`<option value=${value} .selected=${value === chosen}>${text}</option>`,
        )}
      </select>
    </div>
  `;
}

/** A model's own word pieces are none that would be trained here. */
function tokenizerChoices({ state: { form } }: Train): Record<Choices['tokenizer'], string> {
  const start = form.start.value;
  const isOther = start !== null && start !== 'gone' && start.tokenizer !== 'bytes';
  return { bytes: isOther ? 'Those of the model' : 'Bytes', bpe: 'Word pieces (BPE)' };
}

function flag({ state: { form, fleet } }: Train, name: 'tied' | 'rewarm', words: string): unknown {
  return html`
    <label class="tick">
      <input
        type="checkbox"
        .checked=${form.shown.value[name]}
        ?disabled=${fleet.busy.value || (name === 'tied' && isTaken('width', form.start.value))}
        @change=${({ currentTarget }: Event) => form.choose({ [name]: (currentTarget as HTMLInputElement).checked })}
      />
      <span>${words}</span>
    </label>
  `;
}

function size({ state: { form, fleet } }: Train): unknown {
  const chosen = sizeInFields(form.shown.value.text);
  const { scale } = form.reading.value;
  const choose = (event: Event) => {
    const { value } = event.currentTarget as HTMLSelectElement;
    const found = MODEL_SIZES.find(({ name }) => name === value);
    if (!found) return;
    const { layers, width, heads, mlp, context } = found;
    form.setFields({
      layers: String(layers),
      width: String(width),
      heads: String(heads),
      mlp: String(mlp),
      context: String(context),
    });
  };
  return html`
    <div class="field">
      <label for="size"><span>Size</span></label>
      <select id="size" ?disabled=${fleet.busy.value || isTaken('width', form.start.value)} @change=${choose}>
        ${MODEL_SIZES.map(
          ({ name }) => html`<option value=${name} .selected=${chosen?.name === name}>${name}</option>`,
        )}
        <option value="" .selected=${chosen === undefined} ?hidden=${chosen !== undefined}>Own</option>
      </select>
      <p class="soft number">${scale === null ? nothing : html`${symbol('N')} = ${count(scale)}`}</p>
    </div>
  `;
}

/** What the whole fleet would take: memory from the worker, time from the speed that this device has shown. */
function estimate({ state: { form, device, fleet } }: Train): unknown {
  const { reading, outlook } = form;
  const scale = reading.value.scale;
  const known = outlook.value;
  const { flopsPerSecond } = device.facts.value;
  const compute = [...reading.value.derived.values()].reduce(
    (sum, recipe) => sum + (recipe?.compute ?? Number.NaN),
    0,
  );
  const planned = known?.every(({ bytes: each }) => each !== null)
    ? Math.max(0, ...known.map(({ bytes: each }) => each ?? 0))
    : null;
  // While a fleet is at work the worker is asked nothing, and says what that one holds.
  const memory = planned ?? (fleet.busy.value ? (fleet.memory.value?.bytes ?? null) : null);
  const fact = (label: unknown, text: string) => html`<div><dt>${label}</dt><dd>${text}</dd></div>`;
  return html`
    <dl class="whole number">
      ${fact(html`Model size ${symbol('N')}`, scale === null ? '–' : count(scale))}
      ${fact('Fleets', form.fleets.value.length === 0 ? '–' : String(form.fleets.value.length))}
      ${fact('Memory', memory === null ? memoryWords(fleet.busy.value) : bytes(memory))}
      ${fact(
        'Time',
        flopsPerSecond && Number.isFinite(compute) && compute > 0
          ? `≈ ${duration(compute / flopsPerSecond)}`
          : 'after the first training',
      )}
    </dl>
  `;
}

function memoryWords(busy: boolean): string {
  return busy ? '–' : 'once the texts are read';
}
