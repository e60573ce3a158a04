/** Scale, bounds and starts of the parameters of a law of one's own. */

import { html, nothing } from 'lit';
import type { ParameterFacts } from '../../../worker/api/fits.ts';
import type { ParameterDraft } from './draft.ts';

export type ParametersTable = {
  readonly drafts: readonly ParameterDraft[];
  readonly facts: readonly ParameterFacts[];
  readonly wrongField: string;
  readonly change: (draft: ParameterDraft, change: Partial<ParameterDraft>) => void;
};

export const OF_WORDS = { lower: 'Lower bound', upper: 'Upper bound', starts: 'Starts' } as const;

function scaleOf(word: string): ParameterDraft['scale'] {
  return word === 'log' || word === 'linear' ? word : '';
}

/**
 * A line a parameter; what is left empty shows what the lab takes. `facts` are of the law as it was last read, `wrongField` the field at fault as
 * in the definition, '' for none.
 */
export function parametersTable({ drafts, facts, wrongField, change: onChange }: ParametersTable): unknown {
  if (drafts.length === 0) return nothing;
  const field = (
    draft: ParameterDraft,
    index: number,
    of: 'lower' | 'upper' | 'starts',
    placeholder: string,
  ) => html`
    <td>
      <input
        type="text"
        inputmode="decimal"
        aria-label="${OF_WORDS[of]} of ${draft.name}"
        aria-invalid=${wrongField.startsWith(`parameters[${index}].${of}`)}
        .value=${draft[of]}
        placeholder=${placeholder}
        @input=${(event: Event) => onChange(draft, { [of]: (event.target as HTMLInputElement).value })}
      />
    </td>
  `;
  return html`
    <div class="wide">
      <table>
        <caption>Parameters. What is left empty is chosen by the lab: names such as E, A, alpha, B, beta, tau have its bounds and starts.</caption>
        <thead>
          <tr><th class="words">Name</th><th class="words">Scale</th><th>Lower bound</th><th>Upper bound</th><th>Starts</th></tr>
        </thead>
        <tbody>
          ${drafts.map((draft, index) => {
            const known = facts.find(({ name }) => name === draft.name);
            const shown = (coordinate: number | undefined) =>
              coordinate === undefined || !known
                ? ''
                : String(Number((known.scale === 'log' ? Math.exp(coordinate) : coordinate).toPrecision(3)));
            return html`
              <tr>
                <th scope="row" class="words">${draft.name}</th>
                <td class="words">
                  <select
                    aria-label="Scale of ${draft.name}"
                    @change=${(event: Event) =>
                      onChange(draft, {
                        scale: scaleOf((event.target as HTMLSelectElement).value),
                      })}
                  >
                    ${(['', 'log', 'linear'] as const).map(
                      (scale) =>
                        html`<option value=${scale} .selected=${scale === draft.scale}>${scale === '' ? `as usual${known ? ` (${known.scale})` : ''}` : scale}</option>`,
                    )}
                  </select>
                </td>
                ${field(draft, index, 'lower', shown(known?.lower))} ${field(draft, index, 'upper', shown(known?.upper))}
                ${field(draft, index, 'starts', known?.starts.map(shown).slice(0, 6).join(' ') ?? '')}
              </tr>
            `;
          })}
        </tbody>
      </table>
    </div>
  `;
}
