/** All that a fit found out, for people. */

import type { Study } from '../../law/study.ts';
import { lawWords, nextRunWords, profileWords } from './fit.ts';
import { kindTableWords, rankingWords } from './ranking.ts';
import { runsWords } from './runs.ts';

export function studyWords(study: Study): string {
  const { source, runs, laws, nextRuns, profile } = study;
  const [best, ...others] = laws;
  return [
    runsWords(source, runs),
    rankingWords(study),
    kindTableWords(study),
    best ? lawWords(best, true) : '',
    profile ? profileWords(profile) : '',
    nextRunWords(nextRuns),
    ...others.map((other) => lawWords(other, false)),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
