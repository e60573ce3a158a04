/** Train's shortcuts. */

import type { Keys } from '../shell/keys.ts';
import type { TrainActions } from './actions.ts';
import type { TrainState } from './state.ts';

export function registerKeys(keys: Keys, { fleet, charts }: TrainState, actions: TrainActions): void {
  keys.register(
    'train',
    {
      key: ' ',
      words: 'Pause the training, or go on',
      act: () => {
        const phase = fleet.phase.value;
        if (phase === 'training') return actions.pause();
        if (phase === 'paused' || phase === 'pausing') return actions.resume();
        return false;
      },
    },
    {
      key: '.',
      words: 'Take one step while paused',
      act: () => (fleet.phase.value === 'paused' ? actions.step(1) : false),
    },
    { key: 'l', words: 'Logarithmic axes, or even ones', act: () => charts.flipLog() },
    { key: '[', words: 'Less smoothing', act: () => charts.smoothMore(-1) },
    { key: ']', words: 'More smoothing', act: () => charts.smoothMore(1) },
  );
}
