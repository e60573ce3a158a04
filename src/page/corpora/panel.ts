/** The two texts: pick files, drop them, or take the pair that ships with the lab; then what was found in them. */

import { html, nothing } from 'lit';
import type { CorpusFacts, Side } from '../../worker/api.ts';
import { bytes, shortHash, whole } from '../format.ts';
import { type Lab, LabElement } from '../labElement.ts';
import { shared } from '../shared.styles.ts';
import type { CorpusState } from '../state.ts';
import { styles } from './panel.styles.ts';

const WORDS: Record<Side, { title: string; hint: string; sample: string }> = {
  target: {
    title: 'Target text',
    hint: 'The language with little text, by which every recipe is judged.',
    sample: 'Swahili',
  },
  source: {
    title: 'Source text',
    hint: 'A language with much text, from which bilingual recipes borrow.',
    sample: 'English',
  },
};

export class CorporaPanel extends LabElement {
  static override styles = [shared, styles];
  static override properties = { ...LabElement.properties, over: { state: true } };

  /** The card that a dragged file is over. */
  declare over: Side | undefined;

  protected override draw(lab: Lab): unknown {
    const { state, actions } = lab;
    const none =
      state.corpora.target.value.status === 'empty' && state.corpora.source.value.status === 'empty';
    return html`
      <section aria-labelledby="texts">
        <div class="head">
          <h2 id="texts">Texts</h2>
          <button
 type="button" class=${none ? 'primary' : nothing} ?disabled=${state.busy.value} @click=${() => actions.readSamples()}>
            Use the built-in pair
          </button>
        </div>
        <div class="cards">${this.card(lab, 'target')} ${this.card(lab, 'source')}</div>
        <p class="soft">
          Plain text in UTF-8: a document a line, or documents with blank lines between them. About one document in
          twenty is kept back to measure on.
        </p>
      </section>
    `;
  }

  private card(lab: Lab, side: Side): unknown {
    const busy = lab.state.busy.value;
    const corpus = lab.state.corpora[side].value;
    const problem = lab.state.problemAt(side);
    const take = (files: FileList | null | undefined) => {
      const file = files?.[0];
      if (file && !lab.state.busy.value) void lab.actions.readCorpus(side, { kind: 'file', file });
    };
    return html`
      <div
        class="card ${side} ${this.over === side ? 'over' : ''}"
        @dragover=${(event: DragEvent) => {
          event.preventDefault();
          this.over = side;
        }}
        @dragleave=${() => {
          this.over = undefined;
        }}
        @drop=${(event: DragEvent) => {
          event.preventDefault();
          this.over = undefined;
          take(event.dataTransfer?.files);
        }}
      >
        <h3><label for="${side}-file">${WORDS[side].title}</label></h3>
        <p class="soft" id="${side}-hint">${WORDS[side].hint}</p>
        <input
          id="${side}-file"
          type="file"
          accept=".txt,text/*"
          aria-describedby="${side}-hint ${side}-facts"
          ?disabled=${busy || corpus.status === 'reading'}
          @change=${(event: Event) => {
            const input = event.currentTarget as HTMLInputElement;
            take(input.files);
            // So that the same file, mended, can be chosen again.
            input.value = '';
          }}
        />
        <div id="${side}-facts" aria-live="polite">
          ${this.found(corpus)} ${problem ? html`<p class="problem">${problem}</p>` : nothing}
        </div>
      </div>
    `;
  }

  private found(corpus: CorpusState): unknown {
    switch (corpus.status) {
      case 'empty':
        return html`<p class="soft">No text yet. You can also drop a file here.</p>`;
      case 'reading': {
        const share =
          corpus.totalBytes > 0 ? ` (${Math.floor((100 * corpus.bytes) / corpus.totalBytes)} %)` : '';
        return html`<p class="soft">Reading ${corpus.name}${share}…</p>`;
      }
      case 'refused':
        return html`<p class="problem">${corpus.failure.message} ${corpus.failure.advice}</p>`;
      case 'ready':
        return this.facts(corpus.facts);
    }
  }

  private facts(facts: CorpusFacts): unknown {
    const { empty, duplicates } = facts.dropped;
    const dropped = [
      empty > 0 ? `${whole(empty)} empty` : '',
      duplicates > 0 ? `${whole(duplicates)} repeated` : '',
    ].filter(Boolean);
    return html`
      <p class="file"><strong>${facts.sample ? `Built-in stories in ${WORDS[facts.side].sample}` : facts.name}</strong></p>
      <dl class="number">
        <div><dt>Size</dt><dd>${bytes(facts.bytes)}</dd></div>
        <div><dt>Documents</dt><dd>${whole(facts.documents)}</dd></div>
        <div><dt>Tokens to train on</dt><dd>${whole(facts.trainTokens)}</dd></div>
        <div><dt>Tokens to measure on</dt><dd>${whole(facts.validationTokens)}</dd></div>
        <div><dt>SHA-256</dt><dd><code title=${facts.sha256}>${shortHash(facts.sha256)}</code></dd></div>
      </dl>
      ${dropped.length > 0 ? html`<p class="soft">Left out: ${dropped.join(', ')} documents.</p>` : nothing}
    `;
  }
}
