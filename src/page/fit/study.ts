/** What the view Fit knows beside the fit itself: the laws, how they compare, what the fit says of each run, and what was asked of it. */

import { effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals-core';
import type { Abscissa } from '../../figures/fittedRun.ts';
import type { Helpfulness } from '../../law/certainty/nextRun.ts';
import type { Profile } from '../../law/certainty/profile.ts';
import type { HeldOut } from '../../law/comparison/heldOut.ts';
import type { NullTest } from '../../law/comparison/nulls.ts';
import { SLICES } from '../../law/comparison/slices.ts';
import type { TableRow } from '../../law/comparison/table.ts';
import type { FitFacts, Ground, LawFacts, LawsRanked, Points, RankedLaw } from '../../worker/api/fits.ts';
import type { Failure, Outcome } from '../../worker/api/outcome.ts';
import type { Lab } from '../lab.ts';
import type { Behind } from './deepening.ts';
import { FIRST_AGAINST } from './fitAddress.ts';
import type { Fits } from './fits.ts';
import type { CommandOf } from './tasks.ts';

/** Something that was asked for and may take a while. */
export type Asked<T> = {
  readonly value: T;
  /** Null while nothing is under way. */
  readonly going: Behind | null;
  readonly failure: Failure | null;
};

export type Comparison = {
  /** As they came; of the runs that {@link of} names. */
  readonly laws: readonly RankedLaw[];
  readonly result: LawsRanked | null;
  /** The fit whose runs these are, to know when they are not the same any more. */
  readonly of: FitFacts | null;
  readonly kinds: readonly TableRow[];
};

const NOTHING_COMPARED: Comparison = { laws: [], result: null, of: null, kinds: [] };

function nothing<T>(value: T): Asked<T> {
  return { value, going: null, failure: null };
}

export class FitStudy {
  readonly lab: Lab;
  readonly fits: Fits;
  /** Whether the view can be seen: while it cannot, nothing is asked for its sake. */
  readonly seen: Signal<boolean> = signal(false);
  readonly laws: Signal<readonly LawFacts[]> = signal([]);
  /** What residuals are shown against. */
  readonly against: Signal<Abscissa> = signal(FIRST_AGAINST);
  /** What in the address could not be read, in sentences. */
  readonly addressProblems: Signal<readonly string[]> = signal([]);
  readonly points: Signal<Points | null> = signal(null);
  /** Why the runs could not be held against the fit that is there. */
  readonly pointsFailure: Signal<Failure | null> = signal(null);
  readonly ground: Signal<Ground | null> = signal(null);
  readonly nextRuns: Signal<Asked<readonly Helpfulness[] | null>> = signal(nothing(null));
  readonly comparison: Signal<Asked<Comparison>> = signal(nothing(NOTHING_COMPARED));
  readonly heldOut: Signal<Asked<readonly HeldOut[]>> = signal(nothing([]));
  readonly nulls: Signal<Asked<readonly NullTest[] | null>> = signal(nothing(null));
  readonly profile: Signal<Asked<Profile | null>> = signal(nothing(null));
  readonly #stops = new Map<Signal<unknown>, AbortController>();
  /** What is asked of a fit by itself is asked in vain once there is another. */
  #looking = new AbortController();

  constructor(lab: Lab) {
    this.lab = lab;
    this.fits = lab.fits;
    void this.#loadLaws();
    let shown = { fit: -1, resamples: -1 };
    effect(() => {
      const state = this.fits.current.value;
      if (!this.seen.value || state.status !== 'ready') return;
      const { facts, certainty } = state;
      const now = { fit: facts.fit, resamples: certainty?.resamples ?? 0 };
      if (now.fit === shown.fit && now.resamples === shown.resamples) return;
      const isOther = now.fit !== shown.fit;
      shown = now;
      untracked(() => void this.#look(facts, isOther));
    });
  }

  /** The fit that is shown; null while there is none. */
  get fit(): FitFacts | null {
    const state = this.fits.current.value;
    return state.status === 'ready' ? state.facts : null;
  }

  /** Whether the laws were compared on the runs that are fitted now. */
  isCompared(): boolean {
    const { of } = this.comparison.value.value;
    const now = this.fit;
    return of !== null && now !== null && sameSample(of, now);
  }

  async compare(): Promise<void> {
    const fit = this.fit;
    const sample = this.fits.sample();
    if (!fit || !sample) return;
    const laws = [...this.laws.peek().map(({ name }) => name), ...this.fits.ownLaws.peek()];
    this.comparison.value = nothing({ ...NOTHING_COMPARED, of: fit });
    await this.#ask(this.comparison, async (signal, onProgress) => {
      const outcome = await this.fits.tasks.run<CommandOf<'rank'>>(
        { command: 'rank', laws, sample, slices: ['top-compute'] },
        {
          signal,
          onProgress,
          onTold: (event) => {
            const { value, ...rest } = this.comparison.peek();
            if (event.event === 'ranked' && !signal.aborted)
              this.comparison.value = { ...rest, value: { ...value, laws: [...value.laws, event.law] } };
          },
        },
      );
      const { value } = this.comparison.peek();
      return outcome.ok ? { ok: true, value: { ...value, result: outcome.value } } : outcome;
    });
  }

  async compareByKind(): Promise<void> {
    const fits = this.comparison.peek().value.laws.map(({ fit }) => fit.fit);
    await this.#ask(this.comparison, async (signal, onProgress) => {
      const outcome = await this.fits.tasks.run<CommandOf<'kinds'>>(
        { command: 'kinds', fits },
        { signal, onProgress },
      );
      const { value } = this.comparison.peek();
      return outcome.ok ? { ok: true, value: { ...value, kinds: outcome.value } } : outcome;
    });
  }

  async holdOut(): Promise<void> {
    const fit = this.fit;
    if (!fit) return;
    this.heldOut.value = nothing([]);
    await this.#ask(this.heldOut, (signal, onProgress) =>
      this.fits.tasks.run<CommandOf<'heldOut'>>(
        { command: 'heldOut', fit: fit.fit, slices: SLICES },
        {
          signal,
          onProgress,
          onTold: (event) => {
            const { value, ...rest } = this.heldOut.peek();
            if (event.event === 'heldOut' && !signal.aborted)
              this.heldOut.value = { ...rest, value: [...value, event.heldOut] };
          },
        },
      ),
    );
  }

  async testEffects(): Promise<void> {
    const fit = this.fit;
    if (!fit) return;
    await this.#ask(this.nulls, (signal, onProgress) =>
      this.fits.tasks.run<CommandOf<'nulls'>>({ command: 'nulls', fit: fit.fit }, { signal, onProgress }),
    );
  }

  async profileOf(parameter: string): Promise<void> {
    const fit = this.fit;
    if (!fit) return;
    this.profile.value = nothing(null);
    await this.#ask(this.profile, (signal, onProgress) =>
      this.fits.tasks.run<CommandOf<'profile'>>(
        { command: 'profile', fit: fit.fit, parameter },
        { signal, onProgress },
      ),
    );
  }

  /** Breaks off what was asked for last. */
  stop(asked: ReadonlySignal<unknown>): void {
    this.#stops.get(asked as Signal<unknown>)?.abort();
  }

  async #ask<T>(
    asked: Signal<Asked<T>>,
    work: (signal: AbortSignal, onProgress: (doing: string, share: number) => void) => Promise<Outcome<T>>,
  ): Promise<void> {
    this.stop(asked);
    const controller = new AbortController();
    this.#stops.set(asked as Signal<unknown>, controller);
    const { signal } = controller;
    asked.value = { ...asked.peek(), going: { doing: '', share: 0 }, failure: null };
    const outcome = await work(signal, (doing, share) => {
      if (!signal.aborted) asked.value = { ...asked.peek(), going: { doing, share } };
    });
    // What was asked later has this place by now.
    if (this.#stops.get(asked as Signal<unknown>) !== controller) return;
    asked.value = {
      value: outcome.ok ? outcome.value : asked.peek().value,
      going: null,
      failure: failureOf(outcome),
    };
  }

  async #loadLaws(): Promise<void> {
    const outcome = await this.lab.law.send({ command: 'laws' });
    if (outcome.ok) this.laws.value = outcome.value;
    else this.lab.app.failure.value = outcome.failure;
  }

  /** What belongs to every fit and costs little. */
  async #look({ fit }: FitFacts, isOther: boolean): Promise<void> {
    const isOld = () => this.fit?.fit !== fit;
    const { law } = this.lab;
    if (isOther) {
      for (const asked of [this.heldOut, this.nulls, this.profile]) this.stop(asked);
      this.heldOut.value = nothing([]);
      this.nulls.value = nothing(null);
      this.profile.value = nothing(null);
      this.#looking.abort();
      this.#looking = new AbortController();
    }
    const { signal } = this.#looking;
    const points = await law.send({ command: 'points', fit }, { signal });
    if (isOld()) return;
    if (points.ok) this.points.value = points.value;
    this.pointsFailure.value = failureOf(points);
    if (!isOther) return;
    const ground = await law.send({ command: 'ground', fit }, { signal });
    if (isOld()) return;
    if (ground.ok) this.ground.value = ground.value;
    await this.#ask(this.nextRuns, () => law.send({ command: 'nextRun', fit }, { signal }));
    // What was said of another fit is not said of this one.
    const { failure } = this.nextRuns.peek();
    if (failure) this.nextRuns.value = { ...nothing(null), failure };
  }
}

/** Null where it went well, or was broken off. */
function failureOf(outcome: Outcome<unknown>): Failure | null {
  return outcome.ok || outcome.failure.kind === 'cancelled' ? null : outcome.failure;
}

function sameSample(one: FitFacts, other: FitFacts): boolean {
  return (
    one.dataset === other.dataset &&
    one.file.rows === other.file.rows &&
    JSON.stringify(one.without) === JSON.stringify(other.without)
  );
}
