/** Has the chosen models write on from one prompt, side by side, and looks for what they have copied. */

import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { ModelFacts } from '../../../worker/api/models.ts';
import type { Outcome } from '../../../worker/api/outcome.ts';
import type { PlayEvent, Writing, Written } from '../../../worker/api/play.ts';
import type { Choice } from '../choice.ts';
import type { Clients, OpenModels } from '../openModels.ts';
import { Answer } from './answer.ts';
import { PromptForm } from './promptForm.ts';

export type WriterOptions = {
  readonly clients: Clients;
  readonly models: Pick<OpenModels, 'ask'>;
  readonly choice: Pick<Choice, 'models'>;
  /** Tells a screen reader. */
  readonly say: (words: string) => void;
};

/** No two tasks of a page have one number: what an earlier one still tells is not heard. */
let tasks = 0;

export class Writer {
  readonly form = new PromptForm();
  /** Of the last time that anything was written, in the order of the models. */
  readonly answers: Signal<readonly Answer[]> = signal([]);
  readonly #options: WriterOptions;
  readonly #stopping: Signal<AbortController | null> = signal(null);
  readonly isWriting: ReadonlySignal<boolean> = computed(() => this.#stopping.value !== null);

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /** Takes tokens as the worker tells them. */
  take({ task, tokens }: PlayEvent): void {
    this.answers
      .peek()
      .find((answer) => answer.task === task)
      ?.take(tokens);
  }

  /** Writes with all chosen models at once; each answer says how it ended. Never rejects. */
  async write(): Promise<void> {
    const writing = this.form.writing.peek();
    const models = this.#options.choice.models.peek();
    if (!writing || models.length === 0 || this.isWriting.peek()) return;
    const stopping = new AbortController();
    const answers = models.map((model) => new Answer(model, writing.prompt, tasks++));
    batch(() => {
      this.#stopping.value = stopping;
      this.answers.value = answers;
    });
    await Promise.all(answers.map((answer) => this.#one(answer, writing, stopping.signal)));
    if (this.#stopping.peek() === stopping) this.#stopping.value = null;
    this.#options.say(endWords(answers));
    await Promise.all(answers.map((answer) => this.#searchCopied(answer)));
  }

  stop(): void {
    this.#stopping.peek()?.abort();
  }

  async #one(answer: Answer, writing: Writing, signal: AbortSignal): Promise<void> {
    const { model, task } = answer;
    const command = { command: 'write', task, model: model.id, writing } as const;
    this.#end(answer, await this.#options.models.ask(model, command, signal));
  }

  #end(answer: Answer, outcome: Outcome<Written>): void {
    batch(() => {
      if (outcome.ok) {
        const { tokens, ended, promptTokens, promptSeen, lost, milliseconds } = outcome.value;
        answer.tokens.value = tokens;
        answer.state.value = { status: 'done', ended, promptTokens, promptSeen, lost, milliseconds };
      } else if (outcome.failure.kind === 'cancelled') answer.state.value = { status: 'stopped' };
      else {
        this.form.refuse(outcome.failure);
        answer.state.value = { status: 'failed', failure: outcome.failure };
      }
    });
  }

  async #searchCopied(answer: Answer): Promise<void> {
    const { text, model } = answer;
    if (text === '' || answer.state.peek().status === 'failed') return;
    answer.copied.value = { status: 'searching' };
    const { client } = this.#options.clients;
    const outcome = await client.send({ command: 'findCopied', model: model.id, text });
    answer.copied.value = outcome.ok
      ? { status: 'known', copied: outcome.value }
      : { status: 'failed', failure: outcome.failure };
  }
}

function endWords(answers: readonly Answer[]): string {
  const failed = answers.filter(({ state }) => state.peek().status === 'failed');
  const named = (some: readonly Answer[]) =>
    some.map(({ model }: { model: ModelFacts }) => model.name).join(', ');
  if (failed.length > 0) return `${named(failed)} could not write.`;
  if (answers.some(({ state }) => state.peek().status === 'stopped')) return 'Writing was stopped.';
  return `${named(answers)} ${answers.length === 1 ? 'has' : 'have'} written.`;
}
