/** `<map-ranges>`: what of C and D_T the map shows. */

import { html } from 'lit';
import { define } from '../../parts/define.ts';
import { fieldStyles } from '../../parts/field/field.styles.ts';
import { numberField, symbol } from '../../parts/field/numberField.ts';
import { shared } from '../../parts/shared.styles.ts';
import { amountText, readAmount } from '../amounts.ts';
import { mapStyles } from '../map.styles.ts';
import { COMPUTE_RULE, TOKENS_RULE } from '../mapAddress.ts';
import { MapElement } from '../mapElement.ts';
import { type Range, soundRange, zoomed } from '../range.ts';
import type { MapState } from '../state.ts';
import { styles } from './panel.styles.ts';

type Axis = keyof Range;
type End = 0 | 1;

const ZOOM = 0.6;
const RULES = { compute: COMPUTE_RULE, targetTokens: TOKENS_RULE } as const;

/** Property: `state`. */
export class MapRanges extends MapElement {
  static override styles = [shared, fieldStyles, mapStyles, styles];
  static override properties = { ...MapElement.properties, typed: { state: true } };

  /** What is being typed; it counts when the field is left, or Enter is pressed. */
  declare private typed: Readonly<Record<string, { readonly text: string; readonly problem?: string }>>;

  constructor() {
    super();
    this.typed = {};
  }

  protected override draw(state: MapState): unknown {
    const range = state.range.value;
    if (!range) return html``;
    return html`
      <fieldset class="ranges" @change=${(event: Event) => this.take(state, range, event)}>
        <legend>What is shown</legend>
        ${this.end(range, 'compute', 0, 'Compute from', symbol('C'))}
        ${this.end(range, 'compute', 1, 'Compute to', symbol('C'))}
        ${this.end(range, 'targetTokens', 0, 'Target tokens from', symbol('D', 'T'))}
        ${this.end(range, 'targetTokens', 1, 'Target tokens to', symbol('D', 'T'))}
      </fieldset>
      <div class="row">
        <button type="button" class="small" @click=${() => this.show(state, zoomed(range, ZOOM))}>Closer</button>
        <button type="button" class="small" @click=${() => this.show(state, zoomed(range, 1 / ZOOM))}>Wider</button>
        <button
          type="button"
          class="small"
          ?disabled=${state.chosenRange.value === null}
          @click=${() => this.show(state, null)}
        >
          Around the runs and my case
        </button>
      </div>
    `;
  }

  private end(range: Range, axis: Axis, end: End, label: string, mark: unknown): unknown {
    const id = `${axis}-${end}`;
    const typed = this.typed[id];
    return numberField({
      id,
      label,
      mark,
      whole: false,
      text: typed?.text ?? amountText(range[axis][end]),
      problem: typed?.problem,
      onInput: (written) => {
        this.typed = { ...this.typed, [id]: { text: written } };
      },
    });
  }

  private take(state: MapState, range: Range, event: Event): void {
    const { id } = event.target as HTMLInputElement;
    const [axis, end] = id.split('-') as [Axis, '0' | '1'];
    const typed = this.typed[id];
    if (!typed) return;
    const read = readAmount(typed.text, RULES[axis]);
    const { [id]: _before, ...others } = this.typed;
    const [low, high] = range[axis];
    const [from, to] = !read.ok ? [0, 0] : end === '0' ? [read.value, high] : [low, read.value];
    if (!read.ok) this.typed = { ...others, [id]: { ...typed, problem: read.problem } };
    else if (from >= to) {
      const problem =
        end === '0' ? `Must be below ${amountText(high)}.` : `Must be above ${amountText(low)}.`;
      this.typed = { ...others, [id]: { ...typed, problem } };
    } else this.show(state, { ...range, [axis]: soundRange(from, to) });
  }

  private show(state: MapState, range: Range | null): void {
    this.typed = {};
    state.chosenRange.value = range;
  }
}

define('map-ranges', MapRanges);
