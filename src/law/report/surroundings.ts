/** What a law says around a budget and a corpus: the best kinds, where they part, and the best epochs against scarcity. */

import { bestOfEach } from '../advice/best.ts';
import { type Collapse, collapse } from '../advice/epochs.ts';
import { distinctKinds } from '../advice/kinds.ts';
import { type PhaseMap, phaseMap } from '../advice/phaseMap.ts';
import { logSpaced } from '../advice/scales.ts';
import type { Limits } from '../advice/task.ts';
import { thresholdLine, type UncertainThreshold } from '../advice/threshold/thresholdLine.ts';
import type { FittedLaw } from './fittedLaw.ts';
import { spread } from './spread.ts';

export type Surroundings = {
  /** Null where there is one kind to choose among: a map of it would show nothing. */
  readonly map: PhaseMap | null;
  readonly line: readonly UncertainThreshold[] | null;
  readonly epochs: Collapse;
};

export type SurroundingsOptions = {
  readonly computes: readonly number[];
  readonly corpora: readonly number[];
  readonly certaintyEvery: number;
  readonly limits: Limits;
  /** Share of the loss below which a lead is none. */
  readonly noise: number;
  readonly margin?: number | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (doing: string, share: number) => void;
};

/** Resamples that are asked at each place, and budgets of the line and of the collapse. */
const MAP_RESAMPLES = 20;
const LINE_RESAMPLES = 30;
const LINE_BUDGETS = 9;
const EPOCH_RESAMPLES = 20;
const EPOCH_BUDGETS = 4;

/** From one part in a thousand of what would be optimal to more than there is use for. */
const SCARCITIES = logSpaced(1e-3, 3, 13);

export async function lookAround(
  { law, theta, thetas }: FittedLaw,
  { computes, corpora, certaintyEvery, limits, noise, margin, signal, onProgress }: SurroundingsOptions,
): Promise<Surroundings> {
  const told = (doing: string) => (share: number) => onProgress(doing, share);
  const [low = 1, high = 1] = [computes[0], computes.at(-1)];
  const hasChoice = isChoice({ law, theta, thetas }, computes, corpora, limits);
  const map = hasChoice
    ? await phaseMap(law, theta, computes, corpora, {
        limits,
        noise,
        certaintyEvery,
        signal,
        thetas: spread(thetas, MAP_RESAMPLES),
        onProgress: told('map'),
      })
    : null;
  const line = hasChoice
    ? await thresholdLine(law, theta, logSpaced(low, high, LINE_BUDGETS), {
        limits,
        margin,
        signal,
        thetas: spread(thetas, LINE_RESAMPLES),
        onProgress: told('threshold line'),
      })
    : null;
  const epochs = await collapse(law, theta, logSpaced(low, high, EPOCH_BUDGETS), SCARCITIES, {
    limits,
    signal,
    thetas: spread(thetas, EPOCH_RESAMPLES),
    onProgress: told('best epochs'),
  });
  return { map, line, epochs };
}

/** Whether more than one kind is possible, somewhere in the middle. */
function isChoice(
  { law, theta }: FittedLaw,
  computes: readonly number[],
  corpora: readonly number[],
  limits: Limits,
): boolean {
  const kinds = distinctKinds(law).filter((kind) => limits.kinds?.includes(kind) !== false);
  if (kinds.length < 2) return false;
  const compute = computes[computes.length >> 1] ?? 1;
  const targetTokens = corpora[corpora.length >> 1] ?? 1;
  return bestOfEach(law, theta, { compute, targetTokens, limits }).length > 1;
}
