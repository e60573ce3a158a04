/** When the runs themselves ask for the lab's form with a loss that repetition adds. */

import type { FitFile } from '../../formats/fit.ts';
import { DEFAULT_DELTA } from '../../law/fit/options.ts';

export const RICHER_LAW = 'm3-overfit';

/** What is no evidence five times over: seeds of a recipe are no independent runs, to which AICc knows no difference. */
const STRONG = 20;

type Told = Pick<FitFile, 'aicc' | 'rmseLog'>;

/**
 * In a sentence; '' where the simpler law suffices. Where its error is below Huber's δ there is nothing left to explain, whatever a
 * criterion makes of the last digits.
 */
export function richerReason(plain: Told, richer: Told): string {
  if (plain.aicc === null || richer.aicc === null || !(plain.rmseLog > DEFAULT_DELTA)) return '';
  const gain = plain.aicc - richer.aicc;
  if (!(gain > STRONG) || !(richer.rmseLog < plain.rmseLog)) return '';
  return (
    'The runs chose this law. In m3, text that is read again and again can only stop helping; here it can also harm. ' +
    `That explains the losses better: AICc, which charges for every further parameter, is ${Math.round(gain)} lower with three more of them.`
  );
}
