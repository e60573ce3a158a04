/** `<map-slice>`: a cut through the map at the case's budget: the best loss of each kind over the text there is. */

import { html, nothing } from 'lit';
import { drawSeries, type Series, type SeriesFigure } from '../../../figures/series.ts';
import type { SeriesRule } from '../../../figures/seriesRules.ts';
import { kindLook } from '../../../figures/theme.ts';
import { RECIPE_KINDS } from '../../../law/point.ts';
import type { Slice } from '../../../worker/api/advice.ts';
import { define } from '../../parts/define.ts';
import type { Draw } from '../../parts/plot/panel.ts';
import { shared } from '../../parts/shared.styles.ts';
import { setSymbols } from '../../parts/symbol.ts';
import type { FigureTable } from '../../parts/table/figureTable.ts';
import { kindWords } from '../../runs/kinds.ts';
import { mapStyles } from '../map.styles.ts';
import { MapElement } from '../mapElement.ts';
import { figure } from '../numbers.ts';
import type { MapState } from '../state.ts';

const KINDS = RECIPE_KINDS.length;
const FILE_WIDTH_PX = 720;

/** Property: `state`. */
export class MapSlice extends MapElement {
  static override styles = [shared, mapStyles];

  #drawn: { readonly of: readonly unknown[]; readonly draw: Draw } | null = null;

  protected override draw(state: MapState): unknown {
    const [fit, slice, plain] = [state.fit.value, state.slice.value, state.plainSlice.value];
    const { targetTokens } = state.case.value;
    if (!fit) return nothing;
    return html`
      <section class="sheet" aria-labelledby="slice-heading">
        <h2 id="slice-heading">What more text would bring</h2>
        ${this.failed(state, 'slice')}
        ${
          slice
            ? this.chart(
                sliceFigure(fit.facts.law.name, slice, plain, targetTokens),
                slice,
                plain,
                targetTokens,
              )
            : state.case.value.compute === null
              ? html`<p class="soft">Say a compute, and the curves follow.</p>`
              : nothing
        }
      </section>
    `;
  }

  private chart(spec: SeriesFigure, slice: Slice, plain: Slice | null, targetTokens: number | null): unknown {
    const of = [slice, plain, targetTokens];
    if (!this.#drawn?.of.every((one, index) => one === of[index])) {
      this.#drawn = { of, draw: (to, width) => drawSeries({ document: to, width, isTitled: false }, spec) };
    }
    return html`
      <lab-figure
        label="Best loss of each kind over text"
        fileName="loss-over-text"
        .summary=${spec.description}
        .caption=${setSymbols(`The predicted loss of the best recipe of each kind at your compute, whatever N, k and r that takes.${spec.series.length > 1 ? ' Where two lines cross, the best kind changes.' : ''}`)}
        .table=${() => sliceTable(slice)}
        .svg=${() => drawSeries({ document, width: FILE_WIDTH_PX }, spec)}
      >
        <lab-plot .draw=${this.#drawn?.draw}></lab-plot>
      </lab-figure>
    `;
  }
}

export function sliceFigure(
  law: string,
  slice: Slice,
  plain: Slice | null,
  targetTokens: number | null,
): SeriesFigure {
  const [from = 0, to = 0] = [slice.corpora[0], slice.corpora.at(-1)];
  const rules: SeriesRule[] =
    targetTokens !== null && targetTokens >= from && targetTokens <= to
      ? [{ x: targetTokens, label: 'my text' }]
      : [];
  return {
    title: `${law}: best loss of each kind at C = ${figure(slice.compute, 2)} FLOPs`,
    subtitle: plain ? 'Dashed: as the fit has it.' : '',
    description: `The lowest predicted loss of each kind of recipe at ${figure(slice.compute, 2)} FLOPs over unique target tokens.`,
    x: { label: 'unique target tokens D_T', log: true },
    y: { label: 'predicted loss, nats per token' },
    series: [...seriesOf(slice, false), ...(plain ? seriesOf(plain, true) : [])],
    rules,
  };
}

function seriesOf({ corpora, loss }: Slice, isPlain: boolean): Series[] {
  return RECIPE_KINDS.flatMap((kind, place) => {
    const points = corpora
      .map((x, index) => ({ x, y: loss[index * KINDS + place] ?? Number.NaN }))
      .filter(({ y }) => Number.isFinite(y));
    if (points.length === 0) return [];
    const label = isPlain ? `${kindWords(kind)}, fit` : kindWords(kind);
    return [{ label, points, markers: false, dashed: isPlain, look: kindLook(kind) }];
  });
}

function sliceTable({ corpora, loss }: Slice): FigureTable {
  return {
    columns: [
      { name: 'D_T', unit: 'tokens' },
      ...RECIPE_KINDS.map((kind) => ({ name: kindWords(kind), unit: 'nats per token' })),
    ],
    rows: corpora.map((targetTokens, index) => [
      targetTokens,
      ...RECIPE_KINDS.map((_, place) => {
        const value = loss[index * KINDS + place] ?? Number.NaN;
        return Number.isFinite(value) ? value : null;
      }),
    ]),
  };
}

define('map-slice', MapSlice);
