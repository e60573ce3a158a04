/** What follows from a model of an experiment alone: its N, and how many tokens a budget buys it. */

import { parameterTable } from '../../model/llama/parameters.ts';
import { BYTE_VOCABULARY } from '../../text/tokenizer/bytes.ts';
import { CONTEXT, type Model } from './settings.ts';

/** N of a model whose tokens are bytes: the parameters that multiply each token, the head included. */
export function parametersOf(model: Model): number {
  return parameterTable({ ...model, context: CONTEXT, tied: true, vocabulary: BYTE_VOCABULARY }).counts.N;
}

/** D of a run that spends all of C: C/(6·N), in tokens. */
export function tokensFor(compute: number, model: Model): number {
  return compute / (6 * parametersOf(model));
}

/** Tokens that hold so many in whole windows: one more, which is only predicted. */
export function tokensHolding(targetTokens: number): number {
  return targetTokens + 1;
}

/** E.g. `2 × 32`: layers and width. */
export function modelWords({ layers, width }: Model): string {
  return `${layers} × ${width}`;
}
