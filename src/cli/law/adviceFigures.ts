/** Figures of what a law advises: the phase map with its threshold, and the best epochs against scarcity. */

import { drawCollapse } from '../../figures/collapse.ts';
import { drawPhaseMap } from '../../figures/phaseMap.ts';
import { collapse } from '../../law/advice/epochs.ts';
import type { PhaseMap } from '../../law/advice/phaseMap.ts';
import { logSpaced } from '../../law/advice/scales.ts';
import type { Limits } from '../../law/advice/task.ts';
import { thresholdLine } from '../../law/advice/thresholdLine.ts';
import type { FigureFolder } from './figureFolder.ts';
import type { FittedLaw } from './fitFile.ts';
import { spread } from './spread.ts';

export type AdviceFigureOptions = {
  readonly limits: Limits;
  readonly signal: AbortSignal;
  readonly onProgress: (doing: string, share: number) => void;
};

/** Budgets of the threshold line, and resamples that are asked at each. */
const LINE_BUDGETS = 9;
const LINE_RESAMPLES = 30;

/** Scarcities of the collapse: from one part in a thousand of what would be optimal to more than there is use for. */
const SCARCITIES = logSpaced(1e-3, 3, 13);
const COLLAPSE_BUDGETS = 4;

export async function drawAdvice(
  folder: FigureFolder,
  { law, theta, thetas }: FittedLaw,
  map: PhaseMap,
  { limits, signal, onProgress }: AdviceFigureOptions,
): Promise<void> {
  const [low, high] = [map.computes[0] ?? 1, map.computes.at(-1) ?? 1];
  const line = await thresholdLine(law, theta, logSpaced(low, high, LINE_BUDGETS), {
    limits,
    signal,
    thetas: spread(thetas, LINE_RESAMPLES),
    onProgress: (share) => onProgress('threshold line', share),
  });
  await folder.write('phase-map', (canvas) =>
    drawPhaseMap(canvas, {
      law: law.name,
      cells: map.cells.map(({ compute, targetTokens, best, certainty }) => ({
        compute,
        targetTokens,
        kind: best?.kind ?? null,
        certainty,
      })),
      threshold: line.map(({ threshold, interval }) => ({
        compute: threshold.compute,
        targetTokens: threshold.state === 'crossed' ? threshold.D_T : null,
        interval: interval && [interval.low, interval.high],
      })),
      optimalTokens: map.computes.flatMap((compute, index) => {
        const targetTokens = map.optimalTokens[index] ?? null;
        return targetTokens === null ? [] : [{ compute, targetTokens }];
      }),
    }),
  );
  const budgets = logSpaced(low, high, COLLAPSE_BUDGETS);
  const { points, spread: apart } = await collapse(law, theta, budgets, SCARCITIES, {
    limits,
    signal,
    onProgress: (share) => onProgress('best epochs', share),
  });
  await folder.write('collapse', (canvas) =>
    drawCollapse(canvas, {
      law: law.name,
      points: points.map(({ compute, x, best }) => ({ compute, x, epochs: best.k })),
      spread: apart?.lnEpochs ?? null,
    }),
  );
}
