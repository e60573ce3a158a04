/** What `m3lab recommend` does: read a fit, ask its law, tell. */

import { type FitFile, parseFitText } from '../../formats/fit.ts';
import { recommendationJson } from '../../formats/recommendation.ts';
import { NoRecipeError } from '../../law/advice/recommend.ts';
import { logSpaced } from '../../law/advice/scales.ts';
import type { Limits, Task } from '../../law/advice/task.ts';
import { lawNamed } from '../../law/laws/catalogue.ts';
import type { Advice } from '../../law/report/advice.ts';
import { adviceFile } from '../../law/report/adviceFile.ts';
import { advise } from '../../law/report/advise.ts';
import { type FittedLaw, fittedLaw } from '../../law/report/fittedLaw.ts';
import { type GroundProblem, groundProblem, limitsOf, reachOf, toldOf } from '../../law/report/ground.ts';
import { spread } from '../../law/report/spread.ts';
import { lookAround, type Surroundings } from '../../law/report/surroundings.ts';
import { makeFolders, readTextFile } from '../files/files.ts';
import type { Io } from '../io.ts';
import { InputError } from '../report.ts';
import { recommendationWords } from '../words/law/recommendation.ts';
import { ownLawOf } from './laws.ts';
import type { RecommendCommandOptions } from './recommendOptions.ts';

/** What says, on the command line, what a problem is of. */
const ASKED_BY: Readonly<Record<GroundProblem['field'], string>> = {
  fit: 'FIT',
  law: '--law',
  compute: '--compute',
  targetTokens: '--target-tokens',
};

/** Cells of the map a side, and how far it reaches to each side of what was asked. */
const MAP_CELLS = 17;
const MAP_REACH = 100;
/** Of one block of the map in which resamples are asked. */
const BLOCK = 4;

export async function recommendFrom(file: string, options: RecommendCommandOptions, io: Io): Promise<void> {
  const { compute, targetTokens, resamples, margin, at = [] } = options;
  const fit = chosenFit(parseFitText(await readTextFile(file, 'FIT'), file), options.law);
  const all = fittedLaw(fit, fit.own ? (await ownLawOf(fit.own, file)).law : lawNamed(fit.law));
  const fitted = { ...all, thetas: spread(all.thetas, resamples) };
  const { law } = fitted;
  const told = toldOf(fit, law);
  const limits = limitsOf(options, told, fit);
  const task: Task = { compute, targetTokens, limits };
  const problem = groundProblem(fit, law, task);
  if (problem) throw new InputError(`${ASKED_BY[problem.field]}: ${problem.problem}`);
  const advised = await advise(fit, fitted, task, {
    margin,
    at,
    signal: io.signal,
    onProgress: (doing, share) => io.progress(`${doing} ${Math.floor(100 * share)} %`),
  }).catch((error: unknown) => {
    throw error instanceof NoRecipeError ? new InputError(error.message) : error;
  });
  const isMapped = options.map === true || options.figures !== undefined;
  const surroundings = isMapped ? await look(fitted, fit, task, options, io) : null;
  io.progress('');
  if (surroundings && options.figures !== undefined) await draw(options.figures, fit, surroundings, io);
  const advice: Advice = { ...advised, surroundings: options.map ? surroundings : null };
  if (io.json) io.value(recommendationJson(adviceFile(advice)));
  else io.text(`${recommendationWords(advice)}\n`);
}

function look(
  fitted: FittedLaw,
  { rmseLog }: FitFile,
  { compute, targetTokens, limits = {} }: Task & { readonly limits?: Limits | undefined },
  { margin }: RecommendCommandOptions,
  io: Io,
): Promise<Surroundings> {
  return lookAround(fitted, {
    computes: around(compute),
    corpora: around(targetTokens),
    certaintyEvery: BLOCK,
    limits,
    noise: rmseLog,
    margin,
    signal: io.signal,
    onProgress: (doing, share) => io.progress(`${doing} ${Math.floor(100 * share)} %`),
  });
}

async function draw(path: string, fit: FitFile, surroundings: Surroundings, io: Io): Promise<void> {
  await makeFolders([path], '--figures');
  const [{ FigureFolder }, { drawAdvice }, { sayFigures }] = await Promise.all([
    import('./figureFolder.ts'),
    import('./adviceFigures.ts'),
    import('./fitOutputs.ts'),
  ]);
  const folder = new FigureFolder(path, fit.note);
  await drawAdvice(folder, fit.law, surroundings, reachOf(fit));
  await sayFigures(path, folder.written, io);
}

function chosenFit(fits: readonly FitFile[], name: string | undefined): FitFile {
  const found = name === undefined ? fits[0] : fits.find(({ law }) => law === name);
  if (found) return found;
  const there = fits.map(({ law }) => law).join(', ');
  throw new InputError(
    name === undefined
      ? 'FIT: no law was fitted'
      : `--law: there is no fit of ${name} in the file; there are ${there}`,
  );
}

function around(value: number): number[] {
  return logSpaced(value / MAP_REACH, value * MAP_REACH, MAP_CELLS);
}
