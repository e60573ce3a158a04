/** The phase map as the figures draw it, and as files hold it. */

import type { PhaseMapFigure } from '../../../figures/phaseMap.ts';
import type { Span } from '../../../figures/span.ts';
import type { LinePoint, MapColumns } from '../../../worker/api/advice.ts';
import type { FigureTable } from '../../parts/table/figureTable.ts';
import { kindWords } from '../../runs/kinds.ts';
import { allCells } from '../cells.ts';
import type { MapCase } from '../mapAddress.ts';
import type { Winner } from '../measured.ts';

export type MapParts = {
  readonly law: string;
  readonly map: MapColumns;
  readonly line: readonly LinePoint[];
  readonly winners: readonly Winner[];
  readonly span: Span;
  readonly asked: MapCase;
};

export function mapFigure({ law, map, line, winners, span, asked }: MapParts): PhaseMapFigure {
  const { compute, targetTokens } = asked;
  return {
    law,
    cells: allCells(map),
    threshold: line.map((point) => ({
      compute: point.compute,
      targetTokens: point.targetTokens,
      interval: point.interval,
      jumps: point.jumps,
    })),
    optimalTokens: map.computes.flatMap((budget, index) => {
      const optimum = map.optimalTokens[index] ?? Number.NaN;
      return Number.isNaN(optimum) ? [] : [{ compute: budget, targetTokens: optimum }];
    }),
    measured: winners,
    span,
    ...(compute !== null && targetTokens !== null && { asked: { compute, targetTokens } }),
  };
}

export function mapTable(map: MapColumns): FigureTable {
  return {
    columns: [
      { name: 'C', unit: 'FLOPs' },
      { name: 'D_T', unit: 'tokens' },
      { name: 'best kind' },
      { name: 'resamples that agree' },
      { name: 'loss', unit: 'nats per token' },
      { name: 'next best' },
      { name: 'costs', unit: 'nats per token' },
      { name: 'N' },
      { name: 'k' },
      { name: 'r' },
      { name: 'r_f' },
    ],
    rows: allCells(map).map(({ compute, targetTokens, kind, certainty, found }) => {
      const next = found?.others[0];
      const { N = null, k = null, r = null, r_f = null } = found?.recipe ?? {};
      return [
        compute,
        targetTokens,
        kind === null ? 'none' : kindWords(kind),
        certainty,
        found?.loss ?? null,
        next ? kindWords(next.kind) : null,
        next?.excess ?? null,
        ...[N, k, r, r_f],
      ];
    }),
  };
}

export function mapData({ law, map, line, winners, span }: MapParts): unknown {
  return {
    law,
    span,
    cells: allCells(map),
    thresholdLine: line,
    optimalTokens: map.computes.map((compute, index) => ({
      compute,
      targetTokens: map.optimalTokens[index] ?? null,
    })),
    measured: winners,
  };
}

/** The map in a few sentences. */
export function mapSummary({ map, line, winners }: MapParts): string {
  const cells = allCells(map).filter(({ kind }) => kind !== null);
  const counts = new Map<string, number>();
  for (const { kind } of cells) if (kind) counts.set(kindWords(kind), (counts.get(kindWords(kind)) ?? 0) + 1);
  const shares = [...counts].map(
    ([kind, count]) => `${kind} in ${Math.round((100 * count) / cells.length)} %`,
  );
  const crossed = line.filter(({ state }) => state === 'crossed').length;
  const ties = winners.filter(({ isTie }) => isTie).length;
  return [
    `Best kind over compute and text: ${shares.join(', ')} of the map.`,
    line.length === 0
      ? ''
      : crossed === 0
        ? 'There is no threshold at these budgets.'
        : `A threshold is there at ${crossed} of ${line.length} budgets.`,
    winners.length === 0
      ? 'No place of it was measured with several kinds.'
      : `${winners.length} places were measured${ties > 0 ? `, ${ties} of them ties` : ''}.`,
  ]
    .filter((words) => words !== '')
    .join(' ');
}
