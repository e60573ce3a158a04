/** What the dialog says while files are read, and when they are here. */

import { html, nothing } from 'lit';
import type { TableProblem } from '../../../worker/api/fits.ts';
import { bytes } from '../../parts/format.ts';
import type { TableTaken } from '../tables.ts';
import { counted, listed } from '../words.ts';

type Reading = { readonly bytes: number; readonly totalBytes: number };

/** How far records are read; they can be stopped, and what was read by then stays. */
export function readingTemplate(reading: Reading | null, stop: AbortController | null): unknown {
  if (stop === null) return nothing;
  return html`
    <div class="row">
      ${
        reading === null
          ? nothing
          : html`
              <progress max=${reading.totalBytes || 1} .value=${reading.bytes} aria-label="Reading files"></progress>
              <span class="soft">${bytes(reading.bytes)} of ${bytes(reading.totalBytes)}</span>
            `
      }
      <button type="button" class="small" @click=${() => stop.abort()}>Stop</button>
    </div>
  `;
}

export function saidTemplate(words: readonly string[]): unknown {
  if (words.length === 0) return nothing;
  return html`<ul class="plain" role="status">${words.map((one) => html`<li>${one}</li>`)}</ul>`;
}

/** What was taken of a table, what was not, and whose place it took. */
export function tableTakenWords({ table, replaced }: TableTaken): string[] {
  const { title, runs, notes } = table;
  const count = runs.rows.length;
  return [
    `${counted(count, 'run')} of ${title} ${count === 1 ? 'is' : 'are'} here and being fitted.`,
    ...(replaced.length > 0
      ? [
          `It has taken the place of ${listed(replaced.map((one) => one.title))}, which was here already; under “Runs” the old one can be put back.`,
        ]
      : []),
    ...runs.leftOut.map(
      ({ reason, rows, first }) => `${counted(rows, 'line')} left out: ${reason} (${first}).`,
    ),
    ...notes.map((note) => `${note}.`),
  ];
}

/** A problem of no place in particular. */
export function unplaced(words: string): TableProblem {
  return { place: null, field: '', words };
}
