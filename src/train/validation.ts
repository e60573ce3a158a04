/** Validations: which windows, their summed nats, and the losses that these make. */

import type { Fleet } from '../model/engine.ts';
import type { Seated } from './fleet/member.ts';
import type { FleetPlan } from './fleet/plan.ts';
import { targetHalves } from './halves.ts';
import { bitsPerByte, meanLoss, type Range } from './layout.ts';
import type { Pacings } from './pacing.ts';
import type { FinalLoss, Validation } from './run.ts';

export type Validated = {
  readonly member: Seated;
  /** On the periodic windows. */
  readonly periodic: Validation;
  /** On every window; null for a run that is not at its last step. */
  readonly final: FinalLoss | null;
};

/**
 * Measures the runs of `due` at the step they have reached: at its last step a run on every window, before on the periodic
 * ones. As soon as `isWanted` says no, what was not measured yet is left out.
 */
export async function validate(
  due: readonly Seated[],
  fleet: Fleet,
  plan: FleetPlan,
  pacings: Pacings,
  isWanted: () => boolean,
): Promise<Validated[]> {
  const { evaluation } = plan;
  const isFinal = ({ run }: Seated) => run.step === run.steps;
  const all = { from: 0, count: evaluation.windows.length };
  return [
    ...(await measure(due.filter(isFinal), all, fleet, plan, pacings, isWanted)),
    ...(await measure(
      due.filter((member) => !isFinal(member)),
      evaluation.periodic,
      fleet,
      plan,
      pacings,
      isWanted,
    )),
  ];
}

async function measure(
  due: readonly Seated[],
  range: Range,
  fleet: Fleet,
  { evaluation, evaluationBytes, layout, table }: FleetPlan,
  pacings: Pacings,
  isWanted: () => boolean,
): Promise<Validated[]> {
  if (due.length === 0) return [];
  const sums = await measureWindows(fleet, due, range, pacings, isWanted);
  if (!sums) return [];
  const halves = (ofRun: Float32Array) =>
    targetHalves(ofRun, {
      evaluation,
      validation: layout.targetValidation,
      context: table.config.context,
      bytes: evaluationBytes,
    });
  return due.map((member, index) => {
    const { run } = member;
    const ofRun = sums[index];
    const isFinal = run.step === run.steps;
    if (!ofRun) throw new Error(`the engine evaluated nothing for ${run.name}`);
    const losses = (target: Range, source: Range) =>
      validationOf({
        sums: ofRun,
        first: range.from,
        target,
        source: run.planned.hasSource ? source : null,
        context: table.config.context,
        bytes: evaluationBytes,
      });
    return {
      member,
      periodic: losses(evaluation.periodicTarget, evaluation.periodicSource),
      final: isFinal ? { ...losses(evaluation.target, evaluation.source), ...halves(ofRun) } : null,
    };
  });
}

/**
 * Summed nats of the windows of `range`, [due][range.count], asked for in parts that each take a fraction of a second; null as
 * soon as `isWanted` says no between two parts.
 */
async function measureWindows(
  fleet: Fleet,
  due: readonly Seated[],
  range: Range,
  pacings: Pacings,
  isWanted: () => boolean,
): Promise<Float32Array[] | null> {
  const pacing = pacings.of(due.length);
  const slots = due.map(({ slot }) => slot);
  const sums = slots.map(() => new Float32Array(range.count));
  for (let done = 0; done < range.count; ) {
    if (!isWanted()) return null;
    const count = pacing.next(range.count - done);
    const begun = performance.now();
    const part = await fleet.evaluate({ from: range.from + done, count }, slots);
    pacing.measured(count, (performance.now() - begun) / 1000);
    for (const [index, values] of part.entries()) sums[index]?.set(values, done);
    done += count;
  }
  return sums;
}

/** Losses of one run. `sums` are the summed nats of the evaluation windows from `first` on; `source` null leaves it out. */
function validationOf(measured: {
  readonly sums: Float32Array;
  readonly first: number;
  readonly target: Range;
  readonly source: Range | null;
  readonly context: number;
  /** Of every window. */
  readonly bytes: Float64Array;
}): Validation {
  const { sums, first, target, source, context, bytes } = measured;
  const perByte = (nats: number, { from, count }: Range) => {
    const text = bytes.subarray(from, from + count).reduce((sum, ofWindow) => sum + ofWindow, 0);
    return bitsPerByte(nats, count * context, text);
  };
  const targetLoss = meanLoss(sums, target, first, context);
  const sourceLoss = source && source.count > 0 ? meanLoss(sums, source, first, context) : null;
  return {
    targetLoss: targetLoss.nats,
    targetLossError: targetLoss.error,
    targetBitsPerByte: perByte(targetLoss.nats, target),
    sourceLoss: sourceLoss?.nats ?? null,
    sourceBitsPerByte: sourceLoss && source ? perByte(sourceLoss.nats, source) : null,
  };
}
