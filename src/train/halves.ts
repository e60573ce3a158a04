/** The target's held-out windows in two halves, so that what one half chose can be reported on the other. */

import { bitsPerByte, type EvaluationWindows, type Range } from './layout.ts';
import type { FinalLoss } from './run.ts';

/**
 * Loss of the windows at even places of the validation text and of those at odd ones, whatever order they are measured in. `sums` are
 * the summed nats of every evaluation window, `bytes` the text that each stands for. Nothing where a half would be empty.
 */
export function targetHalves(
  sums: Float32Array,
  {
    evaluation: { windows, target },
    validation,
    context,
    bytes,
  }: {
    readonly evaluation: EvaluationWindows;
    /** Where the validation text begins in the token array. */
    readonly validation: Range;
    readonly context: number;
    readonly bytes: Float64Array;
  },
): Pick<FinalLoss, 'targetHalves' | 'targetHalvesBitsPerByte'> {
  if (target.count < 2) return {};
  const of = (parity: number) => {
    let [nats, text, count] = [0, 0, 0];
    for (let i = target.from; i < target.from + target.count; i++) {
      const place = ((windows[i] ?? 0) - validation.from) / context;
      if (place % 2 !== parity) continue;
      nats += sums[i] ?? Number.NaN;
      text += bytes[i] ?? Number.NaN;
      count++;
    }
    const loss = nats / (count * context);
    return { loss, perByte: bitsPerByte(loss, count * context, text) };
  };
  const [even, odd] = [of(0), of(1)];
  return {
    targetHalves: [even.loss, odd.loss],
    targetHalvesBitsPerByte: [even.perByte, odd.perByte],
  };
}
