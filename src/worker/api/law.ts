/**
 * What the worker of the laws may be asked: fits, how sure they are, and advice. It computes and holds no store and no device, so it can
 * be ended and begun again at any time; whoever asks keeps what must last.
 *
 * Runs are sent once, in columns, and named by their id from then on. A fit stays with the worker under a number of its own, with its
 * resamples; what asks how far to trust it names that number.
 */

import type { AdviceCommand, AdviceEvent, AdviceReply } from './advice.ts';
import type { FitCommand, FitEvent, FitReply } from './fits.ts';

export type LawCommand = FitCommand | AdviceCommand;
export type LawReply = FitReply & AdviceReply;
export type LawEvent = FitEvent | AdviceEvent;
