/**
 * Asks the law's worker whenever something has changed: what is seen at once first, how sure it is last. Everything newer breaks off what
 * was asked before, so that the map follows a slider.
 */

import { effect, type Signal, untracked } from '@preact/signals-core';
import { logSpaced } from '../../law/advice/scales.ts';
import type { AdviceCommand, AskedFit, BestEpochs, LinePoint, MapColumns } from '../../worker/api/advice.ts';
import type { LawCommand, LawEvent, LawReply } from '../../worker/api/law.ts';
import type { Outcome } from '../../worker/api/outcome.ts';
import type { LawDoor, Tasks } from '../fit/tasks.ts';
import { axesOf, type Range } from './range.ts';
import type { AskedOf, Busy, MapState, ReadyFit } from './state.ts';

/** Budgets of the threshold line, and of the curves of best epochs with their scarcities. */
const LINE_BUDGETS = 9;
const EPOCH_BUDGETS = 3;
const SCARCITIES = logSpaced(1e-3, 3, 13);
/** Resamples that are asked at each place. */
const MAP_RESAMPLES = 20;
const LINE_RESAMPLES = 30;
const EPOCH_RESAMPLES = 20;
const ADVICE_RESAMPLES = 200;
/** Corpora of the slice. */
const SLICE_CORPORA = 25;
/** Typing is waited for; a slider is not. */
const TYPING_MS = 150;
const SETTLING_MS = 500;

type Long = Extract<LawCommand, { readonly task: number }>;
type Of<C extends Long['command']> = Extract<AdviceCommand & Long, { readonly command: C }>;

/** What the map is of; where all of it is the same, nothing needs to be asked again. */
type Question = {
  readonly asked: AskedFit;
  readonly range: Range;
  readonly margin: number;
  /** Where there is none, a map would show nothing. */
  readonly hasChoice: boolean;
};

/** What was asked last, whether it is answered or on its way: whoever asks the same again gets it, and nothing else comes after it. */
type LastAsked = {
  readonly key: string;
  /** With so many resamples; fewer once it is known that they did not come. */
  resamples: number;
  /** Whether it stands there already, though not sharp. */
  isThere: boolean;
};

const NOTHING_ASKED: Readonly<LastAsked> = { key: '', resamples: 0, isThere: false };

export class MapWork {
  readonly #state: MapState;
  readonly #door: LawDoor;
  readonly #tasks: Tasks;
  #mapping = new AbortController();
  #slicing = new AbortController();
  #advising = new AbortController();
  #typing: ReturnType<typeof setTimeout> | undefined;
  #settling: ReturnType<typeof setTimeout> | undefined;
  #mapped: Readonly<LastAsked> = NOTHING_ASKED;
  #advised: Readonly<LastAsked> = NOTHING_ASKED;
  /** The same of the slice, which no resamples make sharper. */
  #sliced = '';

  constructor(state: MapState, door: LawDoor, tasks: Tasks) {
    this.#state = state;
    this.#door = door;
    this.#tasks = tasks;
  }

  /** Follows the state from now on, while the view is shown. */
  start(): void {
    const state = this.#state;
    effect(() => {
      const { compute, targetTokens } = state.case.value;
      clearTimeout(this.#settling);
      this.#settling = setTimeout(() => {
        const before = state.settled.peek();
        if (before.compute !== compute || before.targetTokens !== targetTokens)
          state.settled.value = { compute, targetTokens };
      }, SETTLING_MS);
    });
    effect(() => {
      const [fit, range] = [state.fit.value, state.range.value];
      const { limits, margin } = state.case.value;
      const turned = state.turned.value;
      const hasChoice = state.hasChoice.value;
      if (!state.shown.value || !fit || !range) return;
      if (state.refusal.value !== null) {
        this.#mapping.abort();
        this.#mapped = NOTHING_ASKED;
        this.#slicing.abort();
        this.#sliced = '';
        untracked(() => state.clear());
        return;
      }
      const question = { asked: askedOf(fit, turned, limits), range, margin, hasChoice };
      untracked(() => void this.#map(question, state.isTurned.peek() ? 0 : fit.resamples));
    });
    effect(() => {
      const [fit, range] = [state.fit.value, state.range.value];
      const { limits, compute } = state.case.value;
      const turned = state.turned.value;
      if (!state.shown.value || !fit || !range || compute === null || state.refusal.value !== null) return;
      const corpora = logSpaced(range.targetTokens[0], range.targetTokens[1], SLICE_CORPORA);
      untracked(() => void this.#slice(fit, turned, limits, compute, corpora));
    });
    effect(() => {
      const fit = state.fit.value;
      const { limits, compute, targetTokens, margin } = state.case.value;
      const turned = state.turned.value;
      if (!state.shown.value || !fit) return;
      if (compute === null || targetTokens === null) {
        this.#advising.abort();
        clearTimeout(this.#typing);
        this.#advised = NOTHING_ASKED;
        state.advised.value = null;
        state.advising.value = null;
        untracked(() => state.tellProblem(null, 'advice'));
        return;
      }
      const asked = askedOf(fit, turned, limits);
      const resamples = untracked(() => (state.isTurned.peek() ? 0 : fit.resamples));
      clearTimeout(this.#typing);
      this.#typing = setTimeout(
        () => void this.#advise({ asked, compute, targetTokens, margin }, resamples),
        TYPING_MS,
      );
    });
  }

  /** Advice with its map, as `m3lab recommend --map --json` writes it. Null where it was broken off or refused. */
  async wholeAdvice(signal: AbortSignal): Promise<LawReply['advise'] | null> {
    const { fit, case: asking, turned } = this.#state;
    const [ready, { compute, targetTokens, margin, limits }] = [fit.peek(), asking.peek()];
    if (!ready || compute === null || targetTokens === null) return null;
    this.#state.tellProblem(null, 'file');
    const outcome = await this.#tasks.run<Of<'advise'>>(
      {
        command: 'advise',
        asked: askedOf(ready, turned.peek(), limits),
        compute,
        targetTokens,
        margin,
        resamples: ADVICE_RESAMPLES,
        map: true,
      },
      { signal, onProgress: (doing, share) => tell(this.#state.advising, doing, share, signal) },
    );
    this.#state.advising.value = null;
    return this.#take(outcome, signal, 'file');
  }

  async #map(question: Question, available: number): Promise<void> {
    const state = this.#state;
    // More than are asked anywhere make nothing sharper.
    const resamples = Math.min(available, LINE_RESAMPLES);
    const key = JSON.stringify(question);
    const before = this.#mapped;
    const isSame = key === before.key;
    if (isSame && resamples <= before.resamples) return;
    this.#mapping.abort();
    this.#mapping = new AbortController();
    const { signal } = this.#mapping;
    const asked: LastAsked = { key, resamples, isThere: isSame && before.isThere };
    this.#mapped = asked;
    state.tellProblem(null, 'map', 'epochs');
    if (!asked.isThere) asked.isThere = await this.#drawMap(question, signal);
    if (signal.aborted) return;
    if (!asked.isThere) this.#mapped = NOTHING_ASKED;
    else if (resamples > 0 && !(await this.#sharpenMap(question, signal))) asked.resamples = 0;
    if (!signal.aborted) state.busy.value = null;
  }

  /** Without resamples: there at once, and then finer. */
  async #drawMap({ asked, range, margin, hasChoice }: Question, signal: AbortSignal): Promise<boolean> {
    const state = this.#state;
    if (hasChoice) {
      const onTold = (event: LawEvent) => {
        if (event.event !== 'mapLevel' || signal.aborted) return;
        state.map.value = event.map;
        // The line that stands there is of another question.
        if (event.map.stage === 'borders') state.line.value = [];
      };
      const drawn = await this.#phases(asked, range, 0, 'Drawing the map', signal, onTold);
      const map = this.#take(drawn, signal, 'map');
      if (!map) return false;
      const line = this.#take(await this.#line(asked, range, margin, 0, signal), signal, 'map');
      if (line) state.line.value = line;
    } else {
      state.map.value = null;
      state.line.value = [];
    }
    const epochs = this.#take(await this.#epochs(asked, range, 0, signal), signal, 'epochs');
    if (epochs) state.epochs.value = epochs;
    return !signal.aborted;
  }

  async #sharpenMap({ asked, range, margin, hasChoice }: Question, signal: AbortSignal): Promise<boolean> {
    const state = this.#state;
    if (hasChoice) {
      const sharper = await this.#phases(asked, range, MAP_RESAMPLES, 'Asking the resamples', signal);
      const map = this.#take(sharper, signal, 'map');
      if (!map) return false;
      state.map.value = map;
      const sure = await this.#line(asked, range, margin, LINE_RESAMPLES, signal);
      const line = this.#take(sure, signal, 'map');
      if (line) state.line.value = line;
    }
    const sure = await this.#epochs(asked, range, EPOCH_RESAMPLES, signal);
    const epochs = this.#take(sure, signal, 'epochs');
    if (epochs) state.epochs.value = epochs;
    return epochs !== null;
  }

  #phases(
    asked: AskedFit,
    range: Range,
    resamples: number,
    doing: string,
    signal: AbortSignal,
    onTold: (event: LawEvent) => void = () => {},
  ): Promise<Outcome<MapColumns>> {
    const onProgress = (_: string, share: number) => tell(this.#state.busy, doing, share, signal);
    return this.#tasks.run<Of<'phaseMap'>>(
      { command: 'phaseMap', asked, ...axesOf(range), resamples },
      { signal, onProgress, onTold },
    );
  }

  #line(
    asked: AskedFit,
    { compute: [from, to] }: Range,
    margin: number,
    resamples: number,
    signal: AbortSignal,
  ): Promise<Outcome<readonly LinePoint[]>> {
    return this.#tasks.run<Of<'thresholdLine'>>(
      { command: 'thresholdLine', asked, computes: logSpaced(from, to, LINE_BUDGETS), resamples, margin },
      {
        signal,
        onProgress: (_, share) => tell(this.#state.busy, 'Looking for the threshold', share, signal),
      },
    );
  }

  #epochs(
    asked: AskedFit,
    { compute: [from, to] }: Range,
    resamples: number,
    signal: AbortSignal,
  ): Promise<Outcome<BestEpochs>> {
    const computes = logSpaced(from, to, EPOCH_BUDGETS);
    return this.#tasks.run<Of<'bestEpochs'>>(
      { command: 'bestEpochs', asked, computes, scarcities: SCARCITIES, resamples },
      {
        signal,
        onProgress: (_, share) => tell(this.#state.busy, 'Looking for the best epochs', share, signal),
      },
    );
  }

  async #slice(
    fit: ReadyFit,
    turned: MapState['turned']['value'],
    limits: AskedFit['limits'],
    compute: number,
    corpora: readonly number[],
  ): Promise<void> {
    const state = this.#state;
    const key = JSON.stringify([fit.facts.fit, turned, limits, compute, corpora]);
    if (key === this.#sliced) return;
    this.#sliced = key;
    this.#slicing.abort();
    this.#slicing = new AbortController();
    const { signal } = this.#slicing;
    const ask = (asked: AskedFit) =>
      this.#door.law.send({ command: 'slice', asked, compute, corpora }, { signal });
    state.tellProblem(null, 'slice');
    const slice = this.#take(await ask(askedOf(fit, turned, limits)), signal, 'slice');
    if (signal.aborted) return;
    if (slice) state.slice.value = slice;
    else this.#sliced = '';
    if (Object.keys(turned).length === 0) state.plainSlice.value = null;
    else {
      const plain = this.#take(await ask(askedOf(fit, {}, limits)), signal, 'slice');
      if (plain) state.plainSlice.value = plain;
    }
  }

  async #advise(
    question: {
      readonly asked: AskedFit;
      readonly compute: number;
      readonly targetTokens: number;
      readonly margin: number;
    },
    resamples: number,
  ): Promise<void> {
    const state = this.#state;
    const key = JSON.stringify(question);
    const before = this.#advised;
    const isSame = key === before.key;
    if (isSame && resamples <= before.resamples) return;
    this.#advising.abort();
    this.#advising = new AbortController();
    const { signal } = this.#advising;
    const asked: LastAsked = { key, resamples, isThere: isSame && before.isThere };
    this.#advised = asked;
    state.tellProblem(null, 'advice');
    const ask = async (most: number) => {
      const outcome = await this.#tasks.run<Of<'advise'>>(
        { command: 'advise', ...question, resamples: most, map: false },
        {
          signal,
          onProgress: (doing, share) => tell(state.advising, `Asking the law: ${doing}`, share, signal),
        },
      );
      const advised = this.#take(outcome, signal, 'advice');
      if (advised) state.advised.value = advised;
      return advised !== null;
    };
    if (!asked.isThere) asked.isThere = await ask(0);
    if (signal.aborted) return;
    if (!asked.isThere) this.#advised = NOTHING_ASKED;
    else if (resamples > 0 && !(await ask(ADVICE_RESAMPLES))) asked.resamples = 0;
    if (!signal.aborted) state.advising.value = null;
  }

  /** Null where it was broken off, or went wrong, which is said. */
  #take<T>(outcome: Outcome<T>, signal: AbortSignal, asked: AskedOf): T | null {
    if (signal.aborted) return null;
    if (outcome.ok) return outcome.value;
    const { kind, message, advice } = outcome.failure;
    if (kind === 'cancelled') return null;
    this.#state.tellProblem([message, advice].filter((words) => words !== '').join(' '), asked);
    if (asked === 'map' || asked === 'epochs') this.#state.busy.value = null;
    return null;
  }
}

function askedOf(
  { facts }: ReadyFit,
  turned: Readonly<Record<string, number>>,
  limits: AskedFit['limits'],
): AskedFit {
  return { fit: facts.fit, limits, ...(Object.keys(turned).length > 0 && { turned }) };
}

function tell(signal: Signal<Busy | null>, doing: string, share: number, going: AbortSignal): void {
  if (!going.aborted) signal.value = { doing, share };
}
