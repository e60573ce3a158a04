/** What the view Sweep asks of the worker, and what it makes of the answers. */

import { signal } from '@preact/signals-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AppState } from '../../../src/page/appState.ts';
import type { Lab } from '../../../src/page/lab.ts';
import type { Place } from '../../../src/page/shell/router.ts';
import { SweepActions } from '../../../src/page/sweep/actions.ts';
import { SweepState } from '../../../src/page/sweep/state.ts';
import type { LabEvent } from '../../../src/worker/api/lab.ts';
import type { PlanFacts, QueueFacts, SweepFacts } from '../../../src/worker/api/sweep.ts';

type Sent = { readonly command: string; readonly [field: string]: unknown };
type Answers = Partial<Record<string, (command: Sent) => unknown>>;

const sweepOf = (id: string, changes: Partial<SweepFacts> = {}) =>
  ({
    id,
    name: id,
    state: 'waiting',
    runs: 2,
    finished: 0,
    stopped: [],
    refused: [],
    ...changes,
  }) as SweepFacts;
const queueOf = (...sweeps: readonly SweepFacts[]): QueueFacts => ({
  state: 'idle',
  failure: null,
  sweeps,
  current: null,
});
const planOf = (design: unknown) => ({ name: String(design).length.toString(), runs: 1 }) as PlanFacts;

/** A lab whose worker answers what it is told to; null to everything else. */
function open(answers: Answers = {}, { view = 'sweep', query = '' } = {}) {
  const sent: Sent[] = [];
  const listeners: ((event: LabEvent) => void)[] = [];
  const place = signal({ view, query: new URLSearchParams(query) } as Place);
  const known: Answers = {
    queue: () => queueOf(),
    planSweep: ({ design }) => planOf(design),
    sweepRuns: () => [],
    ...answers,
  };
  const lab = {
    app: new AppState(),
    router: {
      place,
      replace: (to: URLSearchParams) => {
        place.value = { view: place.peek().view, query: to };
      },
    },
    client: {
      send: async (command: Sent, { signal: by }: { signal?: AbortSignal } = {}) => {
        sent.push(command);
        await Promise.resolve();
        if (by?.aborted) return { ok: false, failure: { kind: 'cancelled', message: '', advice: '' } };
        const value = known[command.command]?.(command) ?? null;
        return value instanceof Error
          ? { ok: false, failure: { kind: 'config', message: value.message, advice: '' } }
          : { ok: true, value };
      },
    },
    listen: (listener: (event: LabEvent) => void) => {
      listeners.push(listener);
      return () => {};
    },
  } as unknown as Lab;
  const state = new SweepState();
  const actions = new SweepActions(state, lab);
  actions.begin();
  const tell = (event: LabEvent) => {
    for (const listener of listeners) listener(event);
  };
  const asked = (command: string) => sent.filter((one) => one.command === command);
  return { state, actions, lab, place, sent, asked, tell };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Until what was asked for is answered, and who types has stopped for long enough. */
const settle = () => vi.advanceTimersByTimeAsync(1000);

test('a design is planned once whoever writes it stops, and the last answer stays until the next', async () => {
  const { state, asked } = open();
  await settle();
  expect(state.plan.value).toMatchObject({ status: 'known' });
  const before = asked('planSweep').length;
  for (const seeds of ['1', '1,', '1, 2, 3']) state.setField('seeds', seeds);
  expect(state.plan.value).toMatchObject({ status: 'asking', before: { runs: 1 } });
  await settle();
  expect(asked('planSweep')).toHaveLength(before + 1);
  expect(String(asked('planSweep').at(-1)?.design)).toContain('"seeds": [1, 2, 3]');
  expect(state.plan.value).toMatchObject({ status: 'known' });
});

test('what cannot be read is not planned, and says where it stumbles', async () => {
  const { state, asked } = open();
  await settle();
  const before = asked('planSweep').length;
  state.setText('{"version": 1,\n "name": "x",\n "recipy": {}}');
  await settle();
  expect(state.plan.value).toEqual({ status: 'none' });
  expect(state.problem.value).toMatchObject({ field: 'recipy', place: { line: 3 } });
  state.setText('{"version": 1,\n "name": }');
  expect(state.problem.value).toMatchObject({ field: '', place: { line: 2 } });
  expect(asked('planSweep')).toHaveLength(before);
});

test('a measurement that was asked for an older design is forgotten', async () => {
  const { state, actions } = open({ estimateSweep: () => ({ seconds: 3 }) });
  await settle();
  const measured = actions.plans.measure();
  expect(state.cost.value).toMatchObject({ status: 'asking' });
  state.setField('seeds', '7');
  await measured;
  await settle();
  expect(state.cost.value).toEqual({ status: 'none' });
  await actions.plans.measure();
  expect(state.cost.value).toMatchObject({ status: 'known', facts: { seconds: 3 } });
});

test('a design that is put into the queue is looked at there, or says why not', async () => {
  let answer: unknown = 'b';
  const { state, actions, place, asked } = open({ enqueueSweep: () => answer });
  await settle();
  await actions.enqueue();
  expect(state.chosen.value).toBe('b');
  expect(place.value.query.get('sweep')).toBe('b');
  answer = new Error('no run of this design can be');
  await Promise.all([actions.enqueue(), actions.enqueue()]);
  expect(asked('enqueueSweep')).toHaveLength(2);
  expect(state.failures.value.plan).toMatchObject({ message: 'no run of this design can be' });
});

test('the design of a sweep comes back to be changed', async () => {
  const design = { version: 1, name: 'old', corpora: { target: 'world:sw' }, seeds: [1, 2] };
  const { state, actions } = open({ sweepDesign: () => JSON.stringify(design) });
  await settle();
  await actions.takeDesign('a');
  expect(state.form.value?.text).toMatchObject({ name: 'old', target: 'world:sw', seeds: '1, 2' });
  expect(state.preset.value).toBeNull();
});

test('the sweep of the address is shown, else what trains, else the last one', async () => {
  const answers = { queue: () => queueOf(sweepOf('a'), sweepOf('b')) };
  const asked = open(answers, { query: 'sweep=a' });
  await settle();
  expect(asked.state.chosen.value).toBe('a');
  const gone = open(answers, { query: 'sweep=x' });
  await settle();
  expect(gone.state.chosen.value).toBe('b');
  const current = { ...queueOf(sweepOf('a'), sweepOf('b')), current: { sweep: 'a', runs: [] } };
  const working = open({ queue: () => current });
  await settle();
  expect(working.state.chosen.value).toBe('a');
});

test('the address of another view stays as it is', async () => {
  const { state, place } = open({ queue: () => queueOf(sweepOf('a')) }, { view: 'fit', query: 'law=m3' });
  await settle();
  expect(state.chosen.value).toBe('a');
  expect(place.value.query.toString()).toBe('law=m3');
});

test('runs are listed anew when one of them has finished, and curves are asked for once', async () => {
  const runs = () => [{ id: 'r', status: 'begun' }];
  const curve = { run: 'r', tokens: [1], targetBits: [2], floorBits: null };
  const { state, actions, asked, tell } = open(
    { queue: () => queueOf(sweepOf('a')), sweepRuns: runs, sweepCurves: () => [curve] },
    { query: 'sweep=a' },
  );
  await settle();
  const listed = asked('sweepRuns').length;
  tell({ event: 'queue', queue: queueOf(sweepOf('a', { flopsDone: 1 })) });
  await settle();
  expect(asked('sweepRuns')).toHaveLength(listed);
  tell({ event: 'queue', queue: queueOf(sweepOf('a', { finished: 1 })) });
  await settle();
  expect(asked('sweepRuns')).toHaveLength(listed + 1);
  for (const finished of [2, 3, 4]) tell({ event: 'queue', queue: queueOf(sweepOf('a', { finished })) });
  await settle();
  expect(asked('sweepRuns')).toHaveLength(listed + 3);
  await actions.shown.loadCurves(['r']);
  await actions.shown.loadCurves(['r']);
  expect(asked('sweepCurves')).toHaveLength(1);
  expect(state.curves.get('r')).toMatchObject({ tokens: [1], bits: [2] });
  actions.choose('b');
  expect(state.curves.get('r')).toBeUndefined();
});

test('one key pauses what is open, and lets go on what is paused', async () => {
  let queue = queueOf();
  const { actions, asked, tell } = open({ queue: () => queue });
  await settle();
  expect(actions.flipQueue()).toBe(false);
  queue = queueOf(sweepOf('a', { state: 'working' }), sweepOf('b', { state: 'paused' }));
  tell({ event: 'queue', queue });
  expect(actions.flipQueue()).toBe(true);
  tell({ event: 'queue', queue: queueOf(sweepOf('a', { state: 'paused' })) });
  expect(actions.flipQueue()).toBe(true);
  await settle();
  expect(asked('runQueue').map(({ run }) => run)).toEqual([false, true]);
});

test('whoever does not see it hears that a sweep has come to its end, once', async () => {
  const { lab, tell } = open();
  await settle();
  tell({ event: 'queue', queue: queueOf(sweepOf('a')) });
  const done = queueOf(sweepOf('a', { state: 'done' }));
  tell({ event: 'queue', queue: done });
  expect(lab.app.spoken.value).toBe('a is finished.');
  lab.app.spoken.value = '';
  tell({ event: 'queue', queue: done });
  expect(lab.app.spoken.value).toBe('');
});
