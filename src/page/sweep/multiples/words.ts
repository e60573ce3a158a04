/** What is said under small charts, and of all of them together. */

import type { SweepRun } from '../../../worker/api/sweep.ts';
import type { Curve } from '../curves.ts';
import type { Domain } from './scale.ts';
import { spreadOf } from './spread.ts';

const DIGITS = 3;

/** How well a chart's runs do by now: "2.110 bits, the mean of 3 seeds (2.101 to 2.124)"; of seeds what all of them have reached. */
export function lossWords(runs: readonly Pick<SweepRun, 'seed'>[], curves: readonly Curve[]): string {
  const latest = curves.flatMap(({ bits }) => bits.at(-1) ?? []);
  if (latest.length === 0) return 'nothing measured yet';
  const best = `${Math.min(...latest).toFixed(DIGITS)} bits`;
  if (runs.length === 1) return best;
  const spread = spreadOf(runs, curves);
  if (!spread) return `${best}, the best of ${latest.length} ${latest.length === 1 ? 'run' : 'runs'}`;
  const [mean = 0, low = 0, high = 0] = [spread.mean.bits, spread.low, spread.high].map((all) => all.at(-1));
  return `${mean.toFixed(DIGITS)} bits, the mean of ${latest.length} seeds (${low.toFixed(DIGITS)} to ${high.toFixed(DIGITS)})`;
}

const AXES =
  'Bits per byte on held-out text of the target, by tokens read; all charts share their axes, both logarithmic.';
const SEEDS =
  ' Where a recipe has several seeds, the line is their mean, the band goes from the lowest to the highest, and faint lines are the seeds themselves.';

/** @param domain null as long as nothing was measured */
export function captionWords(curves: readonly Curve[], domain: Domain | null, hasSeeds: boolean): string {
  const floors = curves.flatMap(({ floorBits }) => floorBits ?? []);
  const said = `${AXES}${hasSeeds ? SEEDS : ''}`;
  if (floors.length === 0 || !domain) return said;
  const lowest = Math.min(...floors);
  return lowest >= domain.bits[0]
    ? `${said} The dotted line is what no model can go below.`
    : `${said} No model can go below ${lowest.toFixed(2)} bits, which lies further down.`;
}
