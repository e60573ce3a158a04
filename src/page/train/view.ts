/** The view Train: recipes side by side, live. */

import { computed } from '@preact/signals-core';
import type { CreateView } from '../lab.ts';
import { define } from '../parts/define.ts';
import { TrainActions } from './actions.ts';
import { keepAddress } from './address.ts';
import { ChartPanel } from './chart/chartPanel.ts';
import { ChartsPanel } from './chart/panel.ts';
import { keepChecking } from './checking.ts';
import { ControlPanel } from './control/panel.ts';
import { CorporaPanel } from './corpora/panel.ts';
import { takeEvent } from './events.ts';
import { registerKeys } from './keys.ts';
import { TrainPanel } from './panel.ts';
import { RecipesPanel } from './recipes/panel.ts';
import { keepReference } from './reference.ts';
import { RunsPanel } from './runs/panel.ts';
import { SamplesPanel } from './samples/panel.ts';
import { SpeedPanel } from './speed/panel.ts';
import { StartPanel } from './start/panel.ts';
import { TrainState } from './state.ts';
import { keepTelling } from './telling.ts';

const ELEMENTS = {
  'train-start': StartPanel,
  'train-corpora': CorporaPanel,
  'train-recipes': RecipesPanel,
  'train-control': ControlPanel,
  'train-speed': SpeedPanel,
  'train-charts': ChartsPanel,
  'train-chart': ChartPanel,
  'train-runs': RunsPanel,
  'train-samples': SamplesPanel,
  'train-view': TrainPanel,
} as const;

export const createView: CreateView = (lab) => {
  for (const [name, element] of Object.entries(ELEMENTS)) define(name, element);
  const { app, device, library, models, router } = lab;
  const shown = computed(() => router.place.value.view === 'train');
  const state = new TrainState({ app, library, device, models, shown });
  const actions = new TrainActions(state, lab.client);
  lab.listen((event) => takeEvent(state, event));
  models.loadOnceOpen(app);
  keepAddress(lab, state, actions);
  keepChecking(state, lab.client);
  keepReference(state, actions);
  keepTelling(state);
  registerKeys(lab.keys, state, actions);
  keepCheckpoints(actions);
  const panel = new TrainPanel();
  panel.train = { state, actions };
  return panel;
};

/** A page that goes out of sight may never come back. Some browsers tell of the one, some of the other. */
function keepCheckpoints(actions: TrainActions): void {
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') actions.checkpoint();
  });
  window.addEventListener('pagehide', () => actions.checkpoint());
}
