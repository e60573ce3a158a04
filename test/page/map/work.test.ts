import { signal } from '@preact/signals-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FitFile } from '../../../src/formats/fit.ts';
import { m3 } from '../../../src/law/laws/m3.ts';
import { AppState } from '../../../src/page/appState.ts';
import { DeviceState } from '../../../src/page/deviceState.ts';
import type { FitState } from '../../../src/page/fit/fitState.ts';
import type { Fits } from '../../../src/page/fit/fits.ts';
import { Tasks } from '../../../src/page/fit/tasks.ts';
import type { Lab } from '../../../src/page/lab.ts';
import { MapState } from '../../../src/page/map/state.ts';
import { MapWork } from '../../../src/page/map/work.ts';
import type { LawCommand, LawEvent } from '../../../src/worker/api/law.ts';
import type { Outcome } from '../../../src/worker/api/outcome.ts';

const FILE = {
  extent: { C: [1e12, 1e14], D_T: [1e5, 1e7], k: [1, 16] },
  tellers: { repeated: 9, bilingual: 9, 'two-stage': 9 },
  frozen: [],
  unknown: [],
  recipes: 40,
  rmseLog: 0.01,
} as unknown as FitFile;

const readyFit = (fit: number, resamples: number, file: FitFile = FILE): FitState =>
  ({
    status: 'ready',
    facts: { fit, law: m3, file },
    dataset: 1,
    theta: new Float64Array(9),
    certainty: resamples === 0 ? null : { resamples },
    isThorough: true,
  }) as unknown as FitState;

type Asked = { readonly command: LawCommand; readonly signal: AbortSignal | undefined };

function open(first: FitState, { hold: isHeld = false } = {}) {
  let holds = isHeld;
  const asked: Asked[] = [];
  const shown = signal(true);
  const current = signal(first);
  let failing: Outcome<never> | null = null;
  const listeners: ((event: LawEvent) => void)[] = [];
  const send = (command: LawCommand, { signal: stop }: { signal?: AbortSignal } = {}) => {
    asked.push({ command, signal: stop });
    if (holds) return new Promise(() => {});
    return Promise.resolve(failing ?? { ok: true, value: { of: command.command } });
  };
  const door = {
    law: { send, close: () => {} },
    listenLaw: (listener: (event: LawEvent) => void) => {
      listeners.push(listener);
      return () => {};
    },
  } as unknown as ConstructorParameters<typeof MapWork>[1];
  const tasks = new Tasks(door);
  const composition = signal({ rows: [], without: [], pair: '', tokenizer: '' });
  const fits = { current, composition, tasks } as unknown as Fits;
  const library = { runs: signal([]) } as unknown as Lab['library'];
  const app = new AppState();
  const state = new MapState({ fits, app, device: new DeviceState(app), library }, shown);
  new MapWork(state, door, tasks).start();
  const names = () => asked.map(({ command }) => command.command);
  return {
    ...{ state, asked, names, shown, current, listeners },
    hold: () => {
      holds = true;
    },
    fail: (outcome: Outcome<never> | null) => {
      failing = outcome;
    },
  };
}

const settle = () => vi.advanceTimersByTimeAsync(1000);
const resamplesOf = ({ command }: Asked) => ('resamples' in command ? command.resamples : null);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('what the map asks the law', () => {
  it('is what is seen at once first, and how sure it is once the fit knows', async () => {
    const { asked, names, current, state } = open(readyFit(1, 0));
    await settle();
    expect(names()).toEqual(['phaseMap', 'thresholdLine', 'bestEpochs']);
    expect(asked.map(resamplesOf)).toEqual([0, 0, 0]);
    expect(state.busy.value).toBeNull();
    current.value = readyFit(1, 200);
    await settle();
    expect(names().slice(3)).toEqual(['phaseMap', 'thresholdLine', 'bestEpochs']);
    expect(asked.slice(3).every((one) => (resamplesOf(one) ?? 0) > 0)).toBe(true);
    // The same again asks nothing.
    current.value = readyFit(1, 200);
    await settle();
    expect(names()).toHaveLength(6);
  });

  it('begins anew where something is turned, and breaks off what was under way', async () => {
    const { asked, state } = open(readyFit(1, 200), { hold: true });
    await settle();
    state.turn('tau', 0.5);
    await settle();
    const maps = asked.filter(({ command }) => command.command === 'phaseMap');
    expect(maps[0]!.signal!.aborted).toBe(true);
    expect(maps[1]!.signal!.aborted).toBe(false);
    expect(maps[1]!.command).toMatchObject({ asked: { fit: 1, turned: { tau: 0.5 } }, resamples: 0 });
    state.turn('tau', null);
    expect(state.isTurned.value).toBe(false);
  });

  it('is asked again where a person comes back to what stood there before, while something else was on its way', async () => {
    const { asked, state, hold } = open(readyFit(1, 0));
    await settle();
    state.askAbout({ compute: 1e13, targetTokens: 2e6 });
    await settle();
    hold();
    state.turn('tau', 0.5);
    await settle();
    const under = asked.filter(({ command }) => 'asked' in command && command.asked.turned !== undefined);
    expect(under.map(({ command }) => command.command).sort()).toEqual(['advise', 'phaseMap', 'slice']);
    const before = asked.length;
    state.turn('tau', null);
    await settle();
    expect(under.every(({ signal }) => signal!.aborted)).toBe(true);
    const again = asked.slice(before).map(({ command }) => command.command);
    expect(again.sort()).toEqual(['advise', 'phaseMap', 'slice']);
  });

  it('is not begun anew by resamples that come one after the other', async () => {
    const { asked, current } = open(readyFit(1, 200), { hold: true });
    await settle();
    const before = asked.length;
    current.value = readyFit(1, 400);
    await settle();
    expect(asked).toHaveLength(before);
  });

  it('is the case, once nobody types any more, and the curves at its budget', async () => {
    const { asked, names, state, current } = open(readyFit(1, 200));
    state.askAbout({ compute: 1e13, targetTokens: 2e6 });
    await settle();
    expect(names().filter((name) => name === 'advise')).toHaveLength(2);
    const advise = asked.filter(({ command }) => command.command === 'advise');
    expect(advise.map(resamplesOf)).toEqual([0, 200]);
    expect(advise[0]!.command).toMatchObject({ compute: 1e13, targetTokens: 2e6, margin: 0, map: false });
    // They are the same whatever the resamples.
    const slices = () => names().filter((name) => name === 'slice').length;
    const before = slices();
    current.value = readyFit(1, 400);
    await settle();
    expect(before).toBeGreaterThan(0);
    expect(slices()).toBe(before);
    state.change({ tokens: 'many' });
    await settle();
    expect(state.advised.value).toBeNull();
  });

  it('is no map where there is one kind to choose', async () => {
    const mono = { ...FILE, tellers: { repeated: 9, bilingual: 0, 'two-stage': 0 } } as FitFile;
    const { names, state } = open(readyFit(1, 0, mono));
    await settle();
    expect(state.hasChoice.value).toBe(false);
    expect(names()).toEqual(['bestEpochs']);
    expect(state.map.value).toBeNull();
  });

  it('is nothing where nothing follows from the fit', async () => {
    const few = { ...FILE, recipes: 5 } as FitFile;
    const { names, state } = open(readyFit(1, 0, few));
    await settle();
    expect(names()).toEqual([]);
    expect(state.refusal.value).toContain('nothing follows');
  });

  it('is nothing while nobody looks', async () => {
    const { names, shown, state } = open(readyFit(1, 0));
    await settle();
    const before = names().length;
    shown.value = false;
    state.turn('tau', 0.1);
    await settle();
    expect(names()).toHaveLength(before);
    shown.value = true;
    await settle();
    expect(names().length).toBeGreaterThan(before);
  });

  it('and what goes wrong is said', async () => {
    const { fail, state, current } = open(readyFit(1, 0));
    await settle();
    fail({ ok: false, failure: { kind: 'internal', message: 'The fit is gone.', advice: 'Fit again.' } });
    current.value = readyFit(2, 0);
    await settle();
    expect(state.problems.value.map).toBe('The fit is gone. Fit again.');
    expect(state.busy.value).toBeNull();
  });

  it('of the question that it went wrong with alone, until that is asked anew', async () => {
    const { fail, state, names } = open(readyFit(1, 0));
    state.askAbout({ compute: 1e13, targetTokens: 2e6 });
    await settle();
    const before = names().length;
    fail({ ok: false, failure: { kind: 'internal', message: 'Too far away.', advice: '' } });
    // Limits are asked of all, text alone of the advice.
    state.askAbout({ compute: null, targetTokens: 2.1e6 });
    await settle();
    expect(names().slice(before)).toEqual(['advise']);
    expect(state.problems.value).toEqual({ advice: 'Too far away.' });
    fail(null);
    state.askAbout({ compute: null, targetTokens: 2.2e6 });
    await settle();
    expect(names().slice(before)).toEqual(['advise', 'advise']);
    expect(state.problems.value).toEqual({});
  });
});
