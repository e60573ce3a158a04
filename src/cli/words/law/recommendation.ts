/** What a law advises, for people. */

import type { UncertainThreshold } from '../../../law/advice/threshold/thresholdLine.ts';
import type { Advice } from '../../../law/report/advice.ts';
import { between, scale, short } from '../../../law/report/numbers.ts';
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
import { counted, labelled } from '../words.ts';
import { candidateTable, givenWords } from './candidates.ts';
import { paragraphs } from './runs.ts';
import { surroundingsWords } from './surroundings.ts';

export function recommendationWords(advice: Advice): string {
  const { fit, fitted, recommendation, gaps, threshold, given, beyond, notes, surroundings } = advice;
  const { task, best, runnersUp, scarcity } = recommendation;
  const edges = edgeSentences([best, ...runnersUp]);
  const resamples =
    fitted.thetas.length > 0 ? `; intervals from ${counted(fitted.thetas.length, 'resample')}` : '';
  const rows: [string, string][] = [
    [
      'asked',
      `C = ${short(task.compute)} FLOPs, D_T = ${scale(task.targetTokens)} tokens of the target language`,
    ],
    [
      'law',
      paragraphs(`${fit.law}, fitted to ${counted(fit.rows, 'run')}${sourceWords(advice)}${resamples}`),
    ],
    ['', paragraphs(fit.form)],
    ['best', bestWords(advice)],
  ];
  if (threshold) rows.push(['threshold', thresholdWords(advice, threshold)]);
  for (const gap of gaps) rows.push(['not told', paragraphs(gapSentence(gap, helpWords(fit, gap.what)))]);
  if (scarcity !== null) rows.push(['scarcity', paragraphs(scarcitySentence(scarcity, task.targetTokens))]);
  if (beyond.length > 0) rows.push(['beyond', paragraphs(beyondSentence(beyond))]);
  if (notes.length > 0) rows.push(['note', notes.map(paragraphs).join('\n')]);
  return [
    labelled(rows),
    ...(runnersUp.length > 0 ? [candidateTable([best, ...runnersUp])] : []),
    ...(edges.length > 0 ? [edges.join('\n')] : []),
    ...givenWords(given),
    ...(surroundings ? [surroundingsWords(surroundings, task.compute)] : []),
  ].join('\n\n');
}

function sourceWords({ fit: { sources, chosen } }: Advice): string {
  const files = sources.filter(({ rows }) => rows > 0).map(({ file }) => file);
  const [first] = files;
  if (first === undefined) return '';
  const of = files.length === 1 ? first : `${first} and ${counted(files.length - 1, 'other file')}`;
  return ` of ${of}${chosen.length > 0 ? ` (${chosen.join('; ')})` : ''}`;
}

function bestWords({ fit, recommendation }: Advice): string {
  const { best } = recommendation;
  const { kind, N, k, r, r_f, D, S, loss, spends } = best.recipe;
  const ratios = r >= 1 ? '' : `, r = ${short(r)}${r_f > r ? `, r_f = ${short(r_f)}` : ''}`;
  const [least = k, most = k] = fit.extent.k ?? [];
  const seen = k > most * (1 + SAME) ? ` (runs: ${between(short(least), short(most))})` : '';
  const ends = best.intervals
    ? ` (${between(best.intervals.loss.low.toFixed(3), best.intervals.loss.high.toFixed(3))})`
    : '';
  return [
    kind,
    `N = ${scale(N)}, k = ${short(k)}${seen}${ratios}`,
    `D = ${scale(D)} tokens${S > 0 ? `, of these ${scale(S)} of the source` : ''}${spends < 0.995 ? `; spends ${Math.round(100 * spends)} % of the compute` : ''}`,
    `predicted loss ${loss.toFixed(3)}${ends} nats per token, before the noise of a run`,
    ...leadSentences(recommendation).map(paragraphs),
  ].join('\n');
}

const SAME = 1e-6;

function thresholdWords(advice: Advice, found: UncertainThreshold): string {
  const first = firstOrderSentence(advice);
  return paragraphs(thresholdSentence(found, advice.margin)) + (first === null ? '' : `\n${first}`);
}
