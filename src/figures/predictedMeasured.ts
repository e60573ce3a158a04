/** Predicted against measured loss: a law that is right has its runs on the diagonal. */

import * as Plot from '@observablehq/plot';
import { logAxis } from './axes.ts';
import { dotsNote, type FittedRun, KIND_LOOKS, runDots, runLegend, thinned } from './fittedRun.ts';
import { type Canvas, drawFigure, drawNothing, type Figure } from './frame.ts';
import { logDomain, shortNumber } from './ticks.ts';

export type PredictedMeasured = {
  /** Name of the law. */
  readonly law: string;
  readonly runs: readonly FittedRun[];
};

/** Both axes logarithmic and of one length and range, so that equal errors are equal distances. */
export function drawPredictedMeasured(canvas: Canvas, { law, runs }: PredictedMeasured): Figure {
  const title = `${law}: predicted against measured loss`;
  const sound = runs.filter(
    ({ measured, predicted }) => measured > 0 && predicted > 0 && Number.isFinite(predicted),
  );
  if (sound.length === 0) return drawNothing(canvas, title, 'There are no runs to show.');
  const shown = thinned(sound);
  const domain = logDomain(shown.flatMap(({ measured, predicted }) => [measured, predicted]));
  const errors = sound.map(({ measured, predicted }) => Math.log(measured / predicted) ** 2);
  const rmse = Math.sqrt(errors.reduce((sum, error) => sum + error, 0) / errors.length);
  const width = canvas.width ?? 560;
  return drawFigure(
    { ...canvas, width },
    {
      title,
      subtitle: `${sound.length} runs; root mean square of the residuals of log loss ${shortNumber(rmse, 3)}.${dotsNote(sound.length, shown.length)}`,
      description:
        `Scatter plot of ${sound.length} runs with the measured loss from left to right and the loss predicted by ${law} from bottom to top, ` +
        `both in nats per token on logarithmic axes from ${shortNumber(domain[0], 3)} to ${shortNumber(domain[1], 3)}; on the diagonal they are equal.`,
      legend: runLegend(shown, KIND_LOOKS),
      // Square: as high as wide, less the margins.
      height: width - 62 - 20 + 44,
      x: logAxis('measured loss, nats per token', domain),
      y: logAxis('predicted loss, nats per token', domain),
      marks: [
        Plot.frame({ strokeOpacity: 0.25 }),
        Plot.line([domain[0], domain[1]], {
          x: [...domain],
          y: [...domain],
          strokeOpacity: 0.6,
          strokeDasharray: '5 4',
        }),
        ...runDots(shown, { x: 'measured', y: 'predicted', looks: KIND_LOOKS }),
      ],
    },
  );
}
