/** What goes wrong with laws, in words; what crosses to the page is data. */

import {
  BadRunError,
  BorrowError,
  ConstantLossError,
  FreezeError,
  NowhereFiniteError,
  TooFewRunsError,
  WeightsError,
} from '../../law/fit/errors.ts';
import { UnknownLawError } from '../../law/laws/catalogue.ts';
import { FormulaError, NoLossError, OwnLawError } from '../../law/own/errors.ts';
import type { Failure } from '../api/outcome.ts';
import { sentenceOf } from '../sentence.ts';
import { GoneError } from './shelf.ts';

/** Errors of what was asked: the runs, the law or what is held of it. Their messages say what to do. */
const OF_INPUT = [
  BadRunError,
  BorrowError,
  ConstantLossError,
  FreezeError,
  FormulaError,
  NoLossError,
  NowhereFiniteError,
  OwnLawError,
  TooFewRunsError,
  UnknownLawError,
  WeightsError,
] as const;

export function lawFailureOf(error: unknown): Failure {
  const message = sentenceOf(error instanceof Error ? error.message : String(error));
  if (OF_INPUT.some((type) => error instanceof type)) return { kind: 'config', message, advice: '' };
  if (error instanceof GoneError) return { kind: 'not-now', message, advice: '' };
  if (error instanceof DOMException && error.name === 'NotReadableError')
    return { kind: 'text', message, advice: 'Has the file been moved or changed? Choose it again.' };
  if (error instanceof RangeError && /array buffer|array length|allocation/i.test(message))
    return { kind: 'memory', message, advice: 'Take fewer runs, or close other tabs.' };
  return {
    kind: 'internal',
    message,
    advice: 'Load the page again; nothing that was saved is lost. If it comes back, please report it.',
  };
}
