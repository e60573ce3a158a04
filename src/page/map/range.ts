/** What of C and D_T the map shows. */

import type { Domain } from '../../figures/ticks.ts';
import type { FitFile } from '../../formats/fit.ts';
import { logSpaced } from '../../law/advice/scales.ts';
import type { MapCase } from './mapAddress.ts';

export type Range = { readonly compute: Domain; readonly targetTokens: Domain };

/** Cells a side: one more than a power of two of its first strides, so that each level halves the last. */
export const MAP_CELLS = 25;

/** How far the map reaches beyond the runs by itself: what lies further nobody asked about. */
const BELOW = 3;
const ABOVE = 10;
/** A case that is further away than this does not widen the map by itself. */
const FAR = 1e4;
/** Room around a case that does. */
const AROUND = 3;
/** A map shows this much of each at least. */
const NARROWEST = 4;

/** What the runs of the fit reach; of one value it is that one twice. */
export function spanOf({ extent }: Pick<FitFile, 'extent'>): Range {
  return { compute: extent.C ?? [1, 1], targetTokens: extent.D_T ?? [1, 1] };
}

/** Around the runs, and as far as the case, if that is not far. */
export function rangeAround(span: Range, { compute, targetTokens }: MapCase): Range {
  return {
    compute: widened(span.compute, compute),
    targetTokens: widened(span.targetTokens, targetTokens),
  };
}

function widened([low, high]: Domain, asked: number | null): Domain {
  const [from, to] = [low / BELOW, high * ABOVE];
  if (asked === null || asked < low / FAR || asked > high * FAR) return [from, to];
  return [Math.min(from, asked / AROUND), Math.max(to, asked * AROUND)];
}

/** In order, and not so narrow that there is nothing to see. */
export function soundRange(low: number, high: number): Domain {
  const [from, to] = low <= high ? [low, high] : [high, low];
  if (to / from >= NARROWEST) return [from, to];
  const middle = Math.sqrt(from * to);
  const half = Math.sqrt(NARROWEST);
  return [middle / half, middle * half];
}

/** The same middle, `factor` times as wide on the logarithmic axis. */
export function zoomed({ compute, targetTokens }: Range, factor: number): Range {
  return { compute: stretched(compute, factor), targetTokens: stretched(targetTokens, factor) };
}

function stretched([low, high]: Domain, factor: number): Domain {
  const middle = Math.sqrt(low * high);
  const half = (high / middle) ** factor;
  return soundRange(middle / half, middle * half);
}

export function axesOf({ compute, targetTokens }: Range): { computes: number[]; corpora: number[] } {
  return {
    computes: logSpaced(compute[0], compute[1], MAP_CELLS),
    corpora: logSpaced(targetTokens[0], targetTokens[1], MAP_CELLS),
  };
}

export function isWithinRange({ compute, targetTokens }: Range, at: MapCase): boolean {
  return (
    (at.compute === null || (at.compute >= compute[0] && at.compute <= compute[1])) &&
    (at.targetTokens === null || (at.targetTokens >= targetTokens[0] && at.targetTokens <= targetTokens[1]))
  );
}
