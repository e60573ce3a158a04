/** `<play-tokens>`: a text token by token. Under the pointer, or by the keyboard, each says how likely it was and what else could have stood there. */

import { html, LitElement, nothing, type PropertyValues } from 'lit';
import type { CopiedSpan } from '../../../worker/api/models.ts';
import type { ReadToken } from '../../../worker/api/play.ts';
import { define } from '../../parts/define.ts';
import { readable } from '../../parts/readable.ts';
import { shared } from '../../parts/shared.styles.ts';
import { card } from './card.ts';
import { styles } from './panel.styles.ts';
import { percent, pieceName } from './words.ts';

/** Between a token and its card. */
const GAP_PX = 4;

/**
 * Properties:
 * - `tokens`: in their order.
 * - `label`: what the list is called for a screen reader.
 * - `levels`: of each token on the scale of losses; without them nothing is coloured.
 * - `copied`: of each token the stretch that stands in a training text, or null.
 * - `factsOf`: more of a token for its card, a line each.
 *
 * Slot: what stands before the tokens in the same line.
 */
export class PlayTokens extends LitElement {
  static override styles = [shared, styles];
  static override properties = {
    tokens: { attribute: false },
    label: {},
    levels: { attribute: false },
    copied: { attribute: false },
    factsOf: { attribute: false },
    at: { state: true },
    isShown: { state: true },
  };

  declare tokens: readonly ReadToken[];
  declare label: string;
  declare levels: readonly number[] | undefined;
  declare copied: readonly (CopiedSpan | null)[] | undefined;
  declare factsOf: ((token: ReadToken) => readonly string[]) | undefined;
  /** The token that Tab leads to, and of which the card speaks. */
  declare private at: number;
  declare private isShown: boolean;
  readonly #sizes = new ResizeObserver(() => this.#place());

  constructor() {
    super();
    this.tokens = [];
    this.label = 'Tokens';
    this.at = 0;
    this.isShown = false;
  }

  protected override render(): unknown {
    const { tokens } = this;
    const shown = this.isShown ? tokens[this.at] : undefined;
    // Between the words and the first token nothing may stand, not even a space.
    return html`
      <div class="text" dir="auto" @pointerleave=${this.leave}>
        <slot></slot>${tokens.length === 0 ? nothing : this.list(tokens)}
        ${
          shown
            ? html`<div class="card" id="card" role="tooltip">${card({
                token: shown,
                facts: this.factsOf?.(shown) ?? [],
                copied: this.copied?.[this.at] ?? null,
              })}</div>`
            : nothing
        }
      </div>
    `;
  }

  private list(tokens: readonly ReadToken[]): unknown {
    return html`<span
      role="listbox"
      aria-label=${this.label}
      aria-orientation="horizontal"
      @pointerover=${this.point}
      @focusin=${this.point}
      @focusout=${this.hide}
      @keydown=${this.press}
      >${tokens.map((token, index) => this.token(token, index))}</span
    >`;
  }

  private token(token: ReadToken, index: number): unknown {
    const isHere = this.isShown && index === this.at;
    const isEnd = token.text === '\n' && token.piece !== '\n';
    const shown = isEnd ? `${token.piece}\n` : token.text === '' ? '·' : readable(token.text);
    return html`<span
      role="option"
      class="token ${this.classOf(token, index)} ${isEnd ? 'end' : ''}"
      data-at=${index}
      tabindex=${index === Math.min(this.at, this.tokens.length - 1) ? 0 : -1}
      aria-selected=${isHere}
      aria-label="${pieceName(token.piece)}, ${percent(token.probability)}"
      aria-describedby=${isHere ? 'card' : nothing}
      >${shown}</span
    >`;
  }

  private classOf(token: ReadToken, index: number): string {
    const level = this.levels?.[index];
    const copied = this.copied?.[index];
    return [
      token.text === '' ? 'part' : '',
      level === undefined ? '' : `heat level-${level}`,
      copied ? `copied ${copied.side}` : '',
    ]
      .filter(Boolean)
      .join(' ');
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Another text: its first token is where Tab leads to.
    if (changed.has('tokens') && this.at >= this.tokens.length) {
      this.at = 0;
      this.isShown = false;
    }
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes.disconnect();
  }

  protected override updated(): void {
    this.#place();
  }

  /** Below its token, and within the width of the text. */
  #place(): void {
    const spoken = this.renderRoot.querySelector<HTMLElement>('.card');
    const token = this.tokenAt(this.at);
    const line = token?.getClientRects()[0];
    if (!spoken || !line) return;
    const frame = this.getBoundingClientRect();
    const left = Math.max(0, Math.min(line.left - frame.left, frame.width - spoken.offsetWidth));
    // By the object model: the page's policy admits no style attributes.
    spoken.style.left = `${left}px`;
    spoken.style.top = `${line.bottom - frame.top + GAP_PX}px`;
  }

  private readonly point = (event: Event): void => {
    const at = placeOf(event.target);
    if (at === null) return;
    this.at = at;
    this.isShown = true;
  };

  private readonly leave = (): void => {
    // What has the focus keeps its card.
    const focused = placeOf((this.renderRoot as ShadowRoot).activeElement);
    this.isShown = focused !== null;
    if (focused !== null) this.at = focused;
  };

  private readonly hide = (): void => {
    this.isShown = false;
  };

  private readonly press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape' && this.isShown) {
      this.isShown = false;
      return;
    }
    const last = this.tokens.length - 1;
    const to: Readonly<Record<string, number>> = {
      ArrowRight: this.at + 1,
      ArrowLeft: this.at - 1,
      ArrowDown: this.below(1),
      ArrowUp: this.below(-1),
      Home: 0,
      End: last,
    };
    const next = to[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.tokenAt(Math.max(0, Math.min(last, next)))?.focus();
  };

  /** The token that stands a line below, or above where `lines` is −1; the last or first where there is no such line. */
  private below(lines: 1 | -1): number {
    const here = this.tokenAt(this.at)?.getClientRects()[0];
    let found = this.at;
    let line = here?.top;
    for (let at = this.at + lines; at >= 0 && at < this.tokens.length; at += lines) {
      const box = this.tokenAt(at)?.getClientRects()[0];
      if (!box || !here || line === undefined) continue;
      if (box.top !== line) {
        // The line after the next one begins.
        if (line !== here.top) break;
        line = box.top;
      }
      if (line !== here.top) {
        found = at;
        if (lines > 0 ? box.right >= here.left : box.left <= here.left) break;
      }
    }
    return found;
  }

  private tokenAt(at: number): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(`[data-at="${at}"]`);
  }
}

function placeOf(target: EventTarget | null): number | null {
  const at = target instanceof HTMLElement ? target.dataset.at : undefined;
  return at === undefined ? null : Number(at);
}

declare global {
  interface HTMLElementTagNameMap {
    'play-tokens': PlayTokens;
  }
}

define('play-tokens', PlayTokens);
