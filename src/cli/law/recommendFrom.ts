/** What `m3lab recommend` does: read a fit, ask its law, tell. */

import { type FitFile, parseFitText } from '../../formats/fit.ts';
import { recommendationJson } from '../../formats/recommendation.ts';
import { phaseMap } from '../../law/advice/phaseMap.ts';
import { NoRecipeError, recommend } from '../../law/advice/recommend.ts';
import { logSpaced } from '../../law/advice/scales.ts';
import type { Limits, Task } from '../../law/advice/task.ts';
import { thresholdLine } from '../../law/advice/thresholdLine.ts';
import { makeFolders, readTextFile } from '../files/files.ts';
import type { Io } from '../io.ts';
import { InputError } from '../report.ts';
import { recommendationWords } from '../words/law/recommendation.ts';
import { type Advice, adviceFile, beyondRuns, continualNotes, notesOf } from './advice.ts';
import { fittedLaw } from './fitFile.ts';
import type { RecommendCommandOptions } from './recommendOptions.ts';
import { spread } from './spread.ts';

/** Cells of the map a side, and how far it reaches to each side of what was asked. */
const MAP_CELLS = 17;
const MAP_REACH = 100;

export async function recommendFrom(file: string, options: RecommendCommandOptions, io: Io): Promise<void> {
  const { compute, targetTokens, resamples } = options;
  const fit = chosenFit(parseFitText(await readTextFile(file, 'FIT'), file), options.law);
  const all = await fittedLaw(fit, file);
  const fitted = { ...all, thetas: spread(all.thetas, resamples) };
  const limits = limitsOf(options);
  const task: Task = { compute, targetTokens, limits };
  const { law, theta, thetas } = fitted;
  const tell = (doing: string) => (share: number) => io.progress(`${doing} ${Math.floor(100 * share)} %`);
  const common = { thetas, signal: io.signal };
  const recommendation = await recommend(law, theta, task, { ...common, onProgress: tell('recipes') }).catch(
    (error: unknown) => {
      throw error instanceof NoRecipeError ? new InputError(error.message) : error;
    },
  );
  const line = await thresholdLine(law, theta, [compute], {
    ...common,
    limits,
    onProgress: tell('threshold'),
  });
  const isMapped = options.map === true || options.figures !== undefined;
  const map = isMapped
    ? await phaseMap(law, theta, around(compute), around(targetTokens), {
        ...common,
        thetas: spread(thetas, MAP_RESAMPLES),
        certaintyEvery: 4,
        limits,
        onProgress: tell('map'),
      })
    : null;
  io.progress('');
  if (map && options.figures !== undefined) {
    await makeFolders([options.figures], '--figures');
    const [{ FigureFolder }, { drawAdvice }] = await Promise.all([
      import('./figureFolder.ts'),
      import('./adviceFigures.ts'),
    ]);
    const folder = new FigureFolder(options.figures);
    const onProgress = (doing: string, share: number) => tell(doing)(share);
    await drawAdvice(folder, fitted, map, { limits, signal: io.signal, onProgress });
    io.progress('');
    io.say(`figures: ${folder.written.join(', ')} in ${options.figures}`);
  }
  const advice: Advice = {
    fit,
    fitted,
    recommendation,
    threshold: line[0] ?? null,
    beyond: beyondRuns(recommendation, fit),
    notes: [...notesOf(fit, recommendation), ...continualNotes(fitted, compute)],
    map: options.map ? map : null,
  };
  if (io.json) io.value(recommendationJson(adviceFile(advice)));
  else io.text(`${recommendationWords(advice)}\n`);
}

const MAP_RESAMPLES = 20;

function limitsOf({ maxN, maxSourceTokens }: RecommendCommandOptions): Limits {
  return {
    ...(maxN !== undefined && { modelScaleAtMost: maxN }),
    ...(maxSourceTokens !== undefined && { sourceTokensAtMost: maxSourceTokens }),
  };
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
