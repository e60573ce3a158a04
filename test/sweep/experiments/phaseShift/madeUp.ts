/** Results that nobody trained: the runs that an experiment asks for, round by round, with losses from a formula. */

import type { RunRecord } from '../../../../src/formats/record.ts';
import { normalStream } from '../../../../src/model/llama/initialise.ts';
import type { PlannedRun } from '../../../../src/sweep/design/complete.ts';
import { joinTags } from '../../../../src/sweep/design/expand.ts';
import { planSweep } from '../../../../src/sweep/design/planSweep.ts';
import type { TextFacts } from '../../../../src/sweep/design/texts.ts';
import type { ResultRun, Round } from '../../../../src/sweep/experiments/experiment.ts';
import type { Setting } from '../../../../src/sweep/experiments/settings.ts';

/** Of the built-in texts of 8 MB, about. */
const SIZES = { training: 7_600_000, validation: 400_000 };

const TEXTS: TextFacts = {
  vocabulary: 257,
  target: SIZES,
  source: SIZES,
  hashes: { target: 'ab'.repeat(32), source: 'cd'.repeat(32), tokenizer: 'ef'.repeat(32) },
};

export type MadeUpRun = Pick<PlannedRun, 'config' | 'nominal'>;

export type World = {
  /** Bits per byte. */
  readonly lossOf: (run: MadeUpRun) => number;
  /** Standard deviation from seed to seed, bits per byte; the two halves share it. */
  readonly noise: number;
  readonly seed?: number;
};

export type MadeUp = {
  readonly results: readonly ResultRun[];
  /** What each round asked for and was planned. */
  readonly rounds: readonly { readonly name: string; readonly runs: readonly PlannedRun[] }[];
  readonly dropped: readonly { readonly name: string; readonly problem: string }[];
};

/** Every round in its turn, each on the results of those before. */
export async function runRounds(rounds: readonly Round[], setting: Setting, world: World): Promise<MadeUp> {
  const results = new Map<string, ResultRun>();
  const planned: { name: string; runs: readonly PlannedRun[] }[] = [];
  const dropped: { name: string; problem: string }[] = [];
  for (const round of rounds) {
    const designs = round.designs([...results.values()], setting);
    const plan = await planSweep(designs, { readTexts: async (configs) => configs.map(() => TEXTS) });
    dropped.push(...plan.dropped);
    planned.push({ name: round.name, runs: plan.runs });
    for (const run of plan.runs) {
      const before = results.get(run.id);
      results.set(
        run.id,
        before ? { ...before, tags: joinTags(before.tags, run.tags) } : resultOf(run, world),
      );
    }
  }
  return { results: [...results.values()], rounds: planned, dropped };
}

/** Held-out windows are few: their halves differ, alike for all runs. */
const HALVES_APART = 0.02;

function resultOf(run: PlannedRun, { lossOf, noise, seed = 1 }: World): ResultRun {
  const normal = normalStream(seed, Number.parseInt(run.id.slice(0, 7), 16));
  const loss = lossOf(run) + noise * normal();
  // The halves are different text.
  const halves = [1, -1].map((sign) => loss + sign * HALVES_APART + 0.1 * noise * normal());
  const status = Number.isFinite(loss) ? 'done' : 'diverged';
  const final = { targetBitsPerByte: loss, targetHalvesBitsPerByte: halves };
  const record = { id: run.id, config: run.config, status, final } as unknown as RunRecord;
  return { id: run.id, config: run.config, tags: run.tags, nominal: run.nominal, record };
}
