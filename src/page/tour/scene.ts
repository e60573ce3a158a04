/** What the tour is looking at: one pair of languages, one budget, one D_T; a slider in any step moves all of them. */

import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { ShippedPoint, ShippedRun } from '../../formats/shippedRun.ts';
import type { Library } from '../runs/library.ts';
import { type Budget, measuredPairs, type Pair, type Place } from './measured/measured.ts';
import type { Kind } from './measured/recipes.ts';

/** Something was measured. */
export type Scene = {
  readonly pair: Pair;
  readonly budget: Budget;
  /** The D_T that was chosen, with the runs there. */
  readonly place: Place;
};

/** So much text and so much compute. */
export type OwnCase = { readonly targetTokens: number; readonly compute: number };

/** Where the slider stands at first: a little text, and still more than none. */
const FIRST_PLACE = 1;

export class TourState {
  /** From 0: the step that is on the screen. */
  readonly step: Signal<number> = signal(0);
  /** The step whose slider moved last: of all steps that answer, a screen reader hears that one. */
  readonly moved: Signal<string> = signal('');
  /** A case of the reader's own, in the last step. */
  readonly own: Signal<OwnCase> = signal({ targetTokens: 1e6, compute: 1e16 });
  /** Null until a person has chosen. */
  readonly #compute: Signal<number | null> = signal(null);
  readonly #targetTokens: Signal<number | null> = signal(null);
  readonly #library: Pick<Library, 'shipped' | 'shippedLoaded'>;
  readonly #pair: Signal<string | null> = signal(null);
  /** All that were measured; the first is told of where nobody has chosen. */
  readonly pairs: ReadonlySignal<readonly Pair[]>;
  readonly #curves: ReadonlySignal<ReadonlyMap<string, ShippedRun>>;

  constructor(library: Pick<Library, 'shipped' | 'shippedLoaded'>) {
    this.#library = library;
    this.pairs = computed(() => measuredPairs(library.shipped.value));
    this.#curves = computed(() => new Map(library.shipped.value.map((run) => [run.id, run] as const)));
  }

  /** Null where nothing was measured, or has not been loaded yet. */
  readonly scene: ReadonlySignal<Scene | null> = computed(() => {
    const pairs = this.pairs.value;
    const pair = pairs.find((one) => pairKey(one) === this.#pair.value) ?? pairs[0];
    const budgets = pair?.budgets ?? [];
    const budget = budgets.find(({ compute }) => compute === this.#compute.value) ?? tellingBudget(budgets);
    if (!pair || !budget) return null;
    const wanted = this.#targetTokens.value;
    const place = wanted === null ? budget.places[FIRST_PLACE] : nearestPlace(budget.places, wanted);
    return place ? { pair, budget, place } : null;
  });

  get isLoaded(): boolean {
    return this.#library.shippedLoaded.value;
  }

  /** Whether there will be no figures: everything was loaded, and nothing in it tells the story. */
  get isMissing(): boolean {
    return this.isLoaded && this.scene.value === null;
  }

  /** How a shipped run's loss fell; empty where that is not known. */
  curveOf(id: string): readonly ShippedPoint[] {
    return this.#curves.value.get(id)?.curve ?? [];
  }

  /** @param step where it was chosen */
  chooseTarget(targetTokens: number, step: string): void {
    this.moved.value = step;
    this.#targetTokens.value = targetTokens;
  }

  choosePair(pair: Pair, step: string): void {
    this.moved.value = step;
    this.#pair.value = pairKey(pair);
  }

  chooseBudget(compute: number, step: string): void {
    this.moved.value = step;
    this.#compute.value = compute;
  }
}

function pairKey({ target, source }: Pair): string {
  return JSON.stringify([target, source]);
}

/** The same, of the D_T alone at which a kind was run; at another C where it was not run at this one. Null where it was run nowhere. */
export function sceneWith({ pair, budget, place }: Scene, kind: Kind): Scene | null {
  const others = pair.budgets.filter((one) => one !== budget);
  for (const one of [budget, ...others]) {
    const places = one.places.filter(({ best }) => best[kind] !== null);
    const nearest = nearestPlace(places, place.targetTokens);
    if (nearest) return { pair, budget: { ...one, places }, place: nearest };
  }
  return null;
}

/** The lowest C whose runs have the threshold between them; the highest where none has. */
export function tellingBudget(budgets: readonly Budget[]): Budget | undefined {
  return budgets.find(({ threshold }) => threshold.place.kind === 'between') ?? budgets.at(-1);
}

/** The place with the D_T nearest to a number of tokens, as ratios go: budgets were not all run at the same. */
export function nearestPlace(places: readonly Place[], targetTokens: number): Place | undefined {
  const away = ({ targetTokens: tokens }: Place) => Math.abs(Math.log(tokens / targetTokens));
  const [first, ...others] = places;
  return others.reduce((best, one) => (best && away(best) <= away(one) ? best : one), first);
}
