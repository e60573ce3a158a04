/** What `m3lab reproduce NAME --plan` says: what is done, what comes next, what it takes. */

import { type DropReason, dropReasons } from '../../../sweep/design/planSweep.ts';
import { addedCosts, type Cost, type Forecast } from '../../../sweep/reproduce/forecast.ts';
import type { Asked } from '../../../sweep/reproduce/place.ts';
import { reasonLines } from '../sweepPlan.ts';
import { amount, counted, duration, labelled } from '../words.ts';
import { replacedWords } from './teller.ts';

/** A GPU of a laptop, in FLOP/s of 32-bit floats. */
const REFERENCE_PEAK = 1e12;
/** Of that peak, as fleets of small models may reach it. */
const GPU_SHARES = { likely: 0.25, low: 0.05 } as const;

export type ForecastSummary = {
  readonly experiment: string;
  readonly budget: string;
  readonly finished: Forecast['finished'];
  readonly rounds: number;
  readonly next: {
    readonly round: string;
    readonly why: string;
    readonly index: number;
    readonly runs: number;
    readonly found: number;
    readonly dropped: readonly DropReason[];
    readonly manifest: string;
    /** That it asked for other runs before, in words. */
    readonly replaced: string | null;
    readonly cost: Cost;
  } | null;
  /** About, and at most under the typical outcome; null where nobody can say. */
  readonly later: Cost | null;
  readonly all: Cost | null;
  /** Measured here, in FLOP/s of our own matmul; null where no device was asked. */
  readonly peakFlopsPerSecond: number | null;
  /** Of that peak, over training and validation. */
  readonly shareOfPeak: number | null;
  /** All of it on a GPU of 1 TFLOP/s, if it reached that share. */
  readonly secondsAtTeraflop: number | null;
};

export function forecastSummary(
  { experiment, setting }: Asked,
  { finished, next, later }: Forecast,
  out: string,
  peak: number | null,
): ForecastSummary {
  const all = next && later ? addedCosts(next.cost, later) : (next?.cost ?? null);
  const trained = all ? all.flops - all.savedFlops : 0;
  const share = peak !== null && all?.seconds ? trained / all.seconds / peak : null;
  return {
    experiment: experiment.name,
    budget: setting.budget,
    finished,
    rounds: experiment.rounds.length,
    next: next && {
      round: next.planned.round.name,
      why: next.planned.round.why,
      index: next.index,
      runs: next.planned.lines.length,
      found: next.found,
      dropped: dropReasons(next.planned.dropped),
      manifest: `${out}/${next.manifest}`,
      replaced: next.replaced && replacedWords(next.replaced, out),
      cost: next.cost,
    },
    later,
    all,
    peakFlopsPerSecond: peak,
    shareOfPeak: share,
    secondsAtTeraflop: share === null || share === 0 ? null : trained / (REFERENCE_PEAK * share),
  };
}

export function forecastWords(summary: ForecastSummary): string {
  const { experiment, budget, finished, rounds, next, later, all, shareOfPeak, secondsAtTeraflop } = summary;
  const title = `${experiment}, budget ${budget}`;
  if (!next) {
    return `${title}: all ${counted(rounds, 'round')} are finished, ${counted(finished.runs, 'run')}; the same command without --plan reports on them`;
  }
  const isAfterAll = next.index === rounds;
  const rows: [string, string][] = [
    ...(finished.rounds > 0
      ? [
          ['finished', `${counted(finished.rounds, 'round')}, ${counted(finished.runs, 'run')}`] as [
            string,
            string,
          ],
        ]
      : []),
    [
      'next round',
      [
        `${next.index} of ${rounds}, ${next.round}: ${next.why}`,
        `${counted(next.runs, 'run')}${next.found > 0 ? `, ${next.found.toLocaleString('en')} of them finished` : ''}`,
        costWords(next.cost),
        ...(next.dropped.length > 0 ? ['left out:', ...reasonLines(next.dropped)] : []),
        ...(next.replaced === null ? [] : [next.replaced]),
        `manifest: ${next.manifest}`,
      ].join('\n'),
    ],
  ];
  if (later) rows.push(['later rounds', `about ${counted(later.runs, 'run')}\n${costWords(later)}`]);
  else if (!isAfterAll) rows.push(['later rounds', 'what they ask for is known when this one is finished']);
  if (later && all) rows.push(['together', costWords(all)]);
  const onGpu = all && gpuWords(all, shareOfPeak, secondsAtTeraflop);
  if (onGpu) rows.push(['on a GPU', `${later || isAfterAll ? 'all of it' : 'this round'} about ${onGpu}`]);
  return `${title}\n${labelled(rows)}`;
}

/** Null on a GPU, whose own time is said. A processor's share of its peak is no GPU's, so the time at a low share stands beside it. */
function gpuWords(all: Cost, share: number | null, seconds: number | null): string | null {
  const { likely, low } = GPU_SHARES;
  const at = (one: number) => duration((all.flops - all.savedFlops) / (REFERENCE_PEAK * one));
  const gpu = `on one of ${amount(REFERENCE_PEAK, 'FLOP/s')} (fp32 peak)`;
  if (all.software === null)
    return `${at(likely)} to ${at(low)} ${gpu}, at ${percent(likely)} to ${percent(low)} of it; nothing was measured`;
  if (!all.software || share === null || seconds === null) return null;
  return `${duration(seconds)} ${gpu}, were its share of peak that of this processor (${percent(share)}); at ${percent(low)} about ${at(low)}`;
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}

function costWords({ flops, savedFlops, flopsBy, seconds, software }: Cost): string {
  const how = flopsBy === 'engine' ? 'as the engine counts them' : 'as 6·N·D; the engine counts more';
  const net = `${amount(flops - savedFlops, 'FLOP')} (${how})`;
  const saved = savedFlops > 0 ? `, ${amount(savedFlops, 'FLOP')} saved by runs that begin alike` : '';
  const here = software ? 'this device, where a processor does the work' : 'this device';
  return `${net}${saved}${seconds === null ? '' : `; about ${duration(seconds)} on ${here}`}`;
}
