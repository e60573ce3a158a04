/** What Map knows, as signals; `work.ts` asks the law's worker, panels draw from it. */

import { computed, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals-core';
import type { FitFile } from '../../formats/fit.ts';
import type { RunRow } from '../../formats/runs/row.ts';
import { distinctKinds } from '../../law/advice/kinds.ts';
import type { Told } from '../../law/advice/told.ts';
import { groundProblem, toldOf } from '../../law/report/ground.ts';
import type { Run } from '../../law/run.ts';
import { runOf } from '../../law/runs.ts';
import type { Advised, BestEpochs, LinePoint, MapColumns, Slice } from '../../worker/api/advice.ts';
import type { FitFacts } from '../../worker/api/fits.ts';
import type { AppState } from '../appState.ts';
import type { DeviceState } from '../deviceState.ts';
import type { Fits } from '../fit/fits.ts';
import type { Lab } from '../lab.ts';
import type { Library } from '../runs/library.ts';
import { type CaseForm, EMPTY_CASE, type ReadCase, readCase, withCase } from './case/caseForm.ts';
import type { MapCase } from './mapAddress.ts';
import { measuredWinners, type Winners } from './measured.ts';
import { type Range, rangeAround, spanOf } from './range.ts';
import { type SoundTurns, soundTurns } from './turn/soundTurns.ts';

/** The fit that is asked, once it is there. */
export type ReadyFit = {
  readonly facts: FitFacts;
  readonly file: FitFile;
  /** Resamples that are there by now. */
  readonly resamples: number;
};

export type Busy = { readonly doing: string; readonly share: number };

/** What the law is asked apart from each other: each may go wrong by itself. */
export type AskedOf = 'map' | 'epochs' | 'slice' | 'advice' | 'file';

/** A cell that is looked at, by its places on the axes. */
export type Cursor = { readonly i: number; readonly j: number };

export class MapState {
  readonly fits: Fits;
  readonly app: AppState;
  readonly device: Pick<DeviceState, 'facts'>;
  readonly library: Pick<Library, 'runs'>;
  readonly shown: ReadonlySignal<boolean>;
  readonly form: Signal<CaseForm> = signal(EMPTY_CASE);
  /** Whether the case is an example of the lab's, since nobody has said one. */
  readonly isExample: Signal<boolean> = signal(true);
  /** Values of parameters that a person has turned, or an address has, which may be of another law. */
  readonly asked: Signal<Readonly<Record<string, number>>> = signal({});
  /** What a person has chosen to see; null: around the runs and the case. */
  readonly chosenRange: Signal<Range | null> = signal(null);
  /** What in the address could not be read. */
  readonly addressProblems: Signal<readonly string[]> = signal([]);

  /** The case once nobody types any more: the map's own range goes by it. */
  readonly settled: Signal<MapCase> = signal({ compute: null, targetTokens: null });

  readonly map: Signal<MapColumns | null> = signal(null);
  readonly line: Signal<readonly LinePoint[]> = signal([]);
  readonly epochs: Signal<BestEpochs | null> = signal(null);
  readonly slice: Signal<Slice | null> = signal(null);
  /** The same under the fit's own parameters, where some are turned. */
  readonly plainSlice: Signal<Slice | null> = signal(null);
  readonly advised: Signal<Advised | null> = signal(null);
  readonly busy: Signal<Busy | null> = signal(null);
  readonly advising: Signal<Busy | null> = signal(null);
  /** What went wrong, of each until it is asked anew. */
  readonly problems: Signal<Readonly<Partial<Record<AskedOf, string>>>> = signal({});
  readonly cursor: Signal<Cursor | null> = signal(null);

  readonly case: ReadonlySignal<ReadCase> = computed(() => readCase(this.form.value));

  /** Of what is asked, what the law has and may be, and a sentence for each of the rest. */
  readonly #sound: ReadonlySignal<SoundTurns> = computed(() =>
    soundTurns(this.fit.value?.facts.law ?? null, this.asked.value),
  );
  /** Values of the law's parameters that stand where a person has turned them. */
  readonly turned: ReadonlySignal<Readonly<Record<string, number>>> = computed(
    () => this.#sound.value.turned,
  );
  readonly turnProblems: ReadonlySignal<readonly string[]> = computed(() => this.#sound.value.problems);
  readonly isTurned: ReadonlySignal<boolean> = computed(() => Object.keys(this.turned.value).length > 0);

  readonly fit: ReadonlySignal<ReadyFit | null> = computed(() => {
    const current = this.fits.current.value;
    if (current.status !== 'ready') return null;
    const { facts, certainty } = current;
    return { facts, file: facts.file, resamples: certainty?.resamples ?? 0 };
  });

  /** What the runs tell of; who turns a parameter is taken at their word. */
  readonly told: ReadonlySignal<Told | null> = computed(() => {
    const fit = this.fit.value;
    if (!fit) return null;
    const frozen = [...fit.file.frozen, ...Object.keys(this.turned.value)];
    return toldOf({ ...fit.file, frozen }, fit.facts.law);
  });

  /** Whether there is anything to choose: the law can tell kinds apart, and the runs tell of more than one. */
  readonly hasChoice: ReadonlySignal<boolean> = computed(() => {
    const [fit, told] = [this.fit.value, this.told.value];
    if (!fit || !told || this.refusal.value !== null) return false;
    return distinctKinds(fit.facts.law).filter((kind) => told.kinds.includes(kind)).length > 1;
  });

  /** Why nothing follows from the fit, wherever it is asked; null where something does. */
  readonly refusal: ReadonlySignal<string | null> = computed(() => {
    const fit = this.fit.value;
    if (!fit) return null;
    const { compute, targetTokens } = spanOf(fit.file);
    const task = { compute: compute[1], targetTokens: targetTokens[1] };
    return groundProblem(fit.file, fit.facts.law, task)?.problem ?? null;
  });

  /** What the runs of the fit reach. */
  readonly span: ReadonlySignal<Range | null> = computed(() => {
    const fit = this.fit.value;
    return fit && spanOf(fit.file);
  });

  readonly range: ReadonlySignal<Range | null> = computed(() => {
    if (this.chosenRange.value) return this.chosenRange.value;
    const span = this.span.value;
    return span && rangeAround(span, this.settled.value);
  });

  /** By id what the runs of the library were trained with. */
  readonly #settings: ReadonlySignal<ReadonlyMap<string, string>> = computed(
    () =>
      new Map(
        this.library.runs.value.map(
          ({ id, learningRate, batch, schedule, weightDecay, context, layers, width }) => [
            id,
            [learningRate, batch, schedule, weightDecay, context, layers, width].join(' '),
          ],
        ),
      ),
  );

  /** Share of the loss that the fit is off by: its own noise. */
  readonly #error: ReadonlySignal<number | null> = computed(() => this.fit.value?.file.rmseLog ?? null);

  /** Rows are values, of which most are there again with the next fit. */
  readonly #runs = new WeakMap<RunRow, Run>();

  readonly measured: ReadonlySignal<Winners | null> = computed(() => {
    const error = this.#error.value;
    if (error === null) return null;
    const { rows, without } = this.fits.composition.value;
    const out = new Set(without.flatMap((one) => one.rows));
    const runs = rows.filter((_, row) => !out.has(row)).map((row) => this.#runOf(row));
    // Runs that have come to the library and not to the fit change nothing here.
    const settings = untracked(() => this.#settings.value);
    return measuredWinners(runs, error, ({ groups }) => settings.get(groups.id ?? '') ?? '');
  });

  constructor(
    { fits, app, device, library }: Pick<Lab, 'fits' | 'app' | 'device' | 'library'>,
    shown: ReadonlySignal<boolean>,
  ) {
    this.fits = fits;
    this.app = app;
    this.device = device;
    this.library = library;
    this.shown = shown;
  }

  #runOf(row: RunRow): Run {
    const run = this.#runs.get(row) ?? runOf(row);
    this.#runs.set(row, run);
    return run;
  }

  change(form: Partial<CaseForm>): void {
    this.isExample.value = false;
    this.form.value = { ...this.form.peek(), ...form };
  }

  /** Takes away what another fit said. */
  clear(): void {
    this.map.value = null;
    this.line.value = [];
    this.epochs.value = null;
    this.slice.value = null;
    this.plainSlice.value = null;
    this.busy.value = null;
    this.tellProblem(null, 'map', 'epochs', 'slice');
  }

  /** Says what went wrong with these; null: they are asked anew. */
  tellProblem(words: string | null, ...asked: readonly AskedOf[]): void {
    const now = this.problems.peek();
    const others = Object.entries(now).filter(([name]) => !asked.some((one) => one === name));
    if (words === null && others.length === Object.keys(now).length) return;
    const said = words === null ? [] : asked.map((name) => [name, words]);
    this.problems.value = Object.fromEntries([...others, ...said]);
  }

  /** Takes a place as the case. */
  askAbout(place: MapCase): void {
    this.isExample.value = false;
    this.form.value = withCase(this.form.peek(), place);
  }

  /** Turns a parameter to a value; null puts it back to the fit's. */
  turn(name: string, value: number | null): void {
    const { [name]: _before, ...others } = this.asked.peek();
    this.asked.value = value === null ? others : { ...others, [name]: value };
  }
}
