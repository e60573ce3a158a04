/** The recipe form: what all runs share, then the three recipes side by side. */

import { html, nothing } from 'lit';
import {
  type FieldId,
  MODEL_SIZES,
  RECIPE_KINDS,
  SHARED_RULES,
  type SharedField,
  sizeInFields,
} from '../form/fields.ts';
import { SHARED_LABELS } from '../form/names.ts';
import { count } from '../format.ts';
import { type Lab, LabElement } from '../labElement.ts';
import { shared } from '../shared.styles.ts';
import { recipeCard } from './card.ts';
import { numberField, symbol, unit } from './field.ts';
import { glossary } from './glossary.ts';
import { styles } from './panel.styles.ts';

/** What stands at a label's end: a symbol or a unit. */
const MARKS: Partial<Record<SharedField, unknown>> = {
  targetTokens: symbol('D', 'T'),
  tokens: symbol('D'),
  batch: unit('windows'),
  every: unit('steps'),
  windows: unit('windows'),
};

export class RecipesPanel extends LabElement {
  static override styles = [shared, styles];

  protected override draw(lab: Lab): unknown {
    const { derived } = lab.state.reading.value;
    const longest = Math.max(0, ...RECIPE_KINDS.map((kind) => derived[kind]?.tokens ?? 0));
    return html`
      <section aria-labelledby="recipes">
        <div class="head">
          <h2 id="recipes">Recipes</h2>
          <p class="legend soft" aria-hidden="true">
            <span class="key target"></span>target <span class="key source"></span>source
          </p>
        </div>
        <div class="cards">${RECIPE_KINDS.map((kind) => recipeCard(lab, kind, longest))}</div>
        ${glossary()}
        <div class="shared">
          <fieldset>
            <legend>Budget</legend>
            <div class="fields two">${this.fields(lab, ['targetTokens', 'tokens'])}</div>
            <p class="soft">
              Of the target text only the first ${symbol('D', 'T')} tokens are used, as if there were no more. Epochs
              follow from ${symbol('D')}, unless a recipe states its own.
            </p>
          </fieldset>
          <fieldset>
            <legend>Model</legend>
            <div class="fields three">
              ${this.size(lab)} ${this.fields(lab, ['layers', 'width', 'heads', 'mlp', 'context'])}
            </div>
          </fieldset>
          ${this.tokenizer(lab)}
          <fieldset>
            <legend>Training</legend>
            <div class="fields three">${this.fields(lab, ['learningRate', 'batch', 'seed', 'every', 'windows'])}</div>
          </fieldset>
        </div>
      </section>
    `;
  }

  private fields({ state }: Lab, names: readonly SharedField[]): unknown {
    return names.map((name: SharedField & FieldId) =>
      numberField({
        id: name,
        label: SHARED_LABELS[name],
        mark: MARKS[name] ?? nothing,
        text: state.values.value.text[name],
        problem: state.problemAt(name),
        disabled: state.busy.value,
        whole: SHARED_RULES[name].whole,
        onInput: (text) => state.setField(name, text),
      }),
    );
  }

  private tokenizer(lab: Lab): unknown {
    const { state } = lab;
    const chosen = state.values.value.tokenizer;
    const option = (value: typeof chosen, words: string) =>
      html`<option value=${value} .selected=${value === chosen}>${words}</option>`;
    return html`
      <fieldset>
        <legend>Tokenizer</legend>
        <div class="fields three">
          <div class="field">
            <label for="tokenizer"><span>Tokens are</span></label>
            <select
              id="tokenizer"
              ?disabled=${state.busy.value}
              @change=${({ currentTarget }: Event) =>
                state.setTokenizer((currentTarget as HTMLSelectElement).value === 'bpe' ? 'bpe' : 'bytes')}
            >
              ${option('bytes', 'Bytes')} ${option('bpe', 'Word pieces (BPE)')}
            </select>
          </div>
          ${chosen === 'bpe' ? this.fields(lab, ['vocabulary', 'sourceShare']) : nothing}
        </div>
        ${
          chosen === 'bpe'
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
    `;
  }

  private size({ state }: Lab): unknown {
    const chosen = sizeInFields(state.values.value.text);
    const { scale } = state.reading.value;
    const choose = (event: Event) => {
      const { value } = event.currentTarget as HTMLSelectElement;
      const size = MODEL_SIZES.find(({ name }) => name === value);
      if (!size) return;
      const { layers, width, heads, mlp, context } = size;
      state.setFields({
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
        <select id="size" ?disabled=${state.busy.value} @change=${choose}>
          ${MODEL_SIZES.map(
            ({ name }) => html`<option value=${name} .selected=${chosen?.name === name}>${name}</option>`,
          )}
          <option value="" .selected=${chosen === undefined} ?hidden=${chosen !== undefined}>Own</option>
        </select>
        <p class="soft number">${scale === null ? nothing : html`${symbol('N')} = ${count(scale)}`}</p>
      </div>
    `;
  }
}
