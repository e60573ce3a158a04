/** What was found in a text: how much, of what kind, what was left out, and what no model can beat. */

import { html, nothing } from 'lit';
import type { CorpusFacts, CutFacts, Side } from '../../../worker/api/texts.ts';
import { bytes, count, decimals, shortHash, whole } from '../../parts/format.ts';
import type { ReferenceState } from '../textsState.ts';
import type { Train } from '../trainElement.ts';
import { nearDuplicates } from './nearDuplicates.ts';
import { textTitle } from './words.ts';

const BITS_DECIMALS = 3;
/** Scripts that are named; the rest is seldom more than a few loan words. */
const SCRIPTS = 3;

export function found(train: Train, facts: CorpusFacts): unknown {
  const { state } = train;
  const { sample, statistics } = facts;
  const isPart = sample.kept.bytes < sample.read.bytes;
  return html`
    <p class="file"><strong>${textTitle(facts, state.texts.catalogue.value)}</strong></p>
    ${preview(facts)}
    <dl class="number">
      ${row('Size', isPart ? `${bytes(sample.kept.bytes)} of ${bytes(sample.read.bytes)}` : bytes(sample.read.bytes))}
      ${row('Documents', `${whole(facts.documents)} + ${whole(facts.validationDocuments)} kept back`)}
      ${cut(train, facts)}
      ${row('Script', scripts(facts))}
      ${facts.side === 'target' ? reference(train, state.texts.reference.value) : nothing}
    </dl>
    ${
      facts.floorBitsPerByte === null
        ? nothing
        : html`<p class="soft">
            No model can do better than ${decimals(facts.floorBitsPerByte, BITS_DECIMALS)} bits per byte on this text.
          </p>`
    }
    ${leftOut(facts)} ${nearDuplicates(train, facts)}
    <details>
      <summary>Statistics</summary>
      <dl class="number">
        ${row('Characters', count(statistics.characters))}
        ${row('Characters a byte', decimals(statistics.charactersPerByte, 2))}
        ${statistics.words === null ? nothing : row('Words', count(statistics.words))}
        ${row('Entropy of single bytes', `${decimals(statistics.byteEntropy, 2)} bits`)}
        ${row('SHA-256', html`<code title=${facts.sha256}>${shortHash(facts.sha256)}</code>`)}
      </dl>
      <p class="soft">Of the documents to train on. In configs and records the text is <code>${facts.spec}</code>.</p>
    </details>
  `;
}

function row(label: string, text: unknown): unknown {
  return html`<div><dt>${label}</dt><dd>${text}</dd></div>`;
}

/** The first document to be seen at once, the next when somebody asks. */
function preview({ preview: [first, ...others], language }: CorpusFacts): unknown {
  const lang = language ?? nothing;
  if (first === undefined) return nothing;
  return html`
    <blockquote class="first" lang=${lang} dir="auto">${first}</blockquote>
    ${
      others.length > 0
        ? html`
            <details>
              <summary>More of it</summary>
              ${[first, ...others].map((text) => html`<blockquote lang=${lang} dir="auto">${text}</blockquote>`)}
            </details>
          `
        : nothing
    }
  `;
}

/** Tokens, as far as they are known: of bytes always, of another tokenizer once it has been trained for these texts. */
function cut({ state }: Train, facts: CorpusFacts): unknown {
  if (state.form.values.value.tokenizer === 'bytes') {
    return [
      row('Tokens to train on', whole(facts.trainTokens)),
      row('Tokens to measure on', whole(facts.validationTokens)),
    ];
  }
  const known = state.fleet.tokenizerOf(facts.side);
  return [
    row('Bytes to train on', whole(facts.trainTokens - 1)),
    row('Bytes to measure on', whole(facts.validationTokens - 1)),
    known ? fertility(known, facts) : row('Tokens', 'once the tokenizer is trained'),
  ];
}

function fertility(
  { trainTokens, validationTokens, tokensPerByte, tokensPerWord }: CutFacts,
  { statistics }: CorpusFacts,
): unknown {
  // Without spaces between words only a dictionary could count them.
  const isCountable = tokensPerWord !== null && statistics.words !== null;
  return [
    row('Tokens', `${whole(trainTokens)} + ${whole(validationTokens)} kept back`),
    row('Bytes a token', decimals(1 / tokensPerByte, 2)),
    isCountable ? row('Tokens a word', decimals(tokensPerWord, 2)) : nothing,
  ];
}

function scripts({ statistics }: CorpusFacts): string {
  const named = statistics.scripts
    .slice(0, SCRIPTS)
    .map(({ script, share }) =>
      share > 0.995 ? script : `${script} ${Math.max(1, Math.round(100 * share))} %`,
    );
  return named.length > 0 ? named.join(', ') : 'no letters';
}

/** What spelling alone gives, for as much text as the runs will have. */
function reference({ actions }: Train, reference: ReferenceState): unknown {
  switch (reference.status) {
    case 'unknown':
      return row(
        'n-gram reference',
        html`<button type="button" class="quiet" @click=${() => actions.texts.computeReference()}>Compute</button>`,
      );
    case 'computing':
      return row('n-gram reference', 'computing…');
    case 'failed':
      return row('n-gram reference', '–');
    case 'known': {
      const { bitsPerByte, order, trainedBytes } = reference.found;
      const title = `Contexts of up to ${order} bytes, learnt from the first ${whole(trainedBytes)} bytes`;
      return row(
        'n-gram reference',
        html`<span title=${title}>${decimals(bitsPerByte, BITS_DECIMALS)} bits/byte</span>`,
      );
    }
  }
}

function leftOut({ dropped }: CorpusFacts): unknown {
  const { empty, duplicates, validationTranslations } = dropped;
  const parts = [
    empty > 0 ? `${whole(empty)} empty` : '',
    duplicates > 0 ? `${whole(duplicates)} repeated` : '',
    validationTranslations > 0 ? `${whole(validationTranslations)} that translate a kept-back one` : '',
  ].filter(Boolean);
  return parts.length > 0 ? html`<p class="soft">Left out: ${parts.join(', ')} documents.</p>` : nothing;
}

/** A text while it is read. */
export function reading(
  { actions }: Train,
  side: Side,
  {
    name,
    bytes: read,
    totalBytes,
  }: { readonly name: string; readonly bytes: number; readonly totalBytes: number },
): unknown {
  const share = totalBytes > 0 ? Math.min(1, read / totalBytes) : 0;
  const progress = totalBytes > 0 ? ` (${Math.floor(100 * share)} %)` : read > 0 ? ` (${bytes(read)})` : '';
  return html`
    <div class="line">
      <p class="soft">Reading ${name}${progress}…</p>
      <button type="button" @click=${() => actions.texts.cancel(side)}>Stop</button>
    </div>
  `;
}
