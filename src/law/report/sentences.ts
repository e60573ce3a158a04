/** What a law advises, in sentences without a full stop: the same on a terminal and on a page. */

import type { Candidate, Recommendation } from '../advice/recommend.ts';
import { NEARLY } from '../advice/space.ts';
import type { Untold } from '../advice/threshold/threshold.ts';
import type { UncertainThreshold } from '../advice/threshold/thresholdLine.ts';
import type { Gap } from '../advice/told.ts';
import type { Advice } from './advice.ts';
import { between, figure, percent, scale, short } from './numbers.ts';

/** How surely it is the best, and whether that would be seen. */
export function leadSentences({
  best,
  ties,
  close,
  tied,
  noise,
  runnersUp,
}: Pick<Recommendation, 'best' | 'ties' | 'close' | 'tied' | 'noise' | 'runnersUp'>): string[] {
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
  ];
}

export const UNTOLD_WORDS: Readonly<Record<Untold, string>> = {
  blind: 'this law cannot tell kinds of recipe apart',
  'no monolingual runs': 'this law does not speak of monolingual runs',
  'no optimal data': 'this law wants ever larger or ever smaller models, so that no corpus is scarce',
};

/** Below which corpus a second language pays, and how: at once or bit by bit. */
export function thresholdSentence(found: UncertainThreshold, margin: number): string {
  const { threshold, interval } = found;
  // Without resamples there are no shares.
  const { always, never, untold } = found.interval === null ? { always: 0, never: 0, untold: 1 } : found;
  const pays = margin > 0 ? `a second language leads by ${figure(margin, 3)} nats` : 'a second language pays';
  const share = (part: number, words: string) =>
    part > 0 ? `; under ${percent(part)} of the resamples ${words}` : '';
  switch (threshold.state) {
    case 'untold':
      return `none: ${UNTOLD_WORDS[threshold.why]}`;
    case 'always':
      return `none: at this compute ${pays} for every corpus up to ${scale(threshold.to)} tokens${share(1 - always - untold, 'not for all')}`;
    case 'never':
      return `none: at this compute ${pays} for no corpus, down to ${scale(threshold.from)} tokens${share(1 - never - untold, 'for some')}`;
    case 'crossed': {
      const ends = interval ? ` (${between(end(interval.low), end(interval.high))})` : '';
      const { r, kind } = threshold.bilingual;
      const way =
        threshold.jumps === null
          ? ''
          : threshold.jumps
            ? `, with ${percent(1 - r)} source tokens at once`
            : ', with few source tokens at first and more as D_T falls';
      return `below D_T = ${scale(threshold.D_T)}${ends} tokens ${pays}, ${kind}${way}${share(always, 'for every corpus')}${share(never, 'for none')}`;
    }
  }
}

/** Resamples without a threshold stand at 0 and at infinity. */
function end(value: number): string {
  return value === 0 ? 'none' : value === Number.POSITIVE_INFINITY ? 'any' : scale(value);
}

/** Null where the law has none, and where there is none beside the threshold that was asked for. */
export function firstOrderSentence({
  margin,
  firstOrder,
  threshold,
}: Pick<Advice, 'margin' | 'firstOrder' | 'threshold'>): string | null {
  if (firstOrder === null || margin > 0 || threshold?.threshold.state !== 'crossed') return null;
  return `to first order from k = ${short(firstOrder.k)} passes on, at D_T = ${scale(firstOrder.targetTokens)} (x = ${short(firstOrder.x)})`;
}

export function scarcitySentence(scarcity: number, targetTokens: number): string {
  return `x = D_T/D*(C) = ${short(scarcity)}, where D*(C) = ${scale(targetTokens / scarcity)} tokens: so much text of one language, read once, would make the best use of this compute`;
}

export function beyondSentence(beyond: readonly string[]): string {
  return `${beyond.join(', ')} of this recipe ${beyond.length === 1 ? 'lies' : 'lie'} outside the runs of the fit: an extrapolation`;
}

/** What no run tells; `help` is a run of the missing kind, e.g. by {@link helpWords}. */
export function gapSentence({ what, reason, wanted }: Gap, help = ''): string {
  return `${what}: ${reason}, so that nothing is advised on it; ${wanted} would tell${help}`;
}

/** A run of the kind that is missing, where the fit proposes one. */
export function helpWords({ nextRuns = [] }: Pick<Advice['fit'], 'nextRuns'>, what: Gap['what']): string {
  const run = nextRuns.find(({ k, r, r_f }) =>
    what === 'repetition' ? k > 1 : what === 'two stages' ? r_f > r : r < 1,
  );
  if (!run) return '';
  const { N, D_T, k, r, r_f } = run;
  return `, one of them e.g. N = ${scale(N)}, D_T = ${scale(D_T)}, k = ${short(k)}, r = ${short(r)}, r_f = ${short(r_f)}`;
}

/** Walls at which recipes stand. */
export function edgeSentences(candidates: readonly Candidate[]): string[] {
  return candidates.flatMap(({ recipe: { kind, atEdges } }) => {
    const nearly = atEdges.filter((edge) => NEARLY.includes(edge));
    const limits = atEdges.filter((edge) => !NEARLY.includes(edge));
    return [
      ...nearly.map(
        (edge) => `${kind}: as ${edge} as this kind can be; the law would rather have it wholly so`,
      ),
      ...(limits.length > 0 ? [`${kind}: stands at the limit of ${limits.join(' and of ')}`] : []),
    ];
  });
}
