/** What Train knows, as signals; panels draw from it, actions and the worker's events change it. */

import { type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { AppState } from '../appState.ts';
import { DeviceState } from '../deviceState.ts';
import type { LabClient } from '../lab.ts';
import { ModelShelf } from '../models/modelShelf.ts';
import type { Library } from '../runs/library.ts';
import { ChartState } from './chart/chartState.ts';
import { FleetState } from './fleetState.ts';
import { FormState } from './formState.ts';
import { TextsState } from './textsState.ts';

/** Without a worker there are no models. */
const NOBODY: Pick<LabClient, 'send'> = {
  send: async () => ({ ok: false, failure: { kind: 'internal', message: '', advice: '' } }),
};

export class TrainState {
  readonly app: AppState;
  /** Whether the view is seen: nothing is drawn while it is not. */
  readonly shown: ReadonlySignal<boolean>;
  readonly texts = new TextsState();
  readonly form: FormState;
  readonly fleet = new FleetState();
  readonly charts = new ChartState();
  /** What the device has shown that it can do: training measures it, and other views read it. */
  readonly device: DeviceState;
  /** Whether a link asks to train at once, and curves or a saved fleet stand in its way. */
  readonly wantsStart: Signal<boolean> = signal(false);

  /** Models that runs can start from. */
  readonly models: ModelShelf;
  /** Of all runs that are here, those that the fleet's have become. */
  readonly library: Pick<Library, 'runs' | 'load'>;

  constructor({
    app,
    library,
    device,
    models,
    shown,
  }: Pick<TrainState, 'app' | 'shown'> & Partial<Pick<TrainState, 'library' | 'device' | 'models'>>) {
    this.app = app;
    this.shown = shown;
    this.library = library ?? { runs: signal([]), load: async () => {} };
    this.device = device ?? new DeviceState(app);
    this.models = models ?? new ModelShelf(NOBODY);
    this.form = new FormState(this.texts, this.models.start);
  }
}
