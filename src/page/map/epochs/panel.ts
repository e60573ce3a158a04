/** `<map-epochs>`: the best number of passes against scarcity, at several budgets: where they lie on one curve, scarcity alone decides. */

import { html, nothing } from 'lit';
import { type CollapseFigure, drawCollapse } from '../../../figures/collapse.ts';
import type { BestEpochs } from '../../../worker/api/advice.ts';
import { define } from '../../parts/define.ts';
import type { Draw } from '../../parts/plot/panel.ts';
import { shared } from '../../parts/shared.styles.ts';
import type { FigureTable } from '../../parts/table/figureTable.ts';
import { kindWords } from '../../runs/kinds.ts';
import { mapStyles } from '../map.styles.ts';
import { MapElement } from '../mapElement.ts';
import { figure, short } from '../numbers.ts';
import type { MapState } from '../state.ts';

/** Between a name and its brackets no line ends. */
const NO_BREAK = '\u2060';

/** Spread of ln k* below which budgets have the same best epochs. */
const ROUNDING = 1e-6;
const FILE_WIDTH_PX = 720;

/** Property: `state`. */
export class MapEpochs extends MapElement {
  static override styles = [shared, mapStyles];

  #drawn: { readonly epochs: BestEpochs; readonly law: string; readonly draw: Draw } | null = null;

  protected override draw(state: MapState): unknown {
    const [fit, epochs] = [state.fit.value, state.epochs.value];
    return html`
      <section class="sheet" aria-labelledby="epochs-heading">
        <h2 id="epochs-heading">How often to read the text</h2>
        ${this.failed(state, 'epochs')}
        ${fit && epochs ? this.chart(fit.facts.law.name, fit.file.extent.k?.[1] ?? null, fit.facts.law.note, epochs) : html`<p class="soft">${state.problems.value.epochs === undefined ? 'Follows the map.' : nothing}</p>`}
      </section>
    `;
  }

  private chart(law: string, mostEpochs: number | null, note: string, epochs: BestEpochs): unknown {
    if (epochs.points.length === 0)
      return html`<p class="soft">To this law no corpus is scarce at these budgets: it wants ever larger or ever smaller models, so there is nothing to draw.</p>`;
    const spec = figureOf(law, mostEpochs, epochs);
    return html`
      <lab-figure
        label="Best epochs against scarcity"
        fileName="best-epochs"
        .summary=${summaryOf(epochs)}
        .caption=${captionOf(epochs)}
        .table=${() => tableOf(epochs)}
        .data=${() => ({ law, ...epochs })}
        .svg=${() => drawCollapse({ document, width: FILE_WIDTH_PX, smallPrint: note }, spec)}
      >
        <lab-plot .draw=${this.drawing(law, epochs, spec)}></lab-plot>
      </lab-figure>
    `;
  }

  private drawing(law: string, epochs: BestEpochs, spec: CollapseFigure): Draw {
    if (this.#drawn?.epochs !== epochs || this.#drawn.law !== law) {
      const draw: Draw = (to, width) => drawCollapse({ document: to, width, isTitled: false }, spec);
      this.#drawn = { epochs, law, draw };
    }
    return this.#drawn.draw;
  }
}

function figureOf(law: string, mostEpochs: number | null, { points, spread }: BestEpochs): CollapseFigure {
  return {
    law,
    points: points.map(({ compute, x, k, interval }) => ({ compute, x, epochs: k, interval })),
    spread: spread?.lnEpochs ?? null,
    mostEpochs,
  };
}

function captionOf({ spread, left }: BestEpochs): unknown {
  return html`
    <span class="symbol">x</span> is how much target text there is, over what one pass of one language would use best of the same compute,
    <span class="symbol">D*</span>${NO_BREAK}(<span class="symbol">C</span>).
    ${
      spread === null
        ? nothing
        : spread.lnEpochs < ROUNDING
          ? 'All budgets lie on one curve: to this law scarcity alone decides, which runs could refute.'
          : html`Best passes of the budgets differ by up to a factor of ${short(Math.exp(spread.lnEpochs))}, most at
            <span class="symbol">x</span> = ${short(spread.worstX)}.`
    }
    ${left.length > 0 ? `At ${left.length} of the budgets the law knows no optimal data.` : nothing}
  `;
}

function summaryOf({ points }: BestEpochs): string {
  const computes = [...new Set(points.map(({ compute }) => compute))];
  const ofFirst = points.filter(({ compute }) => compute === computes[0]);
  const some = [ofFirst[0], ofFirst[ofFirst.length >> 1], ofFirst.at(-1)].flatMap((point) =>
    point ? [`at x = ${short(point.x)} the best k is ${short(point.k)}`] : [],
  );
  return `Best passes over the text for ${computes.length} budgets from ${figure(computes[0] ?? Number.NaN, 2)} FLOPs: ${some.join(', ')}.`;
}

function tableOf({ points }: BestEpochs): FigureTable {
  return {
    columns: [
      { name: 'C', unit: 'FLOPs' },
      { name: 'x' },
      { name: 'best k' },
      { name: 'low, 95 %' },
      { name: 'high, 95 %' },
      { name: 'best kind' },
      { name: 'k of the best monolingual' },
    ],
    rows: points.map(({ compute, x, k, interval, kind, monolingual }) => [
      compute,
      x,
      k,
      interval?.[0] ?? null,
      interval?.[1] ?? null,
      kindWords(kind),
      monolingual,
    ]),
  };
}

define('map-epochs', MapEpochs);
