/** Texts as a plan knows them, and designs on them. */

import type { SweepDesign } from '../../../src/formats/sweepDesignFields.ts';
import { parameterTable } from '../../../src/model/llama/parameters.ts';
import type { PlannedRun } from '../../../src/sweep/design/complete.ts';
import { planSweep, type SweepPlan } from '../../../src/sweep/design/planSweep.ts';
import type { TextFacts } from '../../../src/sweep/design/texts.ts';

export const TEXTS: TextFacts = {
  vocabulary: 257,
  target: { training: 100_000, validation: 5_000 },
  source: { training: 400_000, validation: 20_000 },
  hashes: { target: 'ab'.repeat(32), source: 'cd'.repeat(32), tokenizer: 'ef'.repeat(32) },
};

/** One layer of width 32 on windows of 16, four of them a step. */
export const MODEL = { layers: 1, width: 32, heads: 2, mlp: 64, context: 16, tied: true } as const;
export const { N } = parameterTable({ ...MODEL, vocabulary: TEXTS.vocabulary }).counts;

export function designOf(changes: Partial<SweepDesign> = {}): SweepDesign {
  return {
    version: 1,
    name: 'd',
    corpora: { target: 'file:sw.txt', source: 'file:en.txt' },
    model: MODEL,
    recipe: { targetTokens: 1601 },
    ...changes,
    optimizer: { batch: 4, ...changes.optimizer },
  };
}

export function plan(designs: readonly SweepDesign[], texts: TextFacts = TEXTS): Promise<SweepPlan> {
  return planSweep(designs, { readTexts: async (configs) => configs.map(() => texts) });
}

/** The run of a design that has one. */
export async function onlyRun(changes: Partial<SweepDesign>, texts: TextFacts = TEXTS): Promise<PlannedRun> {
  const { runs, dropped } = await plan([designOf(changes)], texts);
  const [run] = runs;
  if (!run || runs.length > 1) throw new Error(`${runs.length} runs; ${JSON.stringify(dropped)}`);
  return run;
}
