/** `<lab-tour>`: the phase shift in six steps, a screen each, one below the other. */

import { html, nothing, type PropertyValues } from 'lit';
import type { Lab } from '../lab.ts';
import { define } from '../parts/define.ts';
import '../parts/figure/panel.ts';
import { whole } from '../parts/format.ts';
import { shared } from '../parts/shared.styles.ts';
import { SignalElement } from '../parts/signalElement.ts';
import { symbol } from '../parts/symbol.ts';
import './chart/panel.ts';
import { isBuiltIn, languageWords } from '../runs/languages.ts';
import { chartStyles } from './chart/chart.styles.ts';
import { glossary } from './glossary.ts';
import { styles } from './panel.styles.ts';
import { type Scene, TourState } from './scene.ts';
import { epochs } from './steps/epochs.ts';
import { littleText } from './steps/littleText.ts';
import { secondLanguage } from './steps/secondLanguage.ts';
import type { Step } from './steps/step.ts';
import { threshold } from './steps/threshold.ts';
import { twoStages } from './steps/twoStages.ts';
import { yourCase } from './steps/yourCase.ts';
import { computeWords } from './words.ts';

const STEPS: readonly Step[] = [littleText, epochs, secondLanguage, twoStages, threshold, yourCase];

/** Said once, for all steps. */
const WITHOUT = html`
  <p class="without soft">
    This copy of the lab ships without measured runs, so the steps are told without their figures. You can make runs of your own under
    <a href="#/train">Train</a> and <a href="#/sweep">Sweep</a>.
  </p>
`;

/** The line of the screen that a step must have reached to be the one that is read. */
const READING_SHARE = 0.4;
const READING_LINE = `-35% 0px -${100 * (1 - READING_SHARE)}% 0px`;

/** Property: `lab`. */
export class TourPanel extends SignalElement {
  static override styles = [shared, chartStyles, styles];
  static override properties = { lab: { attribute: false } };

  declare lab: Lab | undefined;
  private state: TourState | undefined;
  private forgetKeys: (() => void) | undefined;
  /** The step that the address named last, by itself or by a person. */
  private named: string | null = null;
  private isDrawn = false;
  /** Whether another view was shown last. */
  private isAway = false;
  private readonly reading = new IntersectionObserver(
    (entries) => this.read(entries.findLast(({ isIntersecting }) => isIntersecting)?.target),
    { rootMargin: READING_LINE },
  );
  /** The last step is read where the page ends, though it may be too short to reach the line. */
  private readonly ending = new IntersectionObserver((entries) => {
    // A page that is not whole yet, or fits the screen, ends before it is read.
    const isEnd = entries.at(-1)?.isIntersecting && this.state?.isLoaded && window.scrollY > 0;
    this.read(isEnd ? this.sections().at(-1) : this.sections().findLast(hasReachedLine));
  });

  override connectedCallback(): void {
    super.connectedCallback();
    void this.updateComplete.then(() => {
      for (const section of this.sections()) this.reading.observe(section);
      const end = this.renderRoot.querySelector('.end');
      if (end) this.ending.observe(end);
    });
    this.forgetKeys = this.lab?.keys.register(
      'tour',
      { key: 'ArrowRight', words: 'Next step', act: () => this.turn(1) },
      { key: 'ArrowLeft', words: 'Step before', act: () => this.turn(-1) },
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.reading.disconnect();
    this.ending.disconnect();
    this.forgetKeys?.();
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    if (this.lab) this.state ??= new TourState(this.lab.library);
  }

  /** Goes to the step that the address names: at first, and when a person goes back or follows a link. */
  protected override updated(): void {
    const place = this.lab?.router.place.peek();
    const wasAway = this.isAway;
    this.isAway = place?.view !== 'tour';
    if (place?.view !== 'tour') return;
    this.keepPlace();
    const named = place.query.get('step');
    if (named === this.named) return;
    this.named = named;
    // Who comes back by the view's name alone goes on where they were.
    if (wasAway && named === null) return;
    const index = Math.min(STEPS.length, Math.max(1, Number(named) || 1)) - 1;
    if (index !== this.state?.step.peek()) this.go(index, 'instant');
  }

  /** The figures have come, and everything below the first lies lower than it did. */
  private keepPlace(): void {
    if (this.isDrawn || !this.state?.scene.peek()) return;
    this.isDrawn = true;
    const step = this.state.step.peek();
    if (step > 0) requestAnimationFrame(() => this.go(step, 'instant'));
  }

  protected override render(): unknown {
    const { lab, state } = this;
    if (!lab || !state) return nothing;
    // Read for its own sake: `updated` goes where it says.
    void lab.router.place.value;
    const scene = state.scene.value;
    const step = state.step.value;
    return html`
      ${state.isMissing ? WITHOUT : nothing}
      ${STEPS.map(
        (one, index) => html`
          <section id=${one.id} aria-labelledby="${one.id}-title" data-step=${index}>
            <div class="told">
              <h2 id="${one.id}-title" tabindex="-1"><span class="ordinal" aria-hidden="true">${index + 1}</span>${one.title}</h2>
              ${one.tell(state)}
            </div>
            ${this.shown(one, state)} ${one.after ? html`<div class="after">${one.after()}</div>` : nothing}
          </section>
        `,
      )}
      <footer>
        ${scene ? measuredWords(scene) : nothing}
        ${glossary()}
      </footer>
      ${this.navigation(step)}
      <div class="end"></div>
    `;
  }

  private shown({ show }: Step, state: TourState): unknown {
    const scene = state.scene.value;
    if (scene) return html`<div class="shown">${show(scene, state)}</div>`;
    if (state.isLoaded) return nothing;
    return html`<div class="shown"><p class="missing soft" role="status">Loading the measured runs…</p></div>`;
  }

  private navigation(step: number): unknown {
    return html`
      <nav aria-label="Steps of the tour">
        <button type="button" ?disabled=${step === 0} @click=${() => this.turn(-1)}><span aria-hidden="true">←</span> Back</button>
        <ol>
          ${STEPS.map(
            ({ title }, index) => html`<li><button
              type="button" class="stop" aria-label="Step ${index + 1}: ${title}" title=${title}
              aria-current=${index === step ? 'step' : nothing} @click=${() => this.go(index)}
            ></button></li>`,
          )}
        </ol>
        <button type="button" class="primary" ?disabled=${step === STEPS.length - 1} @click=${() => this.turn(1)}>Next <span aria-hidden="true">→</span></button>
      </nav>
    `;
  }

  /** False where there is no such step: the key then does what it usually does. */
  private turn(by: number): boolean {
    const next = (this.state?.step.peek() ?? 0) + by;
    if (next < 0 || next >= STEPS.length) return false;
    this.go(next);
    return true;
  }

  private go(index: number, behavior?: ScrollBehavior): void {
    const section = this.sections()[index];
    if (!section || !this.state) return;
    const isCalm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    section.scrollIntoView({ behavior: behavior ?? (isCalm ? 'instant' : 'smooth'), block: 'start' });
    section.querySelector('h2')?.focus({ preventScroll: true });
    this.take(index);
  }

  private sections(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll('section')];
  }

  private read(reached: Element | undefined): void {
    // A view that is hidden is read by nobody.
    if (reached instanceof HTMLElement && this.offsetParent !== null) this.take(Number(reached.dataset.step));
  }

  /** Says in dots and address which step is read. */
  private take(index: number): void {
    const { lab, state } = this;
    if (!lab || !state) return;
    state.step.value = index;
    const { view, query } = lab.router.place.peek();
    const named = index === 0 ? null : String(index + 1);
    if (view !== 'tour' || query.get('step') === named) return;
    this.named = named;
    lab.router.replace(new URLSearchParams(named === null ? {} : { step: named }));
  }
}

function hasReachedLine(section: HTMLElement): boolean {
  return section.getBoundingClientRect().top <= READING_SHARE * window.innerHeight;
}

/** What lies behind the figures. */
function measuredWords({ pair, budget }: Scene): unknown {
  const { deviation, repetitions } = budget.noise;
  const all = pair.budgets.reduce((sum, { runs }) => sum + runs, 0);
  return html`
    <p class="soft">
      Measured: ${languageWords(pair.target)} with ${languageWords(pair.source)}${isBuiltIn(pair.target) ? ', told by the lab itself' : ''};
      ${whole(all)} runs${pair.budgets.length > 1 ? html` in all, ${whole(budget.runs)} of them at the ${symbol('C')} that is chosen:` : ' of'} models with ${whole(budget.N)}
      parameters, each of ${computeWords(budget.compute)} or fewer.
      ${
        repetitions > 0
          ? `Seeds lie ${deviation.toFixed(2)} bits per byte apart (standard deviation, from ${whole(repetitions)} repetitions).`
          : 'No recipe was repeated, so how far seeds lie apart is assumed.'
      }
      <a href="#/fit">All runs, and the law that is fitted to them</a>
    </p>
  `;
}

define('lab-tour', TourPanel);
