/** All that a fit found out, for people. */

import { groupDifferences } from '../../../law/groupDifferences.ts';
import type { Study } from '../../../law/report/study.ts';
import { lawWords, nextRunWords, profileWords } from './fit.ts';
import { groupNotes } from './groups.ts';
import { compactWords, indented } from './parameters.ts';
import { kindTableWords, rankingWords } from './ranking.ts';
import { paragraphs, runsWords } from './runs.ts';

/** `isFull`: every law in full, not the best alone. */
export function studyWords(study: Study, isFull: boolean): string {
  const { source, runs, laws, nextRuns, profiles, nulls } = study;
  const [best, ...others] = laws;
  const groups = best
    ? groupNotes(best.fit.law.name, groupDifferences(best.fit.law, best.fit.theta, runs))
    : [];
  return [
    runsWords(source, runs),
    rankingWords(study),
    kindTableWords(study),
    best ? lawWords(best, study, true) : '',
    nulls.some(({ p }) => p !== null)
      ? [
          'Whether the runs ask for its effects:',
          ...nulls.map(({ words }) => indented(paragraphs(words))),
        ].join('\n')
      : '',
    groups.map((note) => paragraphs(`note: ${note}`)).join('\n'),
    ...profiles.map(({ fit, profile }) => profileWords(fit.law.name, profile)),
    nextRunWords(nextRuns),
    ...(isFull ? others.map((other) => lawWords(other, study, false)) : [compactWords(others)]),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
