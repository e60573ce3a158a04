import { expect, test } from 'vitest';
import { parseTrainConfig } from '../../src/formats/config.ts';
import { takeEvent } from '../../src/page/events.ts';
import { LabState } from '../../src/page/state.ts';

const config = parseTrainConfig(
  {
    version: 1,
    name: 'bilingual',
    corpora: { target: 'file:a', source: 'file:b' },
    model: {},
    recipe: { targetTokens: 4096, epochs: 1, ratio: 0.5 },
  },
  'bilingual',
);

test.each([
  { finished: true, damage: null, offered: false, phase: 'done' },
  { finished: false, damage: null, offered: true, phase: 'idle' },
  { finished: true, damage: 'run.json is empty', offered: true, phase: 'idle' },
  { finished: false, damage: 'run.json is empty', offered: true, phase: 'idle' },
])('a saved fleet (finished: $finished, damage: $damage) is offered: $offered', (given) => {
  const state = new LabState();
  const runs = [{ run: config.name, config, record: null, step: 0, damage: given.damage }];
  takeEvent(state, { event: 'saved', saved: { begunAt: 0, finished: given.finished, runs } });
  expect(state.interrupted.value !== null).toBe(given.offered);
  expect(state.phase.value).toBe(given.phase);
});
