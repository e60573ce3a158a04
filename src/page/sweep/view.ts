/** The view Sweep: many runs by one design, what they cost, and the queue that trains them. */

import type { CreateView, Lab } from '../lab.ts';
import { define } from '../parts/define.ts';
import { SweepActions } from './actions.ts';
import { SweepAllPanel } from './all/panel.ts';
import { SweepBringPanel } from './bring/panel.ts';
import { SweepCostPanel } from './cost/panel.ts';
import { SweepDesignPanel } from './design/panel.ts';
import { SweepMultiplesPanel } from './multiples/panel.ts';
import { SweepViewPanel } from './panel.ts';
import { SweepQueuePanel } from './queue/panel.ts';
import { SweepRoundsPanel } from './rounds/panel.ts';
import { SweepState } from './state.ts';
import { SweepDetailPanel } from './sweep/panel.ts';
import { SweepCommand } from './take/command.ts';

export const createView: CreateView = (lab: Lab) => {
  define('sweep-command', SweepCommand);
  define('sweep-design', SweepDesignPanel);
  define('sweep-cost', SweepCostPanel);
  define('sweep-queue', SweepQueuePanel);
  define('sweep-bring', SweepBringPanel);
  define('sweep-all', SweepAllPanel);
  define('sweep-rounds', SweepRoundsPanel);
  define('sweep-multiples', SweepMultiplesPanel);
  define('sweep-detail', SweepDetailPanel);
  define('sweep-view', SweepViewPanel);
  const state = new SweepState();
  const actions = new SweepActions(state, lab);
  const view = new SweepViewPanel();
  view.sweeping = { state, actions, lab };
  lab.keys.register(
    'sweep',
    {
      key: ' ',
      words: 'Pause the queue, or let it go on',
      act: () => actions.flipQueue(),
    },
    { key: '/', words: 'Filter the runs', act: () => view.focusFilter() },
  );
  actions.begin();
  return view;
};
