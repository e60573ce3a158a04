/** Asks the chosen models how surprised they are by a text, token by token. */

import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { ModelFacts } from '../../../worker/api/models.ts';
import type { Failure } from '../../../worker/api/outcome.ts';
import type { Scored } from '../../../worker/api/play.ts';
import { decimals } from '../../parts/format.ts';
import type { Choice } from '../choice.ts';
import type { OpenModels } from '../openModels.ts';

export type ScoreState =
  | { readonly status: 'waiting' | 'stopped' }
  | { readonly status: 'done'; readonly scored: Scored }
  | { readonly status: 'failed'; readonly failure: Failure };

export type Score = { readonly model: ModelFacts; readonly state: ScoreState };

export type ScorerOptions = {
  readonly models: Pick<OpenModels, 'ask'>;
  readonly choice: Pick<Choice, 'models'>;
  readonly say: (words: string) => void;
};

/** More is read for minutes by a model on one core; a text for the eye is shorter. */
export const MOST_LETTERS = 20_000;

export class Scorer {
  readonly text = signal('');
  /** Of the last text that was scored, in the order of the models. */
  readonly scores: Signal<readonly Score[]> = signal([]);
  readonly #options: ScorerOptions;
  readonly #stopping: Signal<AbortController | null> = signal(null);
  readonly isScoring: ReadonlySignal<boolean> = computed(() => this.#stopping.value !== null);
  /** Why the text cannot be scored; null while nobody has typed, or it can. */
  readonly problem: ReadonlySignal<string | null> = computed(() => {
    const { length } = this.text.value;
    return length > MOST_LETTERS
      ? `The text has ${length.toLocaleString('en')} letters; up to ${MOST_LETTERS.toLocaleString('en')} are scored at once.`
      : null;
  });

  constructor(options: ScorerOptions) {
    this.#options = options;
  }

  get isReady(): boolean {
    return this.text.value.trim() !== '' && this.problem.value === null;
  }

  /** Each score says how it ended. Never rejects. */
  async score(): Promise<void> {
    const { choice, models, say } = this.#options;
    const chosen = choice.models.peek();
    const text = this.text.peek();
    if (!this.isReady || chosen.length === 0 || this.isScoring.peek()) return;
    const stopping = new AbortController();
    batch(() => {
      this.#stopping.value = stopping;
      this.scores.value = chosen.map((model) => ({ model, state: { status: 'waiting' } }));
    });
    await Promise.all(
      chosen.map(async (model) => {
        const command = { command: 'scoreText', model: model.id, text } as const;
        const outcome = await models.ask(model, command, stopping.signal);
        if (outcome.ok) this.#put(model, { status: 'done', scored: outcome.value });
        else if (outcome.failure.kind === 'cancelled') this.#put(model, { status: 'stopped' });
        else this.#put(model, { status: 'failed', failure: outcome.failure });
      }),
    );
    this.#stopping.value = null;
    say(scoreWords(this.scores.peek()));
  }

  stop(): void {
    this.#stopping.peek()?.abort();
  }

  #put(model: ModelFacts, state: ScoreState): void {
    this.scores.value = this.scores.peek().map((score) => (score.model === model ? { model, state } : score));
  }
}

/** Who reads the text best, for a screen reader. */
function scoreWords(scores: readonly Score[]): string {
  const read = scores.flatMap(({ model, state }) =>
    state.status === 'done' ? [`${model.name}: ${decimals(state.scored.bitsPerByte, 3)} bits per byte`] : [],
  );
  return read.length === 0 ? 'The text could not be scored.' : `${read.join('. ')}.`;
}
