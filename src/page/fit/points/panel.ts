/** `<fit-points>`: predicted against measured, residuals, and which runs pull; a run is left out, or put back, by a click or a key. */

import { html, nothing } from 'lit';
import type { Abscissa } from '../../../figures/fittedRun.ts';
import { drawPredictedMeasured } from '../../../figures/predictedMeasured.ts';
import { drawResiduals } from '../../../figures/residuals.ts';
import type { FitFacts, Points } from '../../../worker/api/fits.ts';
import type { Draw, LabPlot } from '../../parts/plot/panel.ts';
import { shared } from '../../parts/shared.styles.ts';
import { kindWords } from '../../runs/kinds.ts';
import { fitStyles } from '../fit.styles.ts';
import { FIRST_AGAINST } from '../fitAddress.ts';
import { FitElement } from '../fitElement.ts';
import { failureNote } from '../going.ts';
import type { Composition } from '../selection.ts';
import type { FitStudy } from '../study.ts';
import { counted, share } from '../words.ts';
import { finding } from './finding.ts';
import { styles } from './panel.styles.ts';
import { errorsByKind, isOf, nearestRun, type RunAtHand, runsAtHand, runsTable } from './runsAtHand.ts';
import { byKind, pulling } from './tables.ts';

const AGAINST: readonly { readonly of: Abscissa; readonly words: string }[] = [
  { of: 'C', words: 'compute C' },
  { of: 'N', words: 'model scale N' },
  { of: 'D_T', words: 'target tokens D_T' },
  { of: 'k', words: 'epochs k' },
  { of: 'r', words: 'target ratio r' },
  { of: 'r_1', words: 'first-stage ratio r_1' },
];

/** More are drawn in some hundred milliseconds, in which no click is answered. */
const MOST_DOTS = 900;
/** Of a click, in CSS pixels. */
const REACH_PX = 16;

type Drawn = {
  readonly law: FitFacts['law'];
  readonly points: Points;
  readonly composition: Composition;
  readonly runs: readonly RunAtHand[];
  readonly predicted: Draw;
  readonly residuals: Map<Abscissa, Draw>;
};

/** Property: `study`. */
export class FitPoints extends FitElement {
  static override styles = [shared, fitStyles, styles];
  static override properties = {
    ...FitElement.properties,
    pointed: { state: true },
    sought: { state: true },
  };

  /** The run that was last clicked. */
  declare private pointed: RunAtHand | null;
  /** What a person has written of a run's name. */
  declare private sought: string;
  #drawn: Drawn | null = null;

  constructor() {
    super();
    this.pointed = null;
    this.sought = '';
  }

  protected override draw(study: FitStudy): unknown {
    const state = study.fits.current.value;
    const points = study.points.value;
    const composition = study.fits.composition.value;
    if (state.status !== 'ready') {
      this.#drawn = null;
      return nothing;
    }
    const { facts } = state;
    // What stands there stays until the worker has answered for the new fit.
    const drawn = isOf(points, facts, composition) ? this.#make(points, composition, facts) : this.#drawn;
    const failure = study.pointsFailure.value;
    if (failure) return html`<div class="sheet">${failureNote(failure)}</div>`;
    if (!drawn) return html`<p class="soft sheet" role="status">The runs are being held against the law…</p>`;
    const { law } = drawn;
    const against = study.against.value;
    return html`
      <div class="figures">
        <section class="sheet" aria-labelledby="predicted">
          <h2 id="predicted">Predicted against measured</h2>
          <lab-figure
            label="Predicted against measured loss"
            fileName="${law.name}-predicted"
            .table=${() => runsTable(drawn.runs)}
            .summary=${this.#summary(drawn.runs, law.name)}
            .caption=${'A law that is right has its runs on the diagonal. Hollow: not in the fit. Choose a dot to leave its run out, or to put it back.'}
          >
            <lab-plot class="chosen" .draw=${drawn.predicted} @click=${(event: MouseEvent) => this.#point(event, drawn.runs)}></lab-plot>
            ${this.#chosen(study)}
          </lab-figure>
          ${finding(study, drawn.runs, this.sought, (text) => {
            this.sought = text;
          })}
        </section>
        <section class="sheet" aria-labelledby="residuals">
          <div class="head">
            <h2 id="residuals">Residuals</h2>
            ${this.#choice(study, drawn.runs)}
          </div>
          <lab-figure
            label="Residuals against ${against}"
            fileName="${law.name}-residuals-${against}"
            .table=${() => runsTable(drawn.runs)}
            .summary=${`Residuals of ${drawn.runs.length} runs against ${against}. ${this.#kindWords(drawn.runs).join(' ')}`}
            .caption=${'A law that is right leaves no shape in them.'}
          >
            <lab-plot .draw=${this.#residuals(drawn, against)}></lab-plot>
          </lab-figure>
          ${byKind(drawn.runs)}
        </section>
      </div>
      ${pulling(study, drawn.runs)}
    `;
  }

  /** Once for each answer of the worker: figures are drawn again only where they change. */
  #make(points: Points, composition: Composition, facts: FitFacts): Drawn {
    if (this.#drawn?.points === points && this.#drawn.composition === composition) return this.#drawn;
    const runs = runsAtHand(composition, points, facts);
    const { law } = facts;
    this.#drawn = {
      law,
      points,
      composition,
      runs,
      predicted: (document, width) =>
        drawPredictedMeasured(
          { document, width: Math.min(width, MOST_SQUARE_PX), kindWords, isTitled: false },
          { law: law.name, runs, hasBand: true, mostDots: MOST_DOTS },
        ),
      residuals: new Map(),
    };
    return this.#drawn;
  }

  #residuals({ residuals, runs, law }: Drawn, against: Abscissa): Draw {
    const known = residuals.get(against);
    if (known) return known;
    const draw: Draw = (document, width) =>
      drawResiduals(
        { document, width, kindWords, isTitled: false },
        { law: law.name, against, runs, mostDots: MOST_DOTS },
      );
    residuals.set(against, draw);
    return draw;
  }

  #choice({ against }: FitStudy, runs: readonly RunAtHand[]): unknown {
    // Against what is the same everywhere, or not known, there is nothing to see.
    const shown = AGAINST.filter(
      ({ of }) => new Set(runs.flatMap(({ at }) => at[of] ?? [])).size > 1 || of === against.value,
    );
    return html`
      <label class="row">
        <span class="soft">against</span>
        <select
          @change=${(event: Event) => {
            const wanted = (event.target as HTMLSelectElement).value;
            against.value = AGAINST.find(({ of }) => of === wanted)?.of ?? FIRST_AGAINST;
          }}
        >
          ${shown.map(({ of, words }) => html`<option value=${of} .selected=${of === against.value}>${words}</option>`)}
        </select>
      </label>
    `;
  }

  #summary(runs: readonly RunAtHand[], law: string): string {
    const fitted = runs.filter(({ isLeftOut }) => !isLeftOut);
    const worst = fitted.reduce<RunAtHand | null>(
      (most, run) => (most === null || Math.abs(run.residual) > Math.abs(most.residual) ? run : most),
      null,
    );
    const said = worst
      ? ` The run furthest from ${law} is ${worst.place}: measured ${worst.measured.toFixed(3)}, predicted ${worst.predicted.toFixed(3)} nats a token.`
      : '';
    return `${counted(fitted.length, 'run')} in the fit, ${counted(runs.length - fitted.length, 'run')} beside it.${said}`;
  }

  #kindWords(runs: readonly RunAtHand[]): string[] {
    return errorsByKind(runs).map(
      ({ kind, runs: count, mean, rmse }) =>
        `${kindWords(kind)}: ${counted(count, 'run')}, ${share(Math.abs(mean))} ${mean > 0 ? 'worse' : 'better'} than it says on average, error ${share(rmse)}.`,
    );
  }

  /** Dots are found by the figure's own scales, which it carries. */
  #point(event: MouseEvent, runs: readonly RunAtHand[]): void {
    const plot = event.currentTarget as LabPlot;
    const { figure } = plot;
    if (!figure || !('scale' in figure) || typeof figure.scale !== 'function') return;
    const [x, y] = [figure.scale('x'), figure.scale('y')];
    const box = figure.getBoundingClientRect();
    const zoom = Number(figure.getAttribute('width')) / box.width || 1;
    const at = [(event.clientX - box.left) * zoom, (event.clientY - box.top) * zoom] as const;
    this.pointed = nearestRun(runs, (run) => [x.apply(run.measured), y.apply(run.predicted)], at, REACH_PX);
  }

  #chosen(study: FitStudy): unknown {
    const run = this.pointed;
    if (!run) return nothing;
    const isOut = study.fits.selection.value.leftOut.includes(run.key);
    return html`
      <p class="row pointed" role="status">
        <span><strong>${run.place}</strong>: measured ${run.measured.toFixed(3)}, predicted ${run.predicted.toFixed(3)} nats a token</span>
        <button type="button" class="small" @click=${() => study.fits.toggle(run.key)}>${isOut ? 'Put it back' : 'Leave it out'}</button>
      </p>
    `;
  }
}

/** A square that is wider has no more to say. */
const MOST_SQUARE_PX = 640;
