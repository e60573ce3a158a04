/** What `m3lab sweep plan` says: how many runs, what was left out and why, what it will cost. */

import { RUN_KINDS } from '../../formats/record.ts';
import type { FleetEstimate, SweepEstimate } from '../../sweep/design/estimate.ts';
import { type DropReason, dropReasons, type SweepPlan } from '../../sweep/design/planSweep.ts';
import type { Savings } from '../../sweep/design/savings.ts';
import { amount, counted, duration, table } from './words.ts';

/** Runs of one kind. */
export type KindSummary = {
  readonly kind: string;
  readonly runs: number;
  readonly steps: number;
  /** Tokens that are read, of both languages. */
  readonly tokens: number;
  readonly flops: number;
};

export type PlanSummary = {
  readonly runs: number;
  readonly merged: number;
  readonly dropped: number;
  readonly reasons: readonly DropReason[];
  /** Runs that a warning is about. */
  readonly warnings: readonly { readonly count: number; readonly message: string }[];
  readonly kinds: readonly KindSummary[];
  readonly flops: number;
  /** What need not be trained, since runs begin alike; FLOPs are counted as the others are, and `flops` holds them too. */
  readonly saved: { readonly forks: number; readonly steps: number; readonly flops: number };
  /** How they were counted. */
  readonly flopsBy: 'engine' | '6ND';
  /** Null where nothing was measured, as are `seconds` and `software`. */
  readonly fleets: readonly FleetEstimate[] | null;
  readonly seconds: number | null;
  readonly software: boolean | null;
};

export function planSummary(
  { runs, dropped, merged }: SweepPlan,
  estimate: SweepEstimate | null,
  { forks, steps: savedSteps, flops: savedFlops }: Omit<Savings, 'stepsOf'>,
): PlanSummary {
  const kinds = RUN_KINDS.map((kind) => {
    const ofKind = runs.filter(({ nominal }) => nominal.kind === kind);
    const sum = (of: (run: (typeof runs)[number]) => number) =>
      ofKind.reduce((total, run) => total + of(run), 0);
    return {
      kind,
      runs: ofKind.length,
      steps: sum(({ steps }) => steps),
      tokens: sum(({ steps, config: { optimizer, model } }) => steps * optimizer.batch * model.context),
      flops: sum(({ flops }) => flops),
    };
  }).filter(({ runs: count }) => count > 0);
  const warned = runs.flatMap(({ id, warnings }) =>
    warnings.map((message) => ({ name: id, field: '', problem: message })),
  );
  return {
    runs: runs.length,
    merged,
    dropped: dropped.length,
    reasons: dropReasons(dropped),
    warnings: dropReasons(warned).map(({ count, problem }) => ({ count, message: problem })),
    kinds,
    flops: kinds.reduce((sum, { flops }) => sum + flops, 0),
    saved: { forks, steps: savedSteps, flops: savedFlops },
    flopsBy: estimate ? 'engine' : '6ND',
    fleets: estimate?.fleets ?? null,
    seconds: estimate?.seconds ?? null,
    software: estimate?.software ?? null,
  };
}

export function planWords(summary: PlanSummary): string {
  const { merged, dropped, reasons, warnings } = summary;
  const parts = [
    kindTable(summary),
    merged > 0 &&
      `${counted(merged, 'combination')} asked for a run that was there already; it is planned once`,
    dropped > 0 && [`${counted(dropped, 'combination')} left out:`, ...reasonLines(reasons)].join('\n'),
    ...warnings.map(
      ({ count, message }) =>
        `warning: ${counted(count, 'run')}: ${message}${count > 1 ? ' (the first of them)' : ''}`,
    ),
    costWords(summary),
    savedWords(summary),
  ];
  return parts.filter((part) => part !== false).join('\n\n');
}

/** A line for each reason, with the names of the first that it is about. */
export function reasonLines(reasons: readonly DropReason[]): string[] {
  return reasons.map(({ count, field, problem, examples }) => {
    const names = `${examples.join('; ')}${count > examples.length ? '; …' : ''}`;
    return `  ${count.toLocaleString('en')} × ${field === '' ? '' : `${field}: `}${problem}\n      (${names})`;
  });
}

function kindTable({ kinds, runs, flops }: PlanSummary): string {
  const row = (one: KindSummary) => [
    one.kind,
    one.runs.toLocaleString('en'),
    one.steps.toLocaleString('en'),
    amount(one.tokens),
    amount(one.flops),
  ];
  const sum = (of: (one: KindSummary) => number) => kinds.reduce((total, one) => total + of(one), 0);
  const all = {
    kind: 'all',
    runs,
    steps: sum(({ steps }) => steps),
    tokens: sum((one) => one.tokens),
    flops,
  };
  const rows = kinds.length === 1 ? kinds.map(row) : [...kinds, all].map(row);
  return table([['kind', 'runs', 'steps', 'tokens', 'FLOP'], ...rows]);
}

function costWords({ flops, fleets, seconds, software }: PlanSummary): string {
  if (!fleets || seconds === null) {
    return `${amount(flops, 'FLOP')} in all, as 6·N·D; the engine counts more, and no device was asked for memory and time`;
  }
  const head = ['N', 'batch', 'runs', 'side by side', 'memory', 'tokens/s', 'FLOP/s', 'time'];
  const rows = fleets.map((fleet) => [
    amount(fleet.N),
    String(fleet.batch),
    fleet.runs.toLocaleString('en'),
    fleet.size.toLocaleString('en'),
    amount(fleet.bytes, 'B'),
    amount(fleet.tokensPerSecond),
    amount(fleet.flopsPerSecond),
    duration(fleet.seconds),
  ]);
  const device = software ? 'this device, where a processor does the work' : 'this device';
  return [
    table([head, ...rows]),
    `${amount(flops, 'FLOP')} in all, as the engine counts them; about ${duration(seconds)} on ${device}, validations included`,
  ].join('\n');
}

function savedWords({ saved, flops, fleets }: PlanSummary): string | false {
  if (saved.forks === 0) return false;
  const share = Math.round((100 * saved.flops) / flops);
  return (
    `${counted(saved.forks, 'run')} begin${saved.forks === 1 ? 's' : ''} as another does and go${saved.forks === 1 ? 'es' : ''} on from its ` +
    `checkpoint: ${counted(saved.steps, 'step')} and ${amount(saved.flops, 'FLOP')} (${share} %) of these are not trained twice` +
    `${fleets ? '; the time is without them' : ''}`
  );
}

export const DESIGN_HELP = `A design is a train config (m3lab train --help) in which what is left out may follow, with besides:
  grid          {"recipe.ratio": [0.25, 1], "model": [{"layers": 2, "width": 32}, …], …}: lists for fields and sections; every
                combination is a run
  compute       [C, …] in FLOP, 6·N·D: where recipe.epochs is left out, each run is as long as C allows
                (k = C·r/(6·N·D_T)); where it is given, runs that take more are left out
  seeds         [0, 1, …]
  warmupSteps   steps of warm-up, instead of optimizer.warmup, a share of the run
  recipe.finalShare
                the last stage's share of the tokens, instead of recipe.ratio: r = r_1·(1 − s) + r_f·s
  dropRepeatedSource
                true: leave out runs that read source text more than once
  adaptive      {"runs": n, "compute": C}: n runs a round, the first spread over the design, each further round chosen by what the runs
                given with --given leave open about the threshold D_T^c(C), below which source text is worth mixing in
  tags          {"experiment": "…"}: words that the design's runs carry in the manifest
Several designs make one manifest: {"version": 1, "designs": [{…}, …]}. A run that is asked for twice is planned once.

Example: {"version": 1, "name": "kinds", "corpora": {"target": "world:sw", "source": "world:en"},
  "grid": {"recipe.targetTokens": [8192, 32768], "recipe.ratio": [1, 0.25]}, "compute": [3.7e10], "seeds": [0, 1]}`;
