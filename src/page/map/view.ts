/** The view Map: which recipe is best for how much text and how much compute. */

import { computed } from '@preact/signals-core';
import type { CreateView, Lab } from '../lab.ts';
import { define } from '../parts/define.ts';
import '../parts/figure/panel.ts';
import '../parts/plot/panel.ts';
import './case/panel.ts';
import './epochs/panel.ts';
import { followAddress, giveExample, tellTokenizer } from './following.ts';
import { MapView } from './panel.ts';
import './phase/panel.ts';
import { MapState } from './state.ts';
import './turn/panel.ts';
import './turn/slice.ts';
import { MapWork } from './work.ts';

export const createView: CreateView = (lab: Lab) => {
  define('map-view', MapView);
  const shown = computed(() => lab.router.place.value.view === 'map');
  const state = new MapState(lab, shown);
  const work = new MapWork(state, lab, lab.fits.tasks);
  followAddress(lab, state);
  giveExample(state);
  tellTokenizer(lab, state);
  work.start();
  void lab.library.load();
  lab.fits.lookedAtBy(shown);
  lab.fits.ensure();
  const view = new MapView();
  view.state = state;
  view.whole = (stop) => work.wholeAdvice(stop);
  lab.keys.register(
    'map',
    { key: 'm', words: 'Go to the map; then arrow keys move over it', act: () => view.goTo('map') },
    { key: 'c', words: 'Go to my case', act: () => view.goTo('case') },
  );
  return view;
};
