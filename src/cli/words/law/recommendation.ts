/** What a law advises, for people. */

import type { PhaseMap } from '../../../law/advice/phaseMap.ts';
import type { Candidate } from '../../../law/advice/recommend.ts';
import type { Edge } from '../../../law/advice/space.ts';
import type { Untold } from '../../../law/advice/threshold.ts';
import type { UncertainThreshold } from '../../../law/advice/thresholdLine.ts';
import type { RecipeKind } from '../../../law/point.ts';
import type { Advice } from '../../law/advice.ts';
import { counted, labelled, table } from '../words.ts';
import { between, figure, scale, short } from './numbers.ts';
import { paragraphs } from './runs.ts';

export function recommendationWords(advice: Advice): string {
  const { fit, fitted, recommendation, threshold, beyond, notes, map } = advice;
  const { task, best, runnersUp, scarcity } = recommendation;
  const rows: [string, string][] = [
    [
      'asked',
      `C = ${short(task.compute)} FLOPs, D_T = ${scale(task.targetTokens)} tokens of the target language`,
    ],
    [
      'law',
      `${fit.law}, fitted to ${counted(fit.rows, 'run')}${fitted.thetas.length > 0 ? `; intervals from ${counted(fitted.thetas.length, 'resample')}` : ''}`,
    ],
    ['', paragraphs(fit.form)],
    ['best', bestWords(best)],
  ];
  if (threshold) rows.push(['threshold', paragraphs(thresholdWords(threshold))]);
  if (scarcity !== null)
    rows.push([
      'scarcity',
      `x = ${short(scarcity)}: D_T over the corpus that one monolingual pass at this compute would use best`,
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
    candidateTable([best, ...runnersUp]),
    ...edgeWords([best, ...runnersUp]),
    ...(map ? [mapWords(map)] : []),
  ].join('\n\n');
}

function bestWords({ recipe, intervals, wins }: Candidate): string {
  const { kind, N, k, r, r_f, D, S, loss, spends } = recipe;
  const ratios = r >= 1 ? '' : `, r = ${short(r)}${r_f > r ? `, r_f = ${short(r_f)}` : ''}`;
  const ends = intervals
    ? ` (${between(intervals.loss.low.toFixed(3), intervals.loss.high.toFixed(3))})`
    : '';
  return [
    kind,
    `N = ${scale(N)}, k = ${short(k)}${ratios}`,
    `D = ${scale(D)} tokens${S > 0 ? `, of these ${scale(S)} of the source` : ''}${spends < 0.995 ? `; spends ${Math.round(100 * spends)} % of the compute` : ''}`,
    `predicted loss ${loss.toFixed(3)}${ends} nats per token`,
    ...(wins === null ? [] : [`this kind is best under ${Math.round(100 * wins)} % of the resamples`]),
  ].join('\n');
}

/** Every kind's best, with intervals below where there are some. */
function candidateTable(candidates: readonly Candidate[]): string {
  const head = ['kind', 'loss', 'worse by', 'N', 'k', 'r', 'r_f', 'best under'];
  const rows = candidates.flatMap(({ recipe, excess, intervals, wins }, index) => {
    const row = [
      recipe.kind,
      recipe.loss.toFixed(3),
      index === 0 ? '–' : figure(excess, 2),
      scale(recipe.N),
      short(recipe.k),
      short(recipe.r),
      short(recipe.r_f),
      wins === null ? '' : `${Math.round(100 * wins)} %`,
    ];
    if (!intervals) return [row];
    const fixed = ({ low, high }: { low: number; high: number }) => between(low.toFixed(3), high.toFixed(3));
    const ends = ({ low, high }: { low: number; high: number }, words: (value: number) => string) =>
      between(words(low), words(high));
    const below = [
      '  95 %',
      fixed(intervals.loss),
      index === 0 ? '' : ends(intervals.excess, (value) => figure(value, 2)),
      ends(intervals.N, scale),
      ends(intervals.k, short),
      ends(intervals.r, short),
      ends(intervals.r_f, short),
      '',
    ];
    return [row, below];
  });
  return table([head, ...rows]);
}

const NEARLY: readonly Edge[] = ['nearly monolingual', 'nearly single-stage'];

/** Walls at which recipes of the table stand. */
function edgeWords(candidates: readonly Candidate[]): string[] {
  const lines = candidates.flatMap(({ recipe: { kind, atEdges } }) => {
    const nearly = atEdges.filter((edge) => NEARLY.includes(edge));
    const limits = atEdges.filter((edge) => !NEARLY.includes(edge));
    return [
      ...nearly.map(
        (edge) => `${kind}: as ${edge} as this kind can be; the law would rather have it wholly so`,
      ),
      ...(limits.length > 0 ? [`${kind}: stands at the limit of ${limits.join(' and of ')}`] : []),
    ];
  });
  return lines.length > 0 ? [lines.join('\n')] : [];
}

const UNTOLD: Readonly<Record<Untold, string>> = {
  blind: 'this law cannot tell kinds of recipe apart',
  'no monolingual runs': 'this law does not speak of monolingual runs',
  'no optimal data': 'this law wants ever larger or ever smaller models, so that no corpus is scarce',
};

function thresholdWords({ threshold, interval, always, never }: UncertainThreshold): string {
  const shares = [
    ...(always > 0
      ? [`under ${Math.round(100 * always)} % of the resamples a second language always pays`]
      : []),
    ...(never > 0 ? [`under ${Math.round(100 * never)} % it never does`] : []),
  ];
  const more = shares.length > 0 ? `; ${shares.join(', ')}` : '';
  switch (threshold.state) {
    case 'untold':
      return `none: ${UNTOLD[threshold.why]}`;
    case 'always':
      return `none: at this compute a second language pays for every corpus up to ${scale(threshold.to)} tokens${more}`;
    case 'never':
      return `none: at this compute a second language never pays, down to ${scale(threshold.from)} tokens${more}`;
    case 'crossed': {
      const ends = interval ? ` (${between(end(interval.low), end(interval.high))})` : '';
      const way =
        threshold.jumps === null
          ? ''
          : threshold.jumps
            ? `, by a jump to r = ${short(threshold.bilingual.r)}`
            : ', bit by bit';
      return `below D_T = ${scale(threshold.D_T)}${ends} tokens a second language pays, ${threshold.bilingual.kind}${way}${more}`;
    }
  }
}

/** Resamples without a threshold stand at 0 and at infinity. */
function end(value: number): string {
  return value === 0 ? 'never' : value === Number.POSITIVE_INFINITY ? 'always' : scale(value);
}

const LETTER: Readonly<Record<RecipeKind, string>> = {
  'monolingual single-stage': 'm',
  'multi-lingual single-stage': '1',
  'multi-lingual two-stage': '2',
};

/** Corpora to the right, compute upwards. */
function mapWords({ computes, corpora, cells }: PhaseMap): string {
  const lines = computes.map((compute, i) => {
    const letters = corpora.map((_, j) => {
      const cell = cells[i * corpora.length + j];
      const letter = cell?.best ? LETTER[cell.best.kind] : '·';
      // Where every tenth resample would have another kind it is not sure.
      return `${letter}${cell?.certainty !== undefined && cell?.certainty !== null && cell.certainty < 0.9 ? '?' : ' '}`;
    });
    return `  ${figure(compute, 2).padStart(7)}  ${letters.join('')}`.trimEnd();
  });
  const [first = 0, last = 0] = [corpora[0], corpora.at(-1)];
  return [
    'Best kind by compute (upwards) and target tokens (to the right); m monolingual, 1 one stage, 2 two stages, ? not sure',
    ...lines.reverse(),
    `           D_T from ${scale(first)} to ${scale(last)}, even in the logarithm`,
  ].join('\n');
}
