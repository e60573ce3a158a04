/** `<play-answer>`: what one model writes, as it comes, and what it copied. */

import { html, nothing } from 'lit';
import type { WrittenToken } from '../../../worker/api/play.ts';
import { decimals, duration, whole } from '../../parts/format.ts';
import { readable } from '../../parts/readable.ts';
import { shared } from '../../parts/shared.styles.ts';
import { SignalElement } from '../../parts/signalElement.ts';
import { failureNote } from '../failureNote.ts';
import { playStyles } from '../play.styles.ts';
import '../tokens/panel.ts';
import { percent } from '../tokens/words.ts';
import type { Answer, AnswerState } from './answer.ts';
import { answerStyles } from './answerPanel.styles.ts';
import { copiedTokens, copiedWords } from './copies.ts';
import { promptWords } from './promptWords.ts';

/** Nobody reads faster than this moves, and the page has other things to do. */
const REDRAW_MS = 120;

/** Property: `answer`. */
export class PlayAnswer extends SignalElement {
  static override styles = [shared, playStyles, answerStyles];
  static override properties = { answer: { attribute: false } };

  declare answer: Answer | undefined;
  #drawnAt = 0;

  /** Tokens that come ask for this many times a second; it is done now and then. */
  protected override async scheduleUpdate(): Promise<void> {
    const wait = this.#drawnAt + REDRAW_MS - performance.now();
    if (wait > 0 && this.hasUpdated) await new Promise((resolve) => setTimeout(resolve, wait));
    super.scheduleUpdate();
  }

  protected override render(): unknown {
    const { answer } = this;
    if (!answer) return nothing;
    this.#drawnAt = performance.now();
    const { model, prompt } = answer;
    const state = answer.state.value;
    const tokens = answer.tokens.value;
    const found = answer.copied.value;
    const copied = found.status === 'known' ? copiedTokens(tokens, found.copied.spans) : undefined;
    return html`
      <article aria-label=${model.name} aria-busy=${state.status === 'writing'} data-model=${model.id}>
        <h3>${model.name}</h3>
        <play-tokens .tokens=${tokens} .label=${`What ${model.name} wrote, token by token`} .copied=${copied} .factsOf=${factsOf}
          ><b>${readable(prompt)}</b></play-tokens
        >
        ${state.status === 'failed' ? failureNote(state.failure) : html`<p class="soft">${stateWords(state, tokens)}</p>`}
        ${this.prompt(state)} ${this.copies(answer)}
      </article>
    `;
  }

  private prompt(state: AnswerState): unknown {
    if (state.status !== 'done') return nothing;
    return promptWords(state).map((words) => html`<p class="note">${words}</p>`);
  }

  private copies({ copied }: Answer): unknown {
    const found = copied.value;
    if (found.status === 'failed')
      return html`<p class="soft">What it copied cannot be said: ${found.failure.message}</p>`;
    if (found.status !== 'known')
      return found.status === 'searching'
        ? html`<p class="soft">Looking for it in the training texts …</p>`
        : nothing;
    return html`<p class="soft copies">${copiedWords(found.copied)}</p>`;
  }
}

function factsOf(token: { readonly probability: number }): readonly string[] {
  const { drawn, probability } = token as WrittenToken;
  return Math.abs(drawn - probability) < 1e-6
    ? []
    : [`After temperature, top-k and top-p: ${percent(drawn)}.`];
}

/** How it stands with an answer. */
export function stateWords(state: AnswerState, tokens: readonly WrittenToken[]): string {
  const written = `${whole(tokens.length)} ${tokens.length === 1 ? 'token' : 'tokens'}`;
  switch (state.status) {
    case 'waiting':
      return 'Getting ready …';
    case 'writing':
      return `Writing … ${written}`;
    case 'stopped':
      return tokens.length === 0 ? 'Stopped before it began.' : `Stopped after ${written}.`;
    case 'failed':
      return '';
    case 'done': {
      const took =
        state.milliseconds < 1000
          ? `${decimals(state.milliseconds / 1000, 1)} s`
          : duration(state.milliseconds / 1000);
      return `${written} in ${took}${state.ended === 'document' ? '; it ended its document' : ''}.`;
    }
  }
}
