/** The fields by which a person says what the columns of a table are. */

import { html, nothing } from 'lit';
import { isShareRole } from '../../../formats/runs/columns.ts';
import { LOSS_UNITS } from '../../../formats/runs/loss.ts';
import type { TablePreview } from '../../../worker/api/fits.ts';
import { asksScale, asksUnit, type Choices, type RoleField } from './choices.ts';

type Choose = (change: Partial<Choices>) => void;

const UNITS: Readonly<Record<(typeof LOSS_UNITS)[number], string>> = {
  nats: 'nats a token',
  bits: 'bits a token',
  'bits-per-byte': 'bits a byte',
};

/** Which column is a quantity, and whether it is written as percent. */
export function roleField(
  { role, words, needed }: RoleField,
  choices: Choices,
  header: readonly string[],
  choose: Choose,
): unknown {
  const column = choices.columns[role] ?? '';
  const isShare = isShareRole(role) && column !== '';
  return html`
    <div class="role">
      <label>
        <span>${words}${needed === 'yes' ? html` <span class="soft">(needed)</span>` : needed === 'one of them' ? html` <span class="soft">(one of both)</span>` : nothing}</span>
        <select
          @change=${(event: Event) =>
            choose({
              columns: { ...choices.columns, [role]: (event.target as HTMLSelectElement).value },
            })}
        >
          <option value="" .selected=${column === ''}>none</option>
          ${header.filter((name) => name !== '').map((name) => html`<option value=${name} .selected=${name === column}>${name}</option>`)}
        </select>
      </label>
      ${
        isShare
          ? html`<label class="tick">
              <input
                type="checkbox"
                .checked=${choices.percent.includes(role)}
                @change=${(event: Event) =>
                  choose({
                    percent: (event.target as HTMLInputElement).checked
                      ? [...choices.percent, role]
                      : choices.percent.filter((one) => one !== role),
                  })}
              />
              <span class="soft">in percent</span>
            </label>`
          : nothing
      }
    </div>
  `;
}

/** What the loss is measured in; asked where its name leaves it open. */
export function lossFields(choices: Choices, choose: Choose): unknown {
  const loss = choices.columns.loss ?? '';
  if (loss === '') return nothing;
  const isAsked = asksUnit(loss);
  return html`
    <fieldset>
      <legend>The loss is in</legend>
      <div class="row">
        ${LOSS_UNITS.map(
          (unit) => html`
            <label class="tick">
              <input
                type="radio"
                name="unit"
                .checked=${choices.unit === unit || (!isAsked && choices.unit === null && unit === 'nats')}
                @change=${() => choose({ unit })}
              />
              <span>${UNITS[unit]}</span>
            </label>
          `,
        )}
        ${
          choices.unit === 'bits-per-byte'
            ? html`<label>
                <span class="soft">Bytes per token</span>
                <input
                  type="text"
                  inputmode="decimal"
                  class="short"
                  .value=${choices.bytesPerToken}
                  @input=${(event: Event) => choose({ bytesPerToken: (event.target as HTMLInputElement).value })}
                />
              </label>`
            : nothing
        }
      </div>
      ${
        asksScale(loss) || choices.scale === 'log'
          ? html`<div class="row">
              <span class="soft">The column holds</span>
              ${(['raw', 'log'] as const).map(
                (scale) => html`
                  <label class="tick">
                    <input type="radio" name="scale" .checked=${choices.scale === scale} @change=${() => choose({ scale })} />
                    <span>${scale === 'raw' ? 'the loss' : 'its natural logarithm'}</span>
                  </label>
                `,
              )}
            </div>`
          : nothing
      }
    </fieldset>
  `;
}

/** The first lines, with what is read as what. */
export function previewTable({ header, rows }: TablePreview, choices: Choices): unknown {
  const roleOf = (name: string) => Object.entries(choices.columns).find(([, column]) => column === name)?.[0];
  return html`
    <div class="wide" tabindex="0" role="group" aria-label="The first lines of the table">
      <table>
        <caption>${rows.length === 1 ? 'The first line' : `The first ${rows.length} lines`}</caption>
        <thead>
          <tr>${header.map((name) => html`<th>${name}${roleOf(name) ? html`<br /><span class="mark good">${roleOf(name)}</span>` : nothing}</th>`)}</tr>
        </thead>
        <tbody>${rows.map((cells) => html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
      </table>
    </div>
  `;
}
