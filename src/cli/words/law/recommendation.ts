/** What a law advises, for people. */

import type { Recommendation } from '../../../law/advice/recommend.ts';
import type { Untold } from '../../../law/advice/threshold/threshold.ts';
import type { UncertainThreshold } from '../../../law/advice/threshold/thresholdLine.ts';
import type { Advice } from '../../law/advice.ts';
import { counted, labelled } from '../words.ts';
import { candidateTable, edgeWords, givenWords } from './candidates.ts';
import { between, figure, percent, scale, short } from './numbers.ts';
import { paragraphs } from './runs.ts';
import { surroundingsWords } from './surroundings.ts';

export function recommendationWords(advice: Advice): string {
  const { fit, fitted, recommendation, gaps, threshold, given, beyond, notes, surroundings } = advice;
  const { task, best, runnersUp, scarcity } = recommendation;
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
  for (const { what, reason, wanted } of gaps)
    rows.push([
      'not told',
      paragraphs(
        `${what}: ${reason}, so that nothing is advised on it; ${wanted} would tell${helpWords(advice, what)}`,
      ),
    ]);
  if (scarcity !== null)
    rows.push([
      'scarcity',
      paragraphs(
        `x = D_T/D*(C) = ${short(scarcity)}, where D*(C) = ${scale(task.targetTokens / scarcity)} tokens: the text that a single pass over one language would make the best use of this compute`,
      ),
    ]);
  if (beyond.length > 0)
    rows.push([
      'beyond',
      paragraphs(
        `${beyond.join(', ')} of this recipe ${beyond.length === 1 ? 'lies' : 'lie'} outside the runs of the fit: an extrapolation`,
      ),
    ]);
  if (notes.length > 0) rows.push(['note', notes.map(paragraphs).join('\n')]);
  return [
    labelled(rows),
    ...(runnersUp.length > 0 ? [candidateTable([best, ...runnersUp])] : []),
    ...edgeWords([best, ...runnersUp]),
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

/** A run of the kind that is missing, where the fit proposes one. */
function helpWords({ fit: { nextRuns = [] } }: Advice, what: Advice['gaps'][number]['what']): string {
  const run = nextRuns.find(({ k, r, r_f }) =>
    what === 'repetition' ? k > 1 : what === 'two stages' ? r_f > r : r < 1,
  );
  if (!run) return '';
  const { N, D_T, k, r, r_f } = run;
  return `, one of them e.g. N = ${scale(N)}, D_T = ${scale(D_T)}, k = ${short(k)}, r = ${short(r)}, r_f = ${short(r_f)}`;
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
    ...leadWords(recommendation),
  ].join('\n');
}

const SAME = 1e-6;

/** How surely it is the best, and whether that would be seen. */
function leadWords({ best, ties, close, tied, noise, runnersUp }: Recommendation): string[] {
  if (runnersUp.length === 0) return [];
  const error = `the error of the fit, ${percent(noise)} of the loss`;
  const shares =
    best.wins === null || ties === null
      ? []
      : [
          `leads by more than ${error}, under ${percent(best.wins)} of the resamples${ties > 0 ? `; under ${percent(ties)} kinds lie closer together` : ''}`,
        ];
  const apart = close.filter((kind) => !tied.includes(kind));
  return [
    ...(apart.length > 0
      ? [`ahead of ${apart.join(' and of ')} by less than ${error}: a run of each would not tell them apart`]
      : []),
    ...shares,
  ].map(paragraphs);
}

const UNTOLD: Readonly<Record<Untold, string>> = {
  blind: 'this law cannot tell kinds of recipe apart',
  'no monolingual runs': 'this law does not speak of monolingual runs',
  'no optimal data': 'this law wants ever larger or ever smaller models, so that no corpus is scarce',
};

function thresholdWords({ margin, firstOrder }: Advice, found: UncertainThreshold): string {
  const { threshold, interval } = found;
  // Without resamples there are no shares.
  const { always, never, untold } = found.interval === null ? { always: 0, never: 0, untold: 1 } : found;
  const pays = margin > 0 ? `a second language leads by ${figure(margin, 3)} nats` : 'a second language pays';
  const share = (part: number, words: string) =>
    part > 0 ? `; under ${percent(part)} of the resamples ${words}` : '';
  switch (threshold.state) {
    case 'untold':
      return paragraphs(`none: ${UNTOLD[threshold.why]}`);
    case 'always':
      return paragraphs(
        `none: at this compute ${pays} for every corpus up to ${scale(threshold.to)} tokens${share(1 - always - untold, 'not for all')}`,
      );
    case 'never':
      return paragraphs(
        `none: at this compute ${pays} for no corpus, down to ${scale(threshold.from)} tokens${share(1 - never - untold, 'for some')}`,
      );
    case 'crossed': {
      const ends = interval ? ` (${between(end(interval.low), end(interval.high))})` : '';
      const { r, kind } = threshold.bilingual;
      const way =
        threshold.jumps === null
          ? ''
          : threshold.jumps
            ? `, with ${percent(1 - r)} source tokens at once`
            : ', with few source tokens at first and more as D_T falls';
      const first =
        firstOrder === null || margin > 0
          ? ''
          : `\nto first order from k = ${short(firstOrder.k)} passes on, at D_T = ${scale(firstOrder.targetTokens)} (x = ${short(firstOrder.x)})`;
      return (
        paragraphs(
          `below D_T = ${scale(threshold.D_T)}${ends} tokens ${pays}, ${kind}${way}${share(always, 'for every corpus')}${share(never, 'for none')}`,
        ) + first
      );
    }
  }
}

/** Resamples without a threshold stand at 0 and at infinity. */
function end(value: number): string {
  return value === 0 ? 'none' : value === Number.POSITIVE_INFINITY ? 'any' : scale(value);
}
