/** Predicted against measured loss: a law that is right has its runs on the diagonal. */

import * as Plot from '@observablehq/plot';
import { logAxis } from './axes.ts';
import { dotsNote, type FittedRun, kindLooks, runDots, runLegend, thinned } from './fittedRun.ts';
import { type Canvas, drawFigure, drawNothing, type Figure } from './frame.ts';
import { logDomain, shortNumber } from './ticks.ts';

export type PredictedMeasured = {
  /** Name of the law. */
  readonly law: string;
  readonly runs: readonly FittedRun[];
  /** Whether the band is drawn in which 95 % of runs lie whose errors are as large as those of these. */
  readonly hasBand?: boolean | undefined;
  /** So many dots are drawn at most; a page that must answer at once draws fewer than a file. */
  readonly mostDots?: number | undefined;
};

/** Standard deviations on either side that hold 95 % of a normal distribution. */
const DEVIATIONS_OF_95 = 1.96;

/** Both axes logarithmic and of one length and range, so that equal errors are equal distances. */
export function drawPredictedMeasured(
  canvas: Canvas,
  { law, runs, hasBand = false, mostDots }: PredictedMeasured,
): Figure {
  const title = `${law}: predicted against measured loss`;
  const sound = runs.filter(
    ({ measured, predicted }) => measured > 0 && predicted > 0 && Number.isFinite(predicted),
  );
  if (sound.length === 0) return drawNothing(canvas, title, 'There are no runs to show.');
  const shown = thinned(sound, mostDots);
  const domain = logDomain(shown.flatMap(({ measured, predicted }) => [measured, predicted]));
  const fitted = sound.filter(({ isLeftOut }) => !isLeftOut);
  const errors = fitted.map(({ measured, predicted }) => Math.log(measured / predicted) ** 2);
  const rmse = Math.sqrt(errors.reduce((sum, error) => sum + error, 0) / Math.max(1, errors.length));
  const factor = Math.exp(DEVIATIONS_OF_95 * rmse);
  const within = (loss: number): number => Math.max(domain[0], Math.min(domain[1], loss));
  // Straight on logarithmic axes but where the frame cuts it: the corners are among the places.
  const places = [domain[0], domain[0] * factor, domain[1] / factor, domain[1]].sort((a, b) => a - b);
  const band = places.map((x) => ({ x, low: within(x / factor), high: within(x * factor) }));
  const sure = shown.flatMap(({ measured, interval }) =>
    interval ? [{ measured, low: within(interval[0]), high: within(interval[1]) }] : [],
  );
  const width = canvas.width ?? 560;
  const looks = kindLooks(canvas);
  return drawFigure(
    { ...canvas, width },
    {
      title,
      subtitle: `${fitted.length} runs; root mean square of the residuals of log loss ${shortNumber(rmse, 3)}.${hasBand ? ' Shaded: where 95 % of such runs lie.' : ''}${sure.length > 0 ? ' Strokes: 95 % of the law’s curve.' : ''}${dotsNote(sound.length, shown.length)}`,
      description:
        `Scatter plot of ${sound.length} runs with the measured loss from left to right and the loss predicted by ${law} from bottom to top, ` +
        `both in nats per token on logarithmic axes from ${shortNumber(domain[0], 3)} to ${shortNumber(domain[1], 3)}; on the diagonal they are equal.`,
      legend: runLegend(shown, looks),
      // Square: as high as wide, less the margins.
      height: width - 62 - 20 + 44,
      x: logAxis('measured loss, nats per token', domain),
      y: logAxis('predicted loss, nats per token', domain),
      marks: [
        Plot.frame({ strokeOpacity: 0.25 }),
        ...(hasBand
          ? [Plot.areaY(band, { x: 'x', y1: 'low', y2: 'high', fill: 'currentColor', fillOpacity: 0.08 })]
          : []),
        ...(sure.length > 0
          ? [Plot.link(sure, { x1: 'measured', x2: 'measured', y1: 'low', y2: 'high', strokeOpacity: 0.45 })]
          : []),
        Plot.line([domain[0], domain[1]], {
          x: [...domain],
          y: [...domain],
          strokeOpacity: 0.6,
          strokeDasharray: '5 4',
        }),
        ...runDots(shown, { x: 'measured', y: 'predicted', looks }),
      ],
    },
  );
}
