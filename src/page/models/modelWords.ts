/** What a model is, in words. */

import type { ModelFacts } from '../../worker/api/models.ts';
import { count, decimals, whole } from '../parts/format.ts';
import { kindWords } from '../runs/kinds.ts';

const BITS_DECIMALS = 3;
/** A line breaks between facts, not within one. */
const NO_BREAK = '\u00a0';

/** `two stages · 96 steps · 27,232 weights · context 32 · bytes · 2.345 bits per byte`. */
export function modelWords(model: ModelFacts): string {
  const { kind, start, step, parameters, context, targetBitsPerByte } = model;
  return [
    kind === null ? '' : kindWords(kind),
    step === null ? '' : `${whole(step)} steps`,
    start === null ? '' : `went on from ${start}`,
    `${count(parameters)} weights`,
    `context ${whole(context)}`,
    tokenizerWords(model),
    targetBitsPerByte === null ? '' : `${decimals(targetBitsPerByte, BITS_DECIMALS)} bits per byte`,
  ]
    .filter((words) => words !== '')
    .map((words) => words.replaceAll(' ', NO_BREAK))
    .join(' · ');
}

export function tokenizerWords({ tokenizer, vocabulary }: ModelFacts): string {
  return tokenizer === 'bytes' ? 'bytes' : `${whole(vocabulary)} word pieces`;
}

/** Where it comes from, in a word or two. */
export function originWords({ origin, isKept, isTraining }: ModelFacts): string {
  if (origin === 'brought') return 'brought along';
  if (isKept) return 'kept';
  return isTraining ? 'in training' : 'of the last fleet';
}

/** For a list to choose from: two runs of one name differ in what they have behind them. */
export function modelTitle({ name, step, origin, isKept }: ModelFacts): string {
  const more = [
    step === null ? '' : `${whole(step)} steps`,
    origin === 'brought' ? 'brought along' : isKept ? 'kept' : '',
  ].filter((words) => words !== '');
  return more.length === 0 ? name : `${name} (${more.join(', ')})`;
}
