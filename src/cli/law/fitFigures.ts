/** Figures of a fit: how laws compare, and of the best one its residuals, parameters, profile and advice. */

import { type Abscissa, fittedRuns } from '../../figures/fittedRun.ts';
import { drawHeldOut } from '../../figures/heldOutErrors.ts';
import { drawRanking } from '../../figures/lawRanking.ts';
import { drawParameters } from '../../figures/parameterForest.ts';
import { drawPredictedMeasured } from '../../figures/predictedMeasured.ts';
import { drawProfile } from '../../figures/profileCurve.ts';
import { drawResiduals } from '../../figures/residuals.ts';
import { blindness } from '../../law/advice/kinds.ts';
import { phaseMap } from '../../law/advice/phaseMap.ts';
import { logSpaced } from '../../law/advice/scales.ts';
import { parameterValue } from '../../law/law.ts';
import { extentOf } from '../../law/runs.ts';
import { drawAdvice } from './adviceFigures.ts';
import { FigureFolder } from './figureFolder.ts';
import { spread } from './spread.ts';
import type { LawStudy, Study } from './study.ts';

export type FitFigureOptions = {
  readonly signal: AbortSignal;
  readonly onProgress: (doing: string, share: number) => void;
};

const AGAINST: readonly Abscissa[] = ['C', 'N', 'D_T', 'k', 'r', 'r_1'];

/** Cells of the map a side, and resamples asked at every so many of them. */
const MAP_CELLS = 24;
const MAP_RESAMPLES = 20;
/** The map goes on so far beyond the dearest run: what lies further nobody can say. */
const MAP_BEYOND = 10;

/** Gives the names of the files that were written. */
export async function drawFit(
  path: string,
  study: Study,
  options: FitFigureOptions,
): Promise<readonly string[]> {
  const folder = new FigureFolder(path);
  const [best] = study.laws;
  if (!best) return [];
  if (study.laws.length > 1) await drawComparison(folder, study);
  const { law, theta } = best.fit;
  const runs = fittedRuns(law, theta, study.runs);
  await folder.write('predicted', (canvas) => drawPredictedMeasured(canvas, { law: law.name, runs }));
  for (const against of AGAINST) {
    const values = new Set(runs.map(({ at }) => at[against]).filter((value) => value !== null));
    // Against what is the same everywhere, or not known, there is nothing to see.
    if (values.size > 1)
      await folder.write(`residuals-${against}`, (canvas) =>
        drawResiduals(canvas, { law: law.name, against, runs }),
      );
  }
  await drawParametersOf(folder, best);
  if (study.profile) await drawProfileOf(folder, best, study.profile);
  // A map of what no run tells would be made up.
  if (best.fit.unknown.length === 0 && blindness(law) !== 'all kinds')
    await drawMap(folder, best, study, options);
  return folder.written;
}

async function drawComparison(folder: FigureFolder, { laws, ranking }: Study): Promise<void> {
  await folder.write('laws', (canvas) =>
    drawRanking(canvas, {
      laws: ranking.ranked.map(({ fit, difference }) => ({ name: fit.law.name, difference })),
    }),
  );
  await folder.write('held-out', (canvas) =>
    drawHeldOut(canvas, {
      slices: laws[0]?.heldOut.map(({ slice }) => slice) ?? [],
      laws: laws.map(({ fit }) => fit.law.name),
      errors: laws.flatMap(({ fit, heldOut }) =>
        heldOut.flatMap(({ slice, score }) =>
          score ? [{ law: fit.law.name, slice, rmseLog: score.rmseLog }] : [],
        ),
      ),
    }),
  );
}

async function drawParametersOf(folder: FigureFolder, { fit, bootstrap }: LawStudy): Promise<void> {
  const { law, theta, frozen, unknown, atBounds } = fit;
  await folder.write('parameters', (canvas) =>
    drawParameters(canvas, {
      law: law.name,
      parameters: law.parameters.map((parameter, index) => {
        const { name } = parameter;
        const ends = bootstrap?.parameters[name] ?? null;
        return {
          name,
          value: parameterValue(parameter, theta[index] ?? Number.NaN),
          interval: ends && [ends.low, ends.high],
          note: frozen.includes(name)
            ? 'held'
            : unknown.includes(name)
              ? 'no run tells'
              : atBounds.includes(name)
                ? 'at a bound'
                : '',
        };
      }),
    }),
  );
}

async function drawProfileOf(
  folder: FigureFolder,
  { fit }: LawStudy,
  { parameter, points, low, high, critical }: NonNullable<Study['profile']>,
): Promise<void> {
  const { law, theta } = fit;
  const index = law.parameters.findIndex(({ name }) => name === parameter);
  const found = law.parameters[index];
  if (!found) return;
  const estimate = parameterValue(found, theta[index] ?? Number.NaN);
  await folder.write(`profile-${parameter}`, (canvas) =>
    drawProfile(canvas, {
      law: law.name,
      parameter,
      unit: found.unit,
      scale: found.scale,
      estimate,
      points,
      low,
      high,
      critical,
    }),
  );
}

async function drawMap(
  folder: FigureFolder,
  { fit, bootstrap }: LawStudy,
  { runs }: Study,
  { signal, onProgress }: FitFigureOptions,
): Promise<void> {
  const { C, D_T } = extentOf(runs);
  const thetas = bootstrap?.thetas ?? [];
  const { law, theta } = fit;
  const map = await phaseMap(
    law,
    theta,
    logSpaced(C[0], C[1] * MAP_BEYOND, MAP_CELLS),
    logSpaced(D_T[0] / MAP_BEYOND, D_T[1] * MAP_BEYOND, MAP_CELLS),
    {
      signal,
      thetas: spread(thetas, MAP_RESAMPLES),
      certaintyEvery: 3,
      onProgress: (share) => onProgress('phase map', share),
    },
  );
  await drawAdvice(folder, { law, theta, thetas }, map, { limits: {}, signal, onProgress });
}
