/** What `m3lab recommend` does: read a fit, ask its law, tell. */

import { type FitFile, parseFitText } from '../../formats/fit.ts';
import { recommendationJson } from '../../formats/recommendation.ts';
import { foretell } from '../../law/advice/predict.ts';
import { NoRecipeError, type Recommendation, recommend } from '../../law/advice/recommend.ts';
import { logSpaced } from '../../law/advice/scales.ts';
import type { Limits, Task } from '../../law/advice/task.ts';
import { thresholdLine } from '../../law/advice/threshold/thresholdLine.ts';
import type { Told } from '../../law/advice/told.ts';
import { recipeKind } from '../../law/point.ts';
import { makeFolders, readTextFile } from '../files/files.ts';
import type { Io } from '../io.ts';
import { InputError } from '../report.ts';
import { recommendationWords } from '../words/law/recommendation.ts';
import {
  type Advice,
  beyondRuns,
  continualNotes,
  firstOrderOf,
  type GivenAdvice,
  notesOf,
} from './advice.ts';
import { adviceFile } from './adviceFile.ts';
import type { GivenRecipe } from './fitArguments.ts';
import { type FittedLaw, fittedLaw } from './fitFile.ts';
import { checkGround, limitsOf, reachOf, toldOf } from './ground.ts';
import type { RecommendCommandOptions } from './recommendOptions.ts';
import { spread } from './spread.ts';
import { lookAround, type Surroundings } from './surroundings.ts';

/** Cells of the map a side, and how far it reaches to each side of what was asked. */
const MAP_CELLS = 17;
const MAP_REACH = 100;
/** Of one block of the map in which resamples are asked. */
const BLOCK = 4;

export async function recommendFrom(file: string, options: RecommendCommandOptions, io: Io): Promise<void> {
  const { compute, targetTokens, resamples, margin, at = [] } = options;
  const fit = chosenFit(parseFitText(await readTextFile(file, 'FIT'), file), options.law);
  const all = await fittedLaw(fit, file);
  const fitted = { ...all, thetas: spread(all.thetas, resamples) };
  const { law, theta, thetas } = fitted;
  const told = toldOf(fit, law);
  const limits = limitsOf(options, told, fit);
  const task: Task = { compute, targetTokens, limits };
  checkGround(fit, law, task);
  const tell = (doing: string) => (share: number) => io.progress(`${doing} ${Math.floor(100 * share)} %`);
  const common = { thetas, signal: io.signal };
  const recommendation = await recommend(law, theta, task, {
    ...common,
    noise: fit.rmseLog,
    onProgress: tell('recipes'),
  }).catch((error: unknown) => {
    throw error instanceof NoRecipeError ? new InputError(error.message) : error;
  });
  const hasChoice = recommendation.runnersUp.length > 0;
  const line = hasChoice
    ? await thresholdLine(law, theta, [compute], {
        ...common,
        limits,
        margin,
        onProgress: tell('threshold'),
      })
    : [];
  const isMapped = options.map === true || options.figures !== undefined;
  const surroundings = isMapped ? await look(fitted, fit, task, options, io) : null;
  io.progress('');
  if (surroundings && options.figures !== undefined) await draw(options.figures, fit, surroundings, io);
  const advice: Advice = {
    fit,
    fitted,
    recommendation,
    gaps: told.gaps,
    threshold: line[0] ?? null,
    margin,
    firstOrder: hasChoice ? firstOrderOf(fitted, targetTokens, recommendation.scarcity) : null,
    given: at.map((recipe) => givenAdvice(recipe, task, fitted, told, recommendation)),
    beyond: beyondRuns(recommendation, fit),
    notes: [...notesOf(fit, fitted, recommendation), ...continualNotes(fitted, compute)],
    surroundings: options.map ? surroundings : null,
  };
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

function givenAdvice(
  recipe: GivenRecipe,
  { targetTokens }: Task,
  { law, theta, thetas }: FittedLaw,
  { kinds, epochsAtMost, gaps }: Told,
  { best }: Recommendation,
): GivenAdvice {
  const at = { ...recipe, D_T: targetTokens };
  const isTold = kinds.includes(recipeKind(at)) && (epochsAtMost === null || recipe.k <= epochsAtMost);
  if (!isTold) {
    const reasons = gaps.map(({ what, reason }) => `${what}: ${reason}`);
    return { recipe, foretold: null, reason: reasons.join('; ') };
  }
  const foretold = foretell(law, theta, at, best.recipe, thetas);
  return { recipe, foretold, reason: foretold ? null : `${law.name} does not speak of such a recipe` };
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
