import { type Signal, signal } from '@preact/signals-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunSummary } from '../../../src/formats/runSummary.ts';
import { AppState } from '../../../src/page/appState.ts';
import { DeviceState } from '../../../src/page/deviceState.ts';
import type { FitState } from '../../../src/page/fit/fitState.ts';
import type { Fits } from '../../../src/page/fit/fits.ts';
import type { Lab } from '../../../src/page/lab.ts';
import { followAddress, tellTokenizer } from '../../../src/page/map/following.ts';
import { MapState } from '../../../src/page/map/state.ts';
import type { Place } from '../../../src/page/shell/router.ts';
import { summary } from '../runs/summaries.ts';

function open(query = '') {
  const place: Signal<Place> = signal({ view: 'map', query: new URLSearchParams(query) });
  const composition = signal({ tokenizer: '' });
  const current: Signal<FitState> = signal({ status: 'none', reason: '' });
  const runs: Signal<readonly RunSummary[]> = signal([]);
  const fits = { current, composition } as unknown as Fits;
  const library = { runs } as unknown as Lab['library'];
  const shown = signal(true);
  const app = new AppState();
  const state = new MapState({ fits, app, device: new DeviceState(app), library }, shown);
  const replace = (said: URLSearchParams) => {
    place.value = { view: 'map', query: said };
  };
  const stops = [
    followAddress({ router: { place, replace } as unknown as Lab['router'] }, state),
    tellTokenizer({ fits, library }, state),
  ];
  const stop = () => {
    for (const one of stops) one();
  };
  return { state, place, composition, runs, shown, stop };
}

const go = (place: Signal<Place>, view: Place['view'], query = '') => {
  place.value = { view, query: new URLSearchParams(query) };
};
const settle = () => vi.advanceTimersByTimeAsync(1000);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the address of the map', () => {
  it('says the case and what is turned, and is said by them', async () => {
    const { state, place } = open('C=1e15&D_T=3e6&at.tau=0.5');
    expect(state.case.value).toMatchObject({ compute: 1e15, targetTokens: 3e6 });
    expect(state.asked.value).toEqual({ tau: 0.5 });
    state.turn('tau', 0.25);
    await settle();
    expect(place.value.query.get('at.tau')).toBe('0.25');
  });

  it('takes nothing back where a person returns by the name of the view alone', async () => {
    const { state, place } = open('C=1e15&D_T=3e6&at.tau=0.5');
    await settle();
    go(place, 'fit');
    go(place, 'map');
    await settle();
    expect(state.asked.value).toEqual({ tau: 0.5 });
    expect(state.case.value).toMatchObject({ compute: 1e15, targetTokens: 3e6 });
  });

  it('is silent once it is stopped', async () => {
    const { state, place, stop } = open('C=1e15');
    stop();
    state.turn('tau', 0.5);
    go(place, 'map', 'C=1e12');
    await settle();
    expect(state.case.value.compute).toBe(1e15);
    expect(place.value.query.get('at.tau')).toBeNull();
  });
});

describe('bytes a token', () => {
  const bpe = summary({ tokenizer: 'bpe 1024', targetLoss: 4 * Math.LN2, targetBitsPerByte: 1 });

  it('are those of the runs, though a link said the case before them', () => {
    const { state, composition, runs } = open('C=1e15&D_T=3e6');
    expect(state.isExample.value).toBe(false);
    runs.value = [bpe];
    composition.value = { tokenizer: 'bpe 1024' };
    expect(state.form.value.bytesPerToken).toBe('4');
    composition.value = { tokenizer: 'bytes' };
    expect(state.form.value.bytesPerToken).toBe('1');
  });

  it('stay what a person has typed', () => {
    const { state, composition, runs } = open();
    state.change({ bytesPerToken: '3.8' });
    runs.value = [bpe];
    composition.value = { tokenizer: 'bpe 1024' };
    expect(state.form.value.bytesPerToken).toBe('3.8');
  });
});
