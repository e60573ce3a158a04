/** `<play-view>`: the screen of Play: what comes where. The panels inside do the rest. */

import { html, nothing } from 'lit';
import { shared } from '../parts/shared.styles.ts';
import './checking/panel.ts';
import './during/panel.ts';
import './models/panel.ts';
import { styles } from './panel.styles.ts';
import { type Play, PlayElement } from './playElement.ts';
import './scoring/panel.ts';
import './writing/panel.ts';

const JUMPS = [
  { element: 'play-writing', words: 'Go to Write' },
  { element: 'play-scoring', words: 'Score' },
  { element: 'play-checking', words: 'Check and take away' },
] as const;

export class PlayView extends PlayElement {
  static override styles = [shared, styles];

  /** Where the panels stand far below each other. */
  private jumps(): unknown {
    return html`
      <nav class="jumps" aria-label="Parts of Play">
        ${JUMPS.map(({ element, words }) => html`<button type="button" class="quiet" @click=${() => this.jump(element)}>${words}</button>`)}
      </nav>
    `;
  }

  private jump(element: string): void {
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.renderRoot.querySelector(element)?.scrollIntoView({ behavior: calm ? 'auto' : 'smooth' });
  }

  protected override draw(play: Play): unknown {
    const isAnybody = (play.lab.models.all.value?.length ?? 0) > 0;
    return html`
      ${isAnybody ? this.jumps() : nothing}
      <play-models .play=${play}></play-models>
      ${
        isAnybody
          ? html`
              <play-writing .play=${play}></play-writing>
              <play-scoring .play=${play}></play-scoring>
              <play-checking .play=${play}></play-checking>
            `
          : nothing
      }
      <play-during .play=${play}></play-during>
    `;
  }
}
