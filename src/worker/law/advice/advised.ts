/** One answer to "so much text, so much compute: which recipe?", with everything that has to be said beside it. */

import type { FitFile } from '../../../formats/fit.ts';
import { NoRecipeError } from '../../../law/advice/recommend.ts';
import { logSpaced } from '../../../law/advice/scales.ts';
import type { Task } from '../../../law/advice/task.ts';
import { pointOf } from '../../../law/point.ts';
import type { Advice } from '../../../law/report/advice.ts';
import { adviceFile } from '../../../law/report/adviceFile.ts';
import { advise } from '../../../law/report/advise.ts';
import { groundProblem } from '../../../law/report/ground.ts';
import {
  beyondSentence,
  edgeSentences,
  firstOrderSentence,
  gapSentence,
  helpWords,
  leadSentences,
  scarcitySentence,
  thresholdSentence,
} from '../../../law/report/sentences.ts';
import { lookAround } from '../../../law/report/surroundings.ts';
import type { AdviceWords, Advised, Beyond } from '../../api/advice.ts';
import type { AskedLaw } from './asked.ts';

/** As `m3lab recommend --map` has them: cells a side, how far the map reaches to each side, and cells that one speaks for. */
const MAP_CELLS = 17;
const MAP_REACH = 100;
const BLOCK = 4;

export type AdvisedOptions = {
  readonly margin: number;
  readonly map: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (doing: string, share: number) => void;
};

export async function advised(
  { file, fitted, limits }: AskedLaw,
  compute: number,
  targetTokens: number,
  { margin, map, signal, onProgress }: AdvisedOptions,
): Promise<Advised> {
  const task: Task = { compute, targetTokens, limits };
  const problem = groundProblem(file, fitted.law, task);
  if (problem) return { told: false, ...problem };
  const options = { signal, onProgress };
  try {
    const advice = await advise(file, fitted, task, { ...options, margin });
    const around = (value: number) => logSpaced(value / MAP_REACH, value * MAP_REACH, MAP_CELLS);
    const surroundings = map
      ? await lookAround(fitted, {
          ...options,
          computes: around(compute),
          corpora: around(targetTokens),
          certaintyEvery: BLOCK,
          limits,
          noise: file.rmseLog,
          margin,
        })
      : null;
    const found = advice.threshold?.threshold;
    return {
      told: true,
      file: adviceFile({ ...advice, surroundings }),
      words: wordsOf(advice),
      beyond: beyondOf(advice),
      jumps: found?.state === 'crossed' ? found.jumps : null,
      resamples: fitted.thetas.length,
    };
  } catch (error) {
    if (!(error instanceof NoRecipeError)) throw error;
    return { told: false, field: 'limits', problem: error.message.replace(/\.$/, '') };
  }
}

function wordsOf(advice: Advice): AdviceWords {
  const { fit, recommendation, gaps, threshold, margin, beyond } = advice;
  const { task, best, runnersUp, scarcity } = recommendation;
  return {
    lead: leadSentences(recommendation),
    threshold: threshold && thresholdSentence(threshold, margin),
    firstOrder: firstOrderSentence(advice),
    scarcity: scarcity === null ? null : scarcitySentence(scarcity, task.targetTokens),
    beyond: beyond.length === 0 ? null : beyondSentence(beyond),
    gaps: gaps.map((gap) => gapSentence(gap, helpWords(fit, gap.what))),
    edges: edgeSentences([best, ...runnersUp]),
  };
}

/** Of the best recipe, the quantities that lie outside the runs, the farthest first. */
export function beyondOf({
  beyond,
  recommendation,
  fit: { extent },
}: {
  readonly beyond: readonly string[];
  readonly recommendation: Advice['recommendation'];
  readonly fit: Pick<FitFile, 'extent'>;
}): Beyond[] {
  const point = new Map(Object.entries(pointOf(recommendation.best.recipe)));
  return beyond
    .flatMap((quantity): Beyond[] => {
      const value = point.get(quantity);
      const range = extent[quantity];
      if (value === undefined || range === undefined) return [];
      const reached = value > range[1] ? range[1] : range[0];
      // A monolingual recipe reads no source token, which is no distance at all.
      const octaves = value > 0 && reached > 0 ? Math.abs(Math.log2(value / reached)) : 0;
      return octaves > 0 ? [{ quantity, value, reached, octaves }] : [];
    })
    .sort((a, b) => b.octaves - a.octaves);
}
