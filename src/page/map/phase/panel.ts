/** `<map-phase>`: the phase map, what it says at the place that is looked at, and what of it is shown. */

import { html, nothing, svg } from 'lit';
import { drawPhaseMap } from '../../../figures/phaseMap.ts';
import { blindness } from '../../../law/advice/kinds.ts';
import { gapSentence, helpWords } from '../../../law/report/sentences.ts';
import type { MapColumns } from '../../../worker/api/advice.ts';
import { define } from '../../parts/define.ts';
import { fieldStyles } from '../../parts/field/field.styles.ts';
import type { LabFigure } from '../../parts/figure/panel.ts';
import type { Draw } from '../../parts/plot/panel.ts';
import { shared } from '../../parts/shared.styles.ts';
import { setSymbols } from '../../parts/symbol.ts';
import { kindWords } from '../../runs/kinds.ts';
import { cellAt, nearestCell } from '../cells.ts';
import { mapStyles } from '../map.styles.ts';
import { roundedCase } from '../mapAddress.ts';
import { MapElement } from '../mapElement.ts';
import type { Winner } from '../measured.ts';
import { sentence } from '../sentence.ts';
import type { Cursor, MapState } from '../state.ts';
import { type MapParts, mapData, mapFigure, mapSummary, mapTable } from './mapFigure.ts';
import { styles } from './panel.styles.ts';
import { type PlotFrame, plotFrameOf, valuesUnder } from './plotFrame.ts';
import { readoutWords } from './readout.ts';
import './ranges.ts';

const FILE_WIDTH_PX = 720;
/** Cells that Page Up and Page Down pass. */
const LEAP = 5;

const MOVES: Readonly<Record<string, readonly [compute: number, corpus: number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  PageUp: [0, LEAP],
  PageDown: [0, -LEAP],
  End: [LEAP, 0],
  Home: [-LEAP, 0],
};

/** Property: `state`. Event: none; it changes the state. */
export class MapPhase extends MapElement {
  static override styles = [shared, fieldStyles, mapStyles, styles];
  static override properties = {
    ...MapElement.properties,
    frame: { state: true },
    hasFocus: { state: true },
    hovered: { state: true },
  };

  declare private frame: PlotFrame | null;
  declare private hasFocus: boolean;
  /** Under the pointer, as long as it is there. */
  declare private hovered: Cursor | null;
  /** The drawing is made anew only where one of these is. */
  #drawn: { readonly of: readonly unknown[]; readonly draw: Draw } | null = null;

  constructor() {
    super();
    this.frame = null;
    this.hasFocus = false;
    this.hovered = null;
  }

  protected override draw(state: MapState): unknown {
    const map = state.map.value;
    return html`
      <section class="sheet" aria-labelledby="phase-heading">
        <div class="head">
          <h2 id="phase-heading">Which kind of recipe is best</h2>
          ${this.busy(state)}
        </div>
        ${this.failed(state, 'map')}
        ${state.hasChoice.value ? (map ? this.chart(state, map) : this.waiting(state)) : this.noChoice(state)}
        <map-ranges .state=${state}></map-ranges>
      </section>
    `;
  }

  private busy(state: MapState): unknown {
    const busy = state.busy.value;
    if (!busy) return nothing;
    return html`
      <span class="busy">${busy.doing}<progress aria-label=${busy.doing} max="1" .value=${busy.share}></progress></span>
    `;
  }

  private waiting(state: MapState): unknown {
    const words =
      state.problems.value.map === undefined ? 'The map is being drawn…' : 'The map could not be drawn.';
    return html`<div class="empty"><p role="status">${words}</p></div>`;
  }

  /** One kind to choose among: why, in words instead of a picture of one colour. */
  private noChoice(state: MapState): unknown {
    const [fit, told] = [state.fit.value, state.told.value];
    if (!fit || !told) return nothing;
    const refusal = state.refusal.value;
    if (refusal !== null)
      return html`
        <div class="empty">
          <p><strong>There is no map to draw: nothing follows from this fit.</strong></p>
          <p>${setSymbols(sentence(refusal))}</p>
          <p><a href="#/fit">Choose another law, or other runs, in Fit</a></p>
        </div>
      `;
    const blind = blindness(fit.facts.law);
    const reasons = told.gaps
      .filter(({ what }) => what !== 'repetition')
      .map((gap) => sentence(gapSentence(gap, helpWords(fit.file, gap.what))));
    return html`
      <div class="empty">
        <p><strong>There is no map to draw: this fit knows one kind of recipe.</strong></p>
        ${reasons.map((reason) => html`<p>${setSymbols(reason)}</p>`)}
        ${reasons.length === 0 && blind ? html`<p>The law ${fit.facts.law.name} cannot tell kinds of recipe apart: any with the same N and D is as good to it. Choose another law in <a href="#/fit">Fit</a>.</p>` : nothing}
        <p>A picture of more would be an invention. What one language can be advised on stands beside and below.</p>
      </div>
    `;
  }

  private chart(state: MapState, map: MapColumns): unknown {
    const parts = partsOf(state, map);
    if (!parts) return nothing;
    const note = state.fit.value?.facts.law.note ?? '';
    return html`
      <lab-figure
        label="Phase map"
        fileName="phase-map"
        .summary=${mapSummary(parts)}
        .caption=${this.caption(state)}
        .table=${() => mapTable(map)}
        .data=${() => mapData(parts)}
        .svg=${() => drawPhaseMap({ document, width: FILE_WIDTH_PX, kindWords, smallPrint: note }, mapFigure(parts))}
      >
        <div class="stage">
          <lab-plot .draw=${this.drawing(parts)} @drawn=${this.onDrawn}></lab-plot>
          ${this.frame ? this.over(state, map, this.frame) : nothing}
        </div>
        ${this.readout(state, map)}
      </lab-figure>
    `;
  }

  private drawing(parts: MapParts): Draw {
    const { law, map, line, winners, span, asked } = parts;
    // The span is made anew with each answer about how sure the fit is, and is the same.
    const ends = [...span.compute, ...span.targetTokens];
    const of = [law, map, line, winners, ...ends, asked.compute, asked.targetTokens];
    const isSame = this.#drawn?.of.every((one, index) => one === of[index]) ?? false;
    if (!this.#drawn || !isSame) {
      const draw: Draw = (to, width) =>
        drawPhaseMap({ document: to, width, kindWords, isTitled: false }, mapFigure(parts));
      this.#drawn = { of, draw };
      this.renderRoot.querySelector<LabFigure>('lab-figure')?.refreshTable();
    }
    return this.#drawn.draw;
  }

  private caption(state: MapState): unknown {
    const isTurned = state.isTurned.value;
    const winners = state.measured.value;
    const noise =
      winners && winners.winners.length > 0
        ? winners.isNoiseMeasured
          ? ' A measured mark is hollow where one language and two lie closer together than one and a half standard errors by the noise between seeds.'
          : ' No recipe was run with two seeds, so which measured marks are hollow, as ties of one language and two, goes by the error of the fit.'
        : '';
    return isTurned
      ? 'Parameters are turned: this is the law as it would be then, and nobody knows how sure it is.'
      : `The colours are what the law foretells: in each cell the kind whose best recipe has the lowest loss. The marks were measured.${noise}`;
  }

  /** Puts the focus on the map, so that arrow keys move over it. */
  goTo(): void {
    this.renderRoot.querySelector<SVGElement>('.over')?.focus();
  }

  private readonly onDrawn = (event: CustomEvent<SVGSVGElement | null>): void => {
    this.frame = plotFrameOf(event.detail);
  };

  /** What lies over the drawing: hears pointer and keys, and marks the cell. */
  private over(state: MapState, map: MapColumns, frame: PlotFrame): unknown {
    const { width, height } = frame;
    return html`
      <svg
        class="over"
        width=${width}
        height=${height}
        viewBox="0 0 ${width} ${height}"
        tabindex="0"
        role="application"
        aria-roledescription="map"
        aria-label="Phase map of ${map.computes.length} by ${map.corpora.length} cells: arrow keys move over it, Enter asks about the place"
        aria-describedby="readout"
        @pointermove=${(event: PointerEvent) => this.hover(map, frame, event)}
        @pointerleave=${() => this.leave()}
        @click=${(event: MouseEvent) => this.pin(state, map, frame, event)}
        @dblclick=${() => this.ask(state, map)}
        @keydown=${(event: KeyboardEvent) => this.press(state, map, event)}
        @focus=${() => this.focusMap(state, map)}
        @blur=${() => {
          this.hasFocus = false;
        }}
      >
        ${this.marked(state, map, frame)}
      </svg>
    `;
  }

  private marked(state: MapState, map: MapColumns, { x, y }: PlotFrame): unknown {
    const cursor = this.hovered ?? state.cursor.value;
    if (!cursor) return nothing;
    const [left, right] = edgesOf(map.computes, cursor.i).map(x.apply);
    const [bottom, top] = edgesOf(map.corpora, cursor.j).map(y.apply);
    if (left === undefined || right === undefined || top === undefined || bottom === undefined)
      return nothing;
    const [middle, level] = [(left + right) / 2, (top + bottom) / 2];
    const [from = 0] = x.range;
    const [floor = 0] = y.range;
    return svg`
      <line class="cross" x1=${middle} x2=${middle} y1=${bottom} y2=${floor} />
      <line class="cross" x1=${from} x2=${left} y1=${level} y2=${level} />
      <rect class="paper" x=${left} y=${top} width=${right - left} height=${bottom - top} rx="1.5" />
      <rect class="cell" x=${left} y=${top} width=${right - left} height=${bottom - top} rx="1.5" />
    `;
  }

  private readout(state: MapState, map: MapColumns): unknown {
    const cursor = this.hovered ?? state.cursor.value;
    const span = state.span.value;
    const hint = html`
      <p class="soft">
        Point at the map, or focus it and use the arrow keys: here stands what the law says of the place.
        <kbd>Enter</kbd> or a double click takes it as your case.
      </p>
    `;
    if (!cursor || !span) return html`<div class="readout" id="readout">${hint}</div>`;
    const cell = cellAt(map, cursor.i, cursor.j);
    const words = readoutWords(cell, {
      span,
      winner: winnerIn(state.measured.value?.winners ?? [], map, cursor),
      noise: state.fit.value?.file.rmseLog ?? 0,
    });
    return html`
      <div class="readout" id="readout" aria-live=${this.hasFocus ? 'polite' : 'off'}>
        ${words.map((sentence, index) => html`<p class=${index === 0 ? 'place' : ''}>${setSymbols(sentence)}</p>`)}
      </div>
    `;
  }

  private hover(map: MapColumns, frame: PlotFrame, event: PointerEvent): void {
    const under = valuesUnder(frame, event);
    const cell = under && nearestCell(map, under.x, under.y);
    if (cell?.i !== this.hovered?.i || cell?.j !== this.hovered?.j) this.hovered = cell;
  }

  private leave(): void {
    this.hovered = null;
  }

  private pin(state: MapState, map: MapColumns, frame: PlotFrame, event: MouseEvent): void {
    const under = valuesUnder(frame, event);
    if (under) state.cursor.value = nearestCell(map, under.x, under.y);
  }

  private focusMap(state: MapState, map: MapColumns): void {
    this.hasFocus = true;
    if (state.cursor.peek()) return;
    const { compute, targetTokens } = state.case.peek();
    state.cursor.value =
      compute !== null && targetTokens !== null
        ? nearestCell(map, compute, targetTokens)
        : { i: map.computes.length >> 1, j: map.corpora.length >> 1 };
  }

  private press(state: MapState, map: MapColumns, event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const cursor = state.cursor.peek() ?? { i: 0, j: 0 };
    const move = MOVES[event.key];
    if (move) {
      const within = (place: number, length: number) => Math.min(Math.max(place, 0), length - 1);
      this.hovered = null;
      state.cursor.value = {
        i: within(cursor.i + move[0], map.computes.length),
        j: within(cursor.j + move[1], map.corpora.length),
      };
    } else if (event.key === 'Enter') this.ask(state, map);
    else if (event.key === 'Escape') state.cursor.value = null;
    else return;
    event.preventDefault();
  }

  private ask(state: MapState, map: MapColumns): void {
    const cursor = state.cursor.peek();
    if (!cursor) return;
    const { compute, targetTokens } = cellAt(map, cursor.i, cursor.j);
    state.askAbout(roundedCase({ compute, targetTokens }));
  }
}

const NO_WINNERS: readonly Winner[] = [];

function partsOf(state: MapState, map: MapColumns): MapParts | null {
  const [fit, span] = [state.fit.value, state.span.value];
  if (!fit || !span) return null;
  const { compute, targetTokens } = state.case.value;
  return {
    law: fit.facts.law.name,
    map,
    line: state.line.value,
    winners: state.measured.value?.winners ?? NO_WINNERS,
    span,
    asked: { compute, targetTokens },
  };
}

/** Halfway to the neighbours, on the logarithmic axis. */
function edgesOf(values: readonly number[], at: number): number[] {
  const here = values[at] ?? Number.NaN;
  const step = Math.sqrt((values[1] ?? here) / (values[0] ?? here));
  return [here / step, here * step];
}

/** The measured place in a cell; of several the one with most runs behind it is as good as another. */
function winnerIn(winners: readonly Winner[], map: MapColumns, { i, j }: Cursor): Winner | null {
  return (
    winners.find(({ compute, targetTokens }) => {
      const cell = nearestCell(map, compute, targetTokens);
      return cell.i === i && cell.j === j;
    }) ?? null
  );
}

define('map-phase', MapPhase);
