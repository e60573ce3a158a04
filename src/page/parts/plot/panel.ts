/** `<lab-plot>`: a figure of `src/figures` in the page: as wide as its place, in the page's theme, drawn when somebody can see it. */

import { html, type PropertyValues } from 'lit';
import { define } from '../define.ts';
import { shared } from '../shared.styles.ts';
import { SignalElement } from '../signalElement.ts';
import { dark } from '../theme.ts';
import { styles } from './panel.styles.ts';
import { takeTurn } from './turns.ts';

/**
 * Draws a figure so many CSS pixels wide; null where there is nothing to draw. `isTitled`: whether the figure says its own title, false where
 * a `<lab-figure>` around it does, true for files; a canvas of `src/figures` takes it as it is.
 */
export type Draw = (
  document: Document,
  width: number,
  dark: boolean,
  isTitled: boolean,
) => SVGSVGElement | null;

/** Narrower figures have no room for their words; they are scaled instead. */
const LEAST_WIDTH_PX = 300;
/** Of a figure in a file. */
const FILE_WIDTH_PX = 720;
/** How far below the window a figure is drawn before it is scrolled to. */
const AHEAD = '300px';
/** Changes of width that are smaller scale the drawing, no more. */
const WIDTH_STEP_PX = 8;

/**
 * Properties: `draw`, drawn whenever it is set anew (so make a new function when the data have changed, and keep it when they have not);
 * `dark` (attribute, set by the theme, not from outside).
 * Methods: `redraw()`; `figure`, what is drawn now; `forFile()`, a drawing for a file.
 * Events: `drawn`, once the figure stands in the page (`detail`: the svg, or null); `figure.scale('x')` and so on still work.
 * Slot: what stands there while nothing is drawn. Parts: `frame`.
 *
 * The page's policy forbids styles in the markup, so a figure's own stylesheet is taken out before it enters the page; this element has the same
 * rules. Nothing is drawn while the element is hidden or far below the window.
 */
export class LabPlot extends SignalElement {
  static override styles = [shared, styles];
  static override properties = { draw: { attribute: false }, dark: { type: Boolean, reflect: true } };

  declare draw: Draw | undefined;
  declare dark: boolean;

  #figure: SVGSVGElement | null = null;
  #isSeen = false;
  #isStale = true;
  #drawnWidth = 0;
  #dropTurn: (() => void) | undefined;
  readonly #sight = new IntersectionObserver(
    (entries) => {
      this.#isSeen = entries.at(-1)?.isIntersecting ?? false;
      if (this.#isSeen && this.#isStale) this.#drawSoon();
    },
    { rootMargin: AHEAD },
  );
  readonly #sizes = new ResizeObserver(() => {
    const width = this.#width();
    // What is hidden has none, and comes back as it was.
    if (width === 0 || Math.abs(width - this.#drawnWidth) < WIDTH_STEP_PX) return;
    this.#isStale = true;
    if (this.#isSeen) this.#drawSoon();
  });

  constructor() {
    super();
    this.dark = false;
  }

  /** What is drawn now; null where nothing is. */
  get figure(): SVGSVGElement | null {
    return this.#figure;
  }

  /** The same figure with its own stylesheet, as wide as files are; it is not in the page. */
  forFile(): SVGSVGElement | null {
    return this.draw?.(document, FILE_WIDTH_PX, false, true) ?? null;
  }

  /** Draws anew what `draw` gives now, as soon as it can be seen. */
  redraw(): void {
    this.#isStale = true;
    if (this.#isSeen) this.#drawSoon();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sight.observe(this);
    this.#sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sight.disconnect();
    this.#sizes.disconnect();
    this.#dropTurn?.();
    this.#isSeen = false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Read while drawing, so that a change of theme comes back here.
    const isDark = dark.value;
    if (isDark !== this.dark || changed.has('draw')) this.#isStale = true;
    this.dark = isDark;
  }

  protected override render(): unknown {
    return html`<div class="frame" part="frame"><slot></slot></div>`;
  }

  protected override updated(): void {
    if (this.#isStale && this.#isSeen) this.#drawSoon();
  }

  #drawSoon(): void {
    this.#dropTurn?.();
    this.#dropTurn = takeTurn(() => this.#drawNow());
  }

  #drawNow(): void {
    const width = this.#width();
    const frame = this.renderRoot.querySelector('.frame');
    if (!frame || width === 0 || !this.isConnected) return;
    this.#isStale = false;
    this.#drawnWidth = width;
    const isTitled = this.closest('lab-figure') === null;
    let drawn: SVGSVGElement | null = null;
    try {
      drawn = this.draw?.(document, Math.max(width, LEAST_WIDTH_PX), this.dark, isTitled) ?? null;
    } catch (error) {
      this.#figure = null;
      this.#show(frame, wordsOf(error));
      this.dispatchEvent(new CustomEvent('drawn', { detail: null }));
      return;
    }
    if (drawn) fitForPage(drawn);
    this.#figure = drawn;
    this.#show(frame, drawn ?? document.createElement('slot'));
    this.dispatchEvent(new CustomEvent('drawn', { detail: drawn }));
  }

  /** Lit's own template has one child here, which it never changes: what stands in the frame is ours. */
  #show(frame: Element, what: Element): void {
    frame.replaceChildren(what);
  }

  #width(): number {
    return Math.floor(this.getBoundingClientRect().width);
  }
}

/** Takes out what stands in the way in a page: files keep it. */
function fitForPage(figure: SVGSVGElement): void {
  for (const style of figure.querySelectorAll('style')) style.remove();
  // A browser would show it wherever the pointer rests; the same words name the figure.
  figure.querySelector(':scope > title')?.remove();
  // Plot names its marks ("dot", "rule"), which tells nobody anything and may not be said of shapes that play no part.
  for (const mark of figure.querySelectorAll('[aria-label]:not([role])')) mark.removeAttribute('aria-label');
}

function wordsOf(error: unknown): Element {
  const words = document.createElement('p');
  words.className = 'failed';
  words.textContent = `The figure could not be drawn: ${error instanceof Error ? error.message : String(error)}`;
  return words;
}

declare global {
  interface HTMLElementTagNameMap {
    'lab-plot': LabPlot;
  }
}

define('lab-plot', LabPlot);
