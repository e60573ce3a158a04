/** What `m3lab reproduce` says while it trains: what each round is for, and what a sweep says of its runs. */

import type { ManifestRun } from '../../../formats/manifest.ts';
import { dropReasons } from '../../../sweep/design/planSweep.ts';
import type { ReproduceEvent, RoundFacts } from '../../../sweep/reproduce/events.ts';
import type { Replaced } from '../../../sweep/reproduce/place.ts';
import type { Io } from '../../io.ts';
import { reasonLines } from '../sweepPlan.ts';
import { Teller } from '../sweepRun.ts';
import { amount, counted } from '../words.ts';

export class ReproduceTeller {
  readonly #io: Io;
  readonly #out: string;
  #sweep: Teller | null = null;
  #waitingFor = '';

  constructor(io: Io, out: string) {
    this.#io = io;
    this.#out = out;
  }

  round(facts: RoundFacts, lines: readonly ManifestRun[]): void {
    const io = this.#io;
    io.progress('');
    // No task is chosen: a round does all of its own.
    this.#sweep = new Teller(lines, { tasks: [], total: 0, by: '' }, io);
    if (io.json) io.value({ event: 'round', ...facts });
    io.say(roundWords(facts, this.#out));
  }

  tell(event: ReproduceEvent): void {
    const io = this.#io;
    if (event.event !== 'waiting') {
      this.#sweep?.tell(event);
      return;
    }
    const { runs, holder } = event;
    const words = `waiting for ${counted(runs.length, 'run')} of process ${holder.pid} on ${holder.host}: the next round needs them`;
    io.progress('');
    // Every look finds them again; whoever holds some is said once.
    if (holder.owner === this.#waitingFor) return;
    this.#waitingFor = holder.owner;
    if (io.json) io.value(event);
    io.say(words);
  }
}

export function roundWords(facts: RoundFacts, out: string): string {
  const { round, why, index, rounds, runs, found, dropped, merged, flops, savedFlops, manifest } = facts;
  const { replaced } = facts;
  const open = runs - found;
  const parts = [
    counted(runs, 'run'),
    ...(found > 0 ? [`${found.toLocaleString('en')} found`] : []),
    ...(open > 0 ? [`${open.toLocaleString('en')} to train, ${amount(flops, 'FLOP')} (6·N·D)`] : []),
    ...(savedFlops > 0 ? [`${amount(savedFlops, 'FLOP')} of it saved by runs that begin alike`] : []),
    ...(merged > 0 ? [`${merged.toLocaleString('en')} asked for twice`] : []),
  ];
  const what = runs === 0 ? 'nothing to ask for, after what is known' : parts.join(', ');
  return [
    `round ${index} of ${rounds}, ${round}: ${why}`,
    `  ${what}`,
    ...(dropped.length > 0
      ? [
          `  ${counted(dropped.length, 'run')} left out:`,
          ...reasonLines(dropReasons(dropped)).map((line) => `  ${line}`),
        ]
      : []),
    ...(replaced ? [`  ${replacedWords(replaced, out)}`] : []),
    ...(manifest !== null && open > 0 ? [`  manifest: ${out}/${manifest}`] : []),
  ].join('\n');
}

/** Said, and not refused: what is finished counts as far as it is still asked for. */
export function replacedWords({ keptAs, runsBefore, inBoth }: Replaced, out: string): string {
  return `note: this round asked for other runs in this folder before, by another version of m3lab or other results: ${counted(runsBefore, 'run')}, ${inBoth.toLocaleString('en')} of them as now; its manifest is kept as ${out}/${keptAs}`;
}
