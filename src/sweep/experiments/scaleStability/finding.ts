/** The claim that the best size does not depend on how much target text there is, held against the runs. */

import type { Finding } from '../experiment.ts';
import { decimals, noiseWords, tokenWords } from '../spread.ts';
import { everywhere, type ScaleLoss, type ScalePlace } from './measured.ts';

/** With less of a difference in D_T nothing is said about scarcity. */
const LEAST_SPAN = 16;
/** Of these one is neither the smallest nor the largest. */
const FEWEST_SIZES = 3;

type Outcome = Pick<Finding, 'verdict' | 'measured' | 'wouldChange'>;

export function scaleFinding(places: readonly ScalePlace[]): Finding {
  return {
    name: 'best scale',
    claim: 'At a fixed budget the best model size is the same however little target text there is.',
    source: 'arXiv 2410.12325, first version',
    ...outcomeOf(places),
  };
}

function outcomeOf(places: readonly ScalePlace[]): Outcome {
  const missing = missingWords(places);
  if (missing !== null) {
    return {
      verdict: 'undecided',
      measured: [missing, placesWords(places)].filter((words) => words !== '').join(' '),
      wouldChange: `Runs of at least ${FEWEST_SIZES} sizes at amounts of target text that differ ${LEAST_SPAN}-fold.`,
    };
  }
  const words = `${placesWords(places)} ${keepingWords(places)}`;
  const possible = everywhere(places, ['best', 'tied', 'unclear']);
  if (possible.length === 0) {
    return {
      verdict: 'not reproduced',
      measured: `No size is among the best everywhere: the best one moves with the target text. ${words}`,
      wouldChange:
        'Seeds or recipes under which one size is as good as the best at every amount of target text.',
    };
  }
  const good = everywhere(places, ['best', 'tied']);
  if (good.length === 0) {
    return {
      verdict: 'undecided',
      measured: `No size is as good as the best everywhere, but seeds differ too much to say that the best one moves. ${words}`,
      wouldChange: 'More seeds of each size: they either part the sizes or make them equal.',
    };
  }
  const flat = places.filter(({ scales }) => scales.every(({ standing }) => standing !== 'worse'));
  if (flat.length > 0) {
    const where = flat.map(({ targetTokens }) => tokenWords(targetTokens)).join(' and ');
    return {
      verdict: 'undecided',
      measured: `The optimum is flat: at D_T = ${where} no size is certainly worse than the best, so nothing can be seen to stay or to move. ${words}`,
      wouldChange: 'Sizes further apart, or more seeds.',
    };
  }
  const inside = good.filter((N) => places.every((place) => isInside(place, N)));
  if (inside.length === 0) {
    return {
      verdict: 'undecided',
      measured: `Only the ${good.every((N) => isSmallest(places, N)) ? 'smallest' : 'largest'} size that was run is among the best everywhere, so the best one may lie outside, and move there. ${words}`,
      wouldChange: 'Sizes beyond those that were run.',
    };
  }
  return {
    verdict: 'reproduced',
    measured: `${sizesWords(inside)} ${inside.length === 1 ? 'is' : 'are'} best, or tied with the best, at every amount of target text. ${words}`,
    wouldChange:
      'Sizes nearer to each other and more seeds: a move smaller than the step between sizes is not seen.',
  };
}

function missingWords(places: readonly ScalePlace[]): string | null {
  const fewest = Math.min(...places.map(({ scales }) => scales.length));
  const tokens = places.map(({ targetTokens }) => targetTokens);
  if (places.length === 0) return 'There are no runs of two sizes at one amount of target text.';
  if (Math.max(...tokens) < LEAST_SPAN * Math.min(...tokens)) {
    return `The amounts of target text that were run differ less than ${LEAST_SPAN}-fold.`;
  }
  return fewest < FEWEST_SIZES ? `At one amount of target text only ${fewest} sizes were run.` : null;
}

/** The noise of each D_T, or of all where it is the same. */
function placesWords(places: readonly ScalePlace[]): string {
  const noises = places.map(({ noise }) => noiseWords(noise));
  const isCommon = new Set(noises).size === 1;
  const words = places.map((place, index) => `${placeWords(place)}${isCommon ? '' : `; ${noises[index]}`}.`);
  const [common = ''] = isCommon ? noises : [];
  return [...words, ...(common === '' ? [] : [`${common.charAt(0).toUpperCase()}${common.slice(1)}.`])].join(
    ' ',
  );
}

/** E.g. “D_T = 262,144: best N = 20,864 at 2.284 bits per byte; 10,384 is worse (by 0.210 ± 0.040), 33,472 is tied (by 0.012 ± 0.040)”. */
function placeWords({ targetTokens, scales, best, halfErrors }: ScalePlace): string {
  const others = scales.filter(({ standing }) => standing !== 'best');
  const words = others.map(({ N, standing, margin, error }) => {
    const by = `${decimals(margin)} ± ${decimals(halfErrors * error)}`;
    return `${tokenWords(N)} is ${STANDINGS[standing]} (by ${by})`;
  });
  return `D_T = ${tokenWords(targetTokens)}: best N = ${tokenWords(best.N)} at ${best.cell.reported.toFixed(3)} bits per byte; ${words.join(', ')}`;
}

const STANDINGS: Readonly<Record<ScaleLoss['standing'], string>> = {
  best: 'best',
  tied: 'tied',
  unclear: 'neither tied nor certainly worse',
  worse: 'worse',
};

/** What it costs to choose the size where text is plenty, and stay with it. */
function keepingWords([plenty, ...others]: readonly ScalePlace[]): string {
  if (!plenty) return '';
  const costs = others.flatMap(({ targetTokens, scales, halfErrors }) => {
    const kept = scales.find(({ N }) => N === plenty.best.N);
    if (!kept) return [];
    const half = halfErrors * kept.error;
    const cost =
      kept.standing === 'best' ? 'nothing' : `${decimals(kept.margin)} ± ${decimals(half)} bits per byte`;
    return [`${cost} at D_T = ${tokenWords(targetTokens)}`];
  });
  return `Keeping the N that is best with the most text costs ${costs.join(' and ')}.`;
}

function isInside({ scales }: ScalePlace, N: number): boolean {
  return scales.some((one) => one.N < N) && scales.some((one) => one.N > N);
}

function isSmallest(places: readonly ScalePlace[], N: number): boolean {
  return places.every(({ scales }) => scales.every((one) => one.N >= N));
}

function sizesWords(sizes: readonly number[]): string {
  return `N = ${sizes.map(tokenWords).join(' and ')}`;
}
