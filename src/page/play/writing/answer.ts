/** What one model writes on from a prompt, as it comes. */

import { type Signal, signal } from '@preact/signals-core';
import type { Copied, ModelFacts } from '../../../worker/api/models.ts';
import type { Failure } from '../../../worker/api/outcome.ts';
import type { WrittenToken } from '../../../worker/api/play.ts';

export type AnswerState =
  | { readonly status: 'waiting' }
  | { readonly status: 'writing' }
  | {
      readonly status: 'done';
      readonly ended: 'document' | 'tokens';
      /** Tokens of the prompt, and how many of them, the last, the model saw. */
      readonly promptTokens: number;
      readonly promptSeen: number;
      /** Characters of the prompt that the tokenizer lacks or changes. */
      readonly lost: readonly string[];
      readonly milliseconds: number;
    }
  | { readonly status: 'stopped' }
  | { readonly status: 'failed'; readonly failure: Failure };

/** What was found of it in the training texts. */
export type CopiedState =
  | { readonly status: 'unknown' | 'searching' }
  | { readonly status: 'known'; readonly copied: Copied }
  | { readonly status: 'failed'; readonly failure: Failure };

export class Answer {
  readonly model: ModelFacts;
  readonly prompt: string;
  /** Its tokens come under this number. */
  readonly task: number;
  readonly state: Signal<AnswerState> = signal({ status: 'waiting' });
  readonly tokens: Signal<readonly WrittenToken[]> = signal([]);
  readonly copied: Signal<CopiedState> = signal({ status: 'unknown' });

  constructor(model: ModelFacts, prompt: string, task: number) {
    this.model = model;
    this.prompt = prompt;
    this.task = task;
  }

  /** Takes tokens as they are told. What is told after the end is known already: it is in the answer, which may be here first. */
  take(tokens: readonly WrittenToken[]): void {
    const { status } = this.state.value;
    if (status !== 'waiting' && status !== 'writing') return;
    if (status === 'waiting') this.state.value = { status: 'writing' };
    this.tokens.value = [...this.tokens.value, ...tokens];
  }

  /** What stands there so far, the prompt left out. */
  get text(): string {
    return this.tokens.value.map(({ text }) => text).join('');
  }
}
