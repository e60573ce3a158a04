/** Commands that train elsewhere, each to be copied. */

import { html } from 'lit';
import type { CommandLine } from './commands.ts';

export function commandLines(commands: readonly CommandLine[]): unknown {
  return html`<dl class="commands">
    ${commands.map(
      ({ where, command, note }) => html`
        <dt>${where}</dt>
        <dd>
          <sweep-command .command=${command} .label=${`Command: ${where}`}></sweep-command>
          <p class="soft">${note}</p>
        </dd>
      `,
    )}
  </dl>`;
}
