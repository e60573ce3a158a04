/** `<play-scoring>`: a text of one's own, and how each chosen model finds it: a strip of coloured tokens, and the mean. */

import { html, nothing } from 'lit';
import type { Scored, ScoredToken } from '../../../worker/api/play.ts';
import { define } from '../../parts/define.ts';
import '../../parts/figure/panel.ts';
import { decimals, whole } from '../../parts/format.ts';
import { readable } from '../../parts/readable.ts';
import { shared } from '../../parts/shared.styles.ts';
import { beginningButtons } from '../beginningButtons.ts';
import { examples } from '../beginnings.ts';
import { failureNote } from '../failureNote.ts';
import { playStyles } from '../play.styles.ts';
import { type Play, PlayElement } from '../playElement.ts';
import { guessNats, LEVELS, levelOf } from '../tokens/levels.ts';
import '../tokens/panel.ts';
import { byteWords } from '../tokens/words.ts';
import { styles } from './panel.styles.ts';
import type { Score } from './scorer.ts';
import { bestOf, documentScores, tableOf } from './values.ts';

const DIGITS = 3;

export class PlayScoring extends PlayElement {
  static override styles = [shared, playStyles, styles];

  protected override draw(play: Play): unknown {
    const { scorer, choice, lab } = play;
    const isScoring = scorer.isScoring.value;
    const chosen = choice.models.value;
    const problem = scorer.problem.value;
    const opened = lab.app.opened.value;
    return html`
      <section class="sheet" aria-labelledby="scoring">
        <h2 id="scoring">Score a text</h2>
        <form class="ask" @submit=${(event: Event) => this.score(event, play)}>
          <label class="text" for="text">A text in either language</label>
          <textarea
            id="text"
            rows="4"
            dir="auto"
            spellcheck="false"
            aria-describedby="text-hint text-problem"
            aria-invalid=${problem ? 'true' : 'false'}
            .value=${scorer.text.value}
            @input=${(event: Event) => {
              scorer.text.value = (event.currentTarget as HTMLTextAreaElement).value;
            }}
          ></textarea>
          <p class="soft" id="text-hint">
            Each model is asked, token by token, how likely it held what stands there. A line is a document of its own.
          </p>
          <p class="problem" id="text-problem" aria-live="polite">${problem ?? nothing}</p>
          ${beginningButtons(opened ? examples(opened.corpora) : [], 'Take', (text) => {
            scorer.text.value = text;
          })}
          <div class="row">
            <button type="submit" class="primary" ?disabled=${isScoring || chosen.length === 0 || !scorer.isReady}>Score</button>
            ${isScoring ? html`<button type="button" @click=${() => scorer.stop()}>Stop</button>` : nothing}
          </div>
        </form>
        ${this.strips(choice.ofChosen(scorer.scores.value))}
      </section>
    `;
  }

  private strips(scores: readonly Score[]): unknown {
    if (scores.length === 0) return nothing;
    const most = guessNats(Math.max(...scores.map(({ model }) => model.vocabulary)));
    const best = bestOf(scores);
    return html`
      ${legend(most)}
      <div class="sides">${scores.map((score) => this.strip(score, most, score === best))}</div>
    `;
  }

  private strip({ model, state }: Score, most: number, isBest: boolean): unknown {
    return html`
      <article aria-label=${model.name} data-model=${model.id} aria-busy=${state.status === 'waiting'}>
        <h3>${model.name}</h3>
        ${state.status === 'waiting' ? html`<p class="soft">Reading …</p>` : nothing}
        ${state.status === 'stopped' ? html`<p class="soft">Stopped.</p>` : nothing}
        ${state.status === 'failed' ? failureNote(state.failure) : nothing}
        ${
          state.status === 'done'
            ? html`
                <dl class="number">
                  <div><dt>nats per token</dt><dd>${decimals(state.scored.meanNats, DIGITS)}</dd></div>
                  <div>
                    <dt>bits per byte</dt>
                    <dd>${decimals(state.scored.bitsPerByte, DIGITS)}${isBest ? html` <span class="best">lowest</span>` : nothing}</dd>
                  </div>
                </dl>
                ${documents(state.scored)}
                <lab-figure
                  .label=${`Losses of ${model.name}`}
                  .drawn=${false}
                  .fileName=${`m3lab losses ${model.name}`}
                  .table=${() => tableOf(state.scored)}
                >
                  <play-tokens
                    .tokens=${state.scored.tokens}
                    .label=${`Losses of ${model.name}, token by token`}
                    .levels=${state.scored.tokens.map(({ nats }) => levelOf(nats, most))}
                    .factsOf=${factsOf}
                  ></play-tokens>
                </lab-figure>
                <p class="soft">
                  ${whole(state.scored.tokens.length)} tokens, ${byteWords(state.scored.bytes)}${
                    state.scored.documents > 1 ? html`, ${whole(state.scored.documents)} documents` : nothing
                  }; the end of a document is scored too.
                </p>
                ${
                  state.scored.lost.length > 0
                    ? html`<p class="note">
                        Its tokenizer lacks ${state.scored.lost.map((sign) => `“${readable(sign)}”`).join(', ')}: it read the text without, so its bits per byte
                        are too low.
                      </p>`
                    : nothing
                }
              `
            : nothing
        }
      </article>
    `;
  }

  private score(event: Event, { scorer }: Play): void {
    event.preventDefault();
    void scorer.score();
  }
}

/** Line by line, where there are several: they may be of two languages, of which one sum says little. */
function documents(scored: Scored): unknown {
  if (scored.documents < 2) return nothing;
  return html`
    <ol class="lines" aria-label="Bits per byte, line by line">
      ${documentScores(scored).map(
        ({ text, bitsPerByte }) => html`
          <li><span class="line" dir="auto">${readable(text)}</span> <b class="number">${decimals(bitsPerByte, DIGITS)}</b></li>
        `,
      )}
    </ol>
  `;
}

function legend(most: number): unknown {
  return html`
    <p class="soft legend">
      <span>Loss of a token: 0 nats, it was certain</span>
      <span class="scale" aria-hidden="true">${Array.from({ length: LEVELS }, (_, level) => html`<span class="level-${level}"></span>`)}</span>
      <span>${decimals(most, 2)} nats (${decimals(most / Math.LN2, 1)} bits) or more, no better than a guess among all tokens</span>
    </p>
  `;
}

function factsOf(token: { readonly probability: number }): readonly string[] {
  const { nats } = token as ScoredToken;
  return [`Loss ${decimals(nats, DIGITS)} nats, ${decimals(nats / Math.LN2, DIGITS)} bits.`];
}

define('play-scoring', PlayScoring);
