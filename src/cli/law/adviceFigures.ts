/** Figures of what a law advises: the phase map with its threshold, and the best epochs against scarcity. */

import { drawCollapse } from '../../figures/collapse.ts';
import { drawPhaseMap } from '../../figures/phaseMap.ts';
import type { Reach } from '../../law/report/ground.ts';
import type { Surroundings } from '../../law/report/surroundings.ts';
import type { FigureFolder } from './figureFolder.ts';

export async function drawAdvice(
  folder: FigureFolder,
  law: string,
  { map, line, epochs }: Surroundings,
  { compute, targetTokens, mostEpochs }: Reach,
): Promise<void> {
  if (map) {
    await folder.write('phase-map', (canvas) =>
      drawPhaseMap(canvas, {
        law,
        cells: map.cells.map((cell) => ({
          compute: cell.compute,
          targetTokens: cell.targetTokens,
          kind: cell.best?.kind ?? null,
          certainty: cell.certainty,
        })),
        threshold: (line ?? []).map(({ threshold, interval }) => ({
          compute: threshold.compute,
          targetTokens: threshold.state === 'crossed' ? threshold.D_T : null,
          interval: interval && [interval.low, interval.high],
        })),
        optimalTokens: map.computes.flatMap((budget, index) => {
          const optimum = map.optimalTokens[index] ?? null;
          return optimum === null ? [] : [{ compute: budget, targetTokens: optimum }];
        }),
        span: { compute: [...compute], targetTokens: [...targetTokens] },
      }),
    );
  }
  await folder.write('collapse', (canvas) =>
    drawCollapse(canvas, {
      law,
      points: epochs.points.map((point) => ({
        compute: point.compute,
        x: point.x,
        epochs: point.best.k,
        interval: point.interval && [point.interval.low, point.interval.high],
      })),
      spread: epochs.spread?.lnEpochs ?? null,
      mostEpochs,
    }),
  );
}
