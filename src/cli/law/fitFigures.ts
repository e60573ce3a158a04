/** Figures of a fit: how laws compare, and of the best one its residuals, parameters, profile and advice. */

import { type Abscissa, fittedRuns } from '../../figures/fittedRun.ts';
import { drawHeldOut } from '../../figures/heldOutErrors.ts';
import { drawRanking } from '../../figures/lawRanking.ts';
import { drawParameters } from '../../figures/parameterForest.ts';
import { drawPredictedMeasured } from '../../figures/predictedMeasured.ts';
import { drawProfile } from '../../figures/profileCurve.ts';
import { drawResiduals } from '../../figures/residuals.ts';
import { logSpaced } from '../../law/advice/scales.ts';
import { toldBy } from '../../law/advice/told.ts';
import { coveredRuns } from '../../law/certainty/sensitivities.ts';
import { parameterValue } from '../../law/law.ts';
import { m3 } from '../../law/laws/m3.ts';
import type { LawStudy, Study } from '../../law/report/study.ts';
import { lookAround } from '../../law/report/surroundings.ts';
import { extentOf, tellerCounts } from '../../law/runs.ts';
import { drawAdvice } from './adviceFigures.ts';
import { FigureFolder } from './figureFolder.ts';

export type FitFigureOptions = {
  readonly signal: AbortSignal;
  readonly onProgress: (doing: string, share: number) => void;
};

const AGAINST: readonly Abscissa[] = ['C', 'N', 'D_T', 'k', 'r', 'r_1'];

/** Under figures that name the lab's own form beside those of papers. */
const OWN_FORM = `m3, m3-overfit: ${m3.note}`;

/** Cells of the map a side. */
const MAP_CELLS = 24;
/** The map goes on so far beyond the dearest run: what lies further nobody can say. */
const MAP_BEYOND = 10;

/** Gives the names of the files that were written. */
export async function drawFit(
  path: string,
  study: Study,
  options: FitFigureOptions,
): Promise<readonly string[]> {
  const [best] = study.laws;
  if (!best) return [];
  const { law, theta } = best.fit;
  const folder = new FigureFolder(path, law.note);
  if (study.laws.length > 1) {
    const compared = new FigureFolder(path, OWN_FORM);
    await drawComparison(compared, study);
    folder.written.push(...compared.written);
  }
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
  for (const { fit, profile } of study.profiles) await drawProfileOf(folder, fit, profile);
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
            ? 'given'
            : unknown.includes(name)
              ? 'no run tells'
              : atBounds.includes(name) || bootstrap?.held.includes(name)
                ? 'at its bound'
                : '',
        };
      }),
    }),
  );
}

async function drawProfileOf(
  folder: FigureFolder,
  fit: LawStudy['fit'],
  { parameter, points, low, high, critical }: Study['profiles'][number]['profile'],
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
  const { law, theta, frozen, borrowed, rmseLog } = fit;
  const covered = coveredRuns(law, runs);
  const { C, D_T, k } = extentOf(covered);
  const given = frozen.filter((name) => !borrowed.includes(name));
  const told = toldBy(law, { tellers: tellerCounts(covered), frozen: given, mostEpochs: k[1] });
  // Of what no run tells nothing is drawn, and nothing where the law has no model to choose.
  if (!law.reads.includes('N') && !law.reads.includes('C')) return;
  const surroundings = await lookAround(
    { law, theta, thetas: bootstrap?.thetas ?? [] },
    {
      computes: logSpaced(C[0], C[1] * MAP_BEYOND, MAP_CELLS),
      corpora: logSpaced(D_T[0] / MAP_BEYOND, D_T[1] * MAP_BEYOND, MAP_CELLS),
      certaintyEvery: 3,
      limits: { kinds: told.kinds, epochsAtMost: told.epochsAtMost ?? undefined },
      noise: rmseLog,
      signal,
      onProgress,
    },
  );
  await drawAdvice(folder, law.name, surroundings, { compute: C, targetTokens: D_T, mostEpochs: k[1] });
}
