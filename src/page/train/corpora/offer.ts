/** What fetching a corpus elsewhere takes, shown before anything is fetched. */

import { html, nothing } from 'lit';
import type { Reply } from '../../../worker/api/lab.ts';
import type { Side } from '../../../worker/api/texts.ts';
import { bytes, whole } from '../../parts/format.ts';
import type { Train } from '../trainElement.ts';
import { refused } from './refused.ts';

/** The button that asks, and once the server has answered, its answer and the button that fetches. */
export function offerOf(train: Train, side: Side, spec: string | null): unknown {
  const { state, actions } = train;
  const offer = state.texts.offers[side].value;
  const current = offer?.spec === spec ? offer : null;
  const disabled =
    spec === null || state.fleet.busy.value || state.texts.corpora[side].value.status === 'reading';
  if (spec === null || current === null) {
    return html`
      <button type="button" ?disabled=${disabled} @click=${() => spec && actions.texts.describe(side, spec)}>
        Show what will be fetched
      </button>
    `;
  }
  switch (current.state.status) {
    case 'asking':
      return html`
        <p class="soft" role="status">Asking the server…</p>
        <button type="button" @click=${() => actions.texts.cancel(side)}>Stop</button>
      `;
    case 'failed':
      return html`
        ${refused(train, side, current.state.failure, (column) => actions.texts.takeColumn(side, { kind: 'spec', spec }, column))}
        <button type="button" ?disabled=${disabled} @click=${() => actions.texts.describe(side, spec)}>Ask again</button>
      `;
    case 'known':
      return known(train, side, spec, current.state.description, disabled);
  }
}

function known(
  { actions }: Train,
  side: Side,
  spec: string,
  { files, bytesOnServer, willDownload, licence, isKept }: Reply['describeCorpus'],
  disabled: boolean,
): unknown {
  const row = (label: string, text: string) => html`<div><dt>${label}</dt><dd>${text}</dd></div>`;
  return html`
    <dl class="number" data-offer>
      ${row(files.length === 1 ? 'One file on the server' : `${whole(files.length)} files on the server`, bytesOnServer === null ? 'size not told' : bytes(bytesOnServer))}
      ${row('To be fetched', isKept ? 'nothing, it is kept here' : willDownload === null ? 'not known before' : `about ${bytes(willDownload)}`)}
      ${licence === null ? nothing : row('Licence', licence)}
    </dl>
    <button
      type="button"
      class="primary"
      ?disabled=${disabled}
      @click=${() => actions.texts.readCorpus(side, { kind: 'spec', spec })}
    >
      ${isKept ? 'Read it' : 'Fetch and read'}
    </button>
  `;
}
