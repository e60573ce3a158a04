/** The commands about advice. */

import { bestOfEach, QUICK } from '../../../law/advice/best.ts';
import { collapse } from '../../../law/advice/epochs.ts';
import { type Level, mapInLevels } from '../../../law/advice/mapInLevels.ts';
import { optimalData } from '../../../law/advice/optimalData.ts';
import { thresholdLine } from '../../../law/advice/threshold/thresholdLine.ts';
import { RECIPE_KINDS } from '../../../law/point.ts';
import type { AdviceCommand, AdviceReply, AskedFit } from '../../api/advice.ts';
import type { Handlers } from '../../serve.ts';
import type { Desk } from '../desk.ts';
import { advised } from './advised.ts';
import { type AskedLaw, askedLaw } from './asked.ts';
import { bestEpochs, linePoint, lossesOf, mapColumns } from './columns.ts';

export function adviceHandlers(desk: Desk): Handlers<AdviceCommand, AdviceReply> {
  const of = (asked: AskedFit, resamples: number): AskedLaw =>
    askedLaw(desk.shelf.fit(asked.fit), asked, resamples, desk.m3lab);
  const progress = (task: number, doing: string) => (share: number) => desk.progress(task, doing, share);

  return {
    advise({ asked, compute, targetTokens, resamples, margin, map, task }, signal) {
      return advised(of(asked, resamples), compute, targetTokens, {
        margin,
        map,
        signal,
        onProgress: (doing, share) => desk.progress(task, doing, share),
      });
    },
    async phaseMap({ asked, computes, corpora, resamples, task }, signal) {
      const { file, fitted, limits } = of(asked, resamples);
      const { law, theta, thetas } = fitted;
      const optimalTokens = Float64Array.from(
        computes,
        (compute) => optimalData(law, theta, compute, QUICK)?.D ?? Number.NaN,
      );
      const columns = (level: Level) => mapColumns(level, computes, corpora, optimalTokens);
      const last = await mapInLevels(law, theta, computes, corpora, {
        limits,
        thetas,
        noise: file.rmseLog,
        signal,
        onProgress: progress(task, 'map'),
        onLevel: (level) => desk.tell({ event: 'mapLevel', task, map: columns(level) }),
      });
      return columns(last);
    },
    async thresholdLine({ asked, computes, resamples, margin, task }, signal) {
      const { fitted, limits } = of(asked, resamples);
      const { law, theta, thetas } = fitted;
      const onProgress = progress(task, 'threshold');
      const line = await thresholdLine(law, theta, computes, { thetas, limits, margin, signal, onProgress });
      return line.map(linePoint);
    },
    async bestEpochs({ asked, computes, scarcities, resamples, task }, signal) {
      const { fitted, limits } = of(asked, resamples);
      const { law, theta, thetas } = fitted;
      const onProgress = progress(task, 'best epochs');
      return bestEpochs(
        await collapse(law, theta, computes, scarcities, { limits, thetas, signal, onProgress }),
      );
    },
    slice({ asked, compute, corpora }) {
      const { fitted, limits } = of(asked, 0);
      const { law, theta } = fitted;
      const loss = new Float64Array(corpora.length * RECIPE_KINDS.length);
      for (const [index, targetTokens] of corpora.entries()) {
        const recipes = bestOfEach(law, theta, { compute, targetTokens, limits }, QUICK);
        loss.set(lossesOf(recipes), index * RECIPE_KINDS.length);
      }
      return { compute, corpora, loss };
    },
  };
}
